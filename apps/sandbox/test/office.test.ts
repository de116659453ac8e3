import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import iconv from 'iconv-lite';
import { control, makeFolder, openSandbox, removeFolders } from './client.js';

afterAll(removeFolders);

/** Asks again until the answer is there; the offices look at their folders four times a second. */
async function until<T>(look: () => T | Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (let turn = 0; turn < 100; turn += 1) {
    const value = await look();
    if (isThere(value)) return value;
    await sleep(100);
  }
  return look();
}

const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

test('offices are listed, and an unknown one is a 404', async () => {
  const { sandbox } = await openSandbox();
  const { body } = await control(sandbox, 'GET', '/offices');
  expect(body).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: 'cagolab', orders: 0, exchange: null })]),
  );
  expect((await control(sandbox, 'GET', '/offices/nobody')).status).toBe(404);
  expect((await control(sandbox, 'GET', '/offices/cagolab/orders/nobody')).status).toBe(404);
  expect(
    (await control(sandbox, 'POST', '/offices/cagolab/orders', { mix: { x: 1 } })).body.message,
  ).toContain('x');
  await sandbox.close();
});

test('every change is written to the exchange folder once, and result files are taken from it', async () => {
  const { sandbox, pass } = await openSandbox();
  const folder = join(makeFolder(), 'shop');
  const act = (path: string, body: object = {}) => control(sandbox, 'POST', `/offices/cagolab${path}`, body);
  await act('/orders', { count: 3, seed: 4, mix: { shipped: 1 } });
  const patched = await control(sandbox, 'PATCH', '/offices/cagolab', { exchange: folder });
  expect(patched.body).toMatchObject({ exchange: folder });
  const first = await until(
    () => filesIn(join(folder, 'in')),
    (names) => names.length === 2,
  );
  expect(first.every((name) => /^(order|shipping_item)_\d{6}_\d{6}\.csv$/.test(name))).toBe(true);
  pass(5000);
  await sleep(600);
  expect(filesIn(join(folder, 'in'))).toEqual(first);

  await act('/orders/20002/ship', { slipNumber: '123456789012' });
  const second = await until(
    () => filesIn(join(folder, 'in')).filter((name) => !first.includes(name) && !name.startsWith('.')),
    (names) => names.length === 2,
  );
  const text = iconv.decode(readFileSync(join(folder, 'in', second[0] ?? '')), 'cp932');
  expect(text.trim().split('\r\n')).toHaveLength(2);
  expect(text).toContain('123456789012');

  const result =
    '注文番号,NP後払いステータス,NP取引ID,エラー情報\r\n20001,審査OK,30000000001,\r\n9,審査OK,,\r\n';
  mkdirSync(join(folder, 'out'), { recursive: true });
  writeFileSync(join(folder, 'out', '.half.csv'), 'x');
  writeFileSync(join(folder, 'out', 'np_result.csv'), iconv.encode(result, 'cp932'));
  await until(
    () => filesIn(join(folder, 'out')),
    (names) => names.length === 1,
  );
  const { body } = await control(sandbox, 'GET', '/offices/cagolab');
  expect(body.imports[0]).toMatchObject({
    name: 'np_result.csv',
    rows: 2,
    problems: [expect.stringContaining('9')],
  });
  expect((await control(sandbox, 'GET', '/offices/cagolab/orders/20001')).body.npWord).toBe('審査OK');
  await sandbox.close();
});

test('a folder that cannot be used is shown, and the rest goes on', async () => {
  const { sandbox } = await openSandbox();
  const file = join(makeFolder(), 'file');
  writeFileSync(file, '');
  await control(sandbox, 'POST', '/offices/cagolab/orders', { count: 1 });
  await control(sandbox, 'PATCH', '/offices/cagolab', { exchange: file });
  const shown = await until(
    async () => (await control(sandbox, 'GET', '/offices/cagolab')).body,
    (body) => body.problem !== null,
  );
  expect(shown.problem).toMatch(/\S/);
  await sandbox.close();
});

test('orders, words and the exchange folder survive a restart; a reset forgets the orders', async () => {
  const { sandbox, dataDir } = await openSandbox();
  await control(sandbox, 'POST', '/offices/cagolab/orders', { count: 2, alive: true, mix: { shipped: 1 } });
  await control(sandbox, 'POST', '/offices/cagolab/orders/20001/cancel');
  const before = (await control(sandbox, 'GET', '/offices/cagolab/orders')).body;
  await sandbox.close();
  const again = (await openSandbox({}, dataDir)).sandbox;
  expect((await control(again, 'GET', '/offices/cagolab/orders')).body).toEqual(before);
  await control(again, 'POST', '/reset', {});
  expect((await control(again, 'GET', '/offices/cagolab/orders')).body).toEqual({ total: 0, orders: [] });
  await again.close();
});

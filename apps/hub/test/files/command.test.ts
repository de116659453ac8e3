import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/cli/command.js';
import { Progress } from '../../src/cli/progress.js';
import { readCommandEnvironment } from '../../src/env.js';
import type { TestHub } from '../support/hub.js';
import { startFileShop, type FileShop } from './support/shop.js';
import { goodsFile, ordersFile } from './support/test-cart.js';
import { decodeCp932 } from './support/text.js';

let hub: TestHub;
let shop: FileShop;
let apiKey = '';
const folder = mkdtempSync(join(tmpdir(), 'np-hub-command-'));

beforeAll(async () => {
  shop = await startFileShop();
  hub = shop.hub;
  const made = await (
    await hub.as('operator')
  ).post<{ key: string }>('/api-keys', { name: '取り込み', role: 'support', shopIds: null, expiresAt: null });
  apiKey = made.body.key;
});
afterAll(async () => {
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const output = { isTerminal: false, write: (piece: string) => void (text += piece) };
  const environment = readCommandEnvironment({
    NP_HUB_URL: hub.url,
    NP_HUB_API_KEY: apiKey,
    INIT_CWD: folder,
  });
  return { code: await runCommand(args, environment, output), text };
}

test('a file is taken in from the command line, with progress, figures and an exit code', async () => {
  writeFileSync(join(folder, 'goods.csv'), goodsFile(['K-1']));
  writeFileSync(join(folder, 'orders.csv'), ordersFile([{ number: 'K-1' }]));
  expect(await run('import', 'goods.csv', '--shop', shop.id)).toMatchObject({
    code: 0,
    text: expect.stringContaining('waiting: 1'),
  });
  const { code, text } = await run('import', 'orders.csv', '--shop', shop.id);
  expect(text).toContain('upload 100%');
  expect(text).toContain('orders.csv: done');
  expect(text).toContain('taken: 1');
  expect(code).toBe(0);
  const [row] = await hub.database.query<{ by_login: string }[]>(
    `select by_login from imports where name = 'orders.csv'`,
  );
  expect(row?.by_login).toContain('取り込み');
  expect((await run('import', 'orders.csv', '--shop', shop.id)).text).toContain('同じ内容のファイル');
});

test('refused rows are saved, and older rows are taken only where asked', async () => {
  writeFileSync(join(folder, 'bad.csv'), Buffer.concat([goodsFile(['K-2']), Buffer.from('K-3\r\n')]));
  const bad = await run('import', 'bad.csv', '--shop', shop.id, '--refused', 'refused.csv');
  expect(bad.code).toBe(3);
  expect(decodeCp932(readFileSync(join(folder, 'refused.csv')))).toContain('K-3,"","",列が足りません');
  writeFileSync(join(folder, 'changed.csv'), goodsFile(['K-1'], '1500'));
  expect((await run('import', 'changed.csv', '--shop', shop.id)).code).toBe(4);
  const accepted = await run('import', 'changed.csv', '--shop', shop.id, '--accept-older');
  expect(accepted).toMatchObject({ code: 0, text: expect.stringContaining('taken: 1') });
});

test('what is wrong is said in plain words, with its own exit code', async () => {
  expect((await run()).code).toBe(2);
  expect((await run('import', 'orders.csv')).text).toContain('使い方');
  expect(await run('import', 'none.csv', '--shop', shop.id)).toMatchObject({
    code: 1,
    text: expect.stringContaining('none.csv'),
  });
  expect(await run('import', 'orders.csv', '--shop', '00000000-0000-4000-8000-000000000000')).toMatchObject({
    code: 1,
    text: expect.stringContaining('404'),
  });
  writeFileSync(join(folder, 'odd.csv'), 'a,b\r\n1,2\r\n3,4,5\r\n');
  expect(await run('import', 'odd.csv', '--shop', shop.id, '--layout', 'orders')).toMatchObject({
    code: 1,
    text: expect.stringContaining('注文番号'),
  });
  const away = await runCommand(
    ['import', 'orders.csv', '--shop', shop.id],
    { url: 'http://127.0.0.1:1', apiKey, folder },
    { isTerminal: false, write: () => undefined },
  );
  expect(away).toBe(1);
  const keyless = await runCommand(
    ['import', 'orders.csv', '--shop', shop.id],
    { url: hub.url, apiKey: null, folder },
    { isTerminal: false, write: () => undefined },
  );
  expect(keyless).toBe(2);
});

test('on a terminal the bar moves in place; in a log it is a line for every tenth', () => {
  const lines: string[] = [];
  const log = new Progress({ isTerminal: false, write: (text) => lines.push(text) }, 'x');
  for (let done = 0; done <= 1_000; done += 1) log.show(done, 1_000);
  log.end();
  expect(lines).toHaveLength(11);
  expect(lines.at(-1)).toBe('x 100%\n');
  const bars: string[] = [];
  const terminal = new Progress({ isTerminal: true, write: (text) => bars.push(text) }, 'x');
  terminal.show(1, 2);
  terminal.show(2, 2);
  terminal.end();
  expect(bars).toEqual([
    expect.stringMatching(/^\rx \[█{15}·{15}\] {2}50%$/u),
    expect.stringMatching(/^\rx \[█{30}\] 100%$/u),
    '\n',
  ]);
});

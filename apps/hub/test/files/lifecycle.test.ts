import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { ImportView } from '@np-hub/model';
import { addConnection, type TestHub } from '../support/hub.js';
import { ImportBatches } from '../../src/files/import-batches.js';
import { addFileShop, startFileShop, type FileShop, type Problem } from './support/shop.js';
import { goodsFile, ordersFile } from './support/test-cart.js';

let hub: TestHub;
let shop: FileShop;

beforeAll(async () => {
  shop = await startFileShop();
  hub = shop.hub;
});
afterAll(() => hub.stop());
afterEach(() => jest.restoreAllMocks());

const chunks = async (importId: string): Promise<number> => {
  const rows = await hub.database.query<unknown[]>('select 1 from import_chunks where import_id = $1', [
    importId,
  ]);
  return rows.length;
};

/** Takes a file whose first run fails; the pause before the second one is cut short. */
async function takeHurried(from: FileShop, name: string, bytes: Uint8Array): Promise<ImportView> {
  const { body } = await from.upload(name, bytes, '&start=1');
  await hub.eventually(async () => {
    const found = await hub.database.query<unknown[]>(
      `with hurried as (update jobs.job set start_after = now() where state = 'retry' returning id)
       select id from hurried`,
    );
    return found.length > 0;
  });
  return from.ended(body.id);
}

test('a shop that is not live shows previews and starts nothing; once live, the same import starts', async () => {
  const draft = await addFileShop(hub, { live: false });
  const { body } = await draft.upload('goods.csv', goodsFile(['L-1']));
  expect(body.state).toBe('uploaded');
  const refused = await draft.act<Problem>(`/imports/${body.id}/start`, {});
  expect(refused).toMatchObject({ status: 409, body: { error: 'shop-not-live' } });
  const machine = await draft.upload('goods.csv', goodsFile(['L-1']), '&start=1');
  expect(machine.status).toBe(409);
  await draft.goLive();
  expect((await draft.act(`/imports/${body.id}/start`, {})).body.state).toBe('running');
  expect(await draft.ended(body.id)).toMatchObject({ state: 'done', counts: { waiting: 1 } });
});

test('an import of a paused shop waits, and runs once the shop is resumed', async () => {
  await shop.change('pause');
  const { body } = await shop.upload('goods.csv', goodsFile(['L-2']), '&start=1');
  expect(body.state).toBe('waiting');
  await shop.change('resume');
  expect(await shop.ended(body.id)).toMatchObject({ state: 'done', counts: { waiting: 1 } });
});

test('what is discarded before it starts leaves no content behind', async () => {
  const { body } = await shop.upload('goods.csv', goodsFile(['L-3']));
  expect(await chunks(body.id)).toBe(1);
  const discarded = await shop.act(`/imports/${body.id}/discard`);
  expect(discarded.body).toMatchObject({ state: 'discarded', preview: null });
  expect(await chunks(body.id)).toBe(0);
  expect((await shop.act(`/imports/${body.id}/start`, {})).status).toBe(409);
});

test('a run that fails half-way is taken up again, and every order is taken once', async () => {
  // Nothing of them goes on to NP: that would keep the hub busy while the tests behind this one wait for it.
  const idle = await addFileShop(hub, { policies: { creditTiming: 'by-hand' } });
  const numbers = Array.from({ length: 1_100 }, (_, index) => `C-${index}`);
  const batches = hub.app.get(ImportBatches, { strict: false });
  const take = batches.take.bind(batches);
  let calls = 0;
  jest.spyOn(batches, 'take').mockImplementation(async (context, groups) => {
    calls += 1;
    if (calls === 2) throw new Error('the power failed');
    return take(context, groups);
  });
  await takeHurried(idle, 'goods.csv', goodsFile(numbers));
  calls = 0;
  const file = ordersFile(numbers.map((number) => ({ number })));
  const orders = await takeHurried(idle, 'orders.csv', file);
  expect(calls).toBeGreaterThan(2);
  expect(orders).toMatchObject({
    state: 'done',
    counts: { taken: 1_100, unchanged: 0 },
    progress: { rows: 1_100 },
  });
  const [row] = await hub.database.query<{ count: number; moves: number }[]>(
    `select count(*)::int, count(distinct order_number)::int as moves from transactions where order_number like 'C-%'`,
  );
  expect(row).toEqual({ count: 1_100, moves: 1_100 });
});

test('a run that a change of the shop has overtaken begins anew by the new settings', async () => {
  await shop.take('goods.csv', goodsFile(['N-1']));
  const batches = hub.app.get(ImportBatches, { strict: false });
  const take = batches.take.bind(batches);
  const operator = await hub.as('operator');
  const change = (reregisterAfterLapse: boolean) =>
    operator.patch(`/shops/${shop.id}`, { policies: { reregisterAfterLapse } });
  const taking = jest.spyOn(batches, 'take').mockImplementationOnce(async (context, groups) => {
    expect((await change(false)).status).toBe(200);
    return take(context, groups);
  });
  const view = await shop.take('orders.csv', ordersFile([{ number: 'N-1' }]));
  expect(view).toMatchObject({ state: 'done', counts: { taken: 1, refused: 0 } });
  expect(taking).toHaveBeenCalledTimes(2);
  expect((await hub.stored('N-1', shop.id))?.facts.rules.reregisterAfterLapse).toBe(false);
  await change(true);
});

test('a run that fails for good says so, and may be started again', async () => {
  const { body } = await shop.upload('goods.csv', goodsFile(['L-4']));
  await hub.database.query(`update imports set state = 'running' where id = $1`, [body.id]);
  const { ImportRun } = await import('../../src/files/import-run.js');
  const runner = hub.app.get(ImportRun, { strict: false });
  jest.spyOn(hub.app.get(ImportBatches, { strict: false }), 'take').mockRejectedValue(new Error('always'));
  const attempt = { last: true, signal: new AbortController().signal };
  await hub.database.query(`update imports set layout = 'goods' where id = $1`, [body.id]);
  await runner.run({ importId: body.id, shopId: shop.id }, attempt);
  jest.restoreAllMocks();
  const failed = await shop.view(body.id);
  expect(failed.state).toBe('failed');
  expect(failed.error?.ja).toContain('もう一度開始');
  await shop.act(`/imports/${body.id}/start`, {});
  expect(await shop.ended(body.id)).toMatchObject({ state: 'done', error: null, counts: { waiting: 1 } });
});

test('only who may see a shop sees its files, and other ids answer 404', async () => {
  const { body } = await shop.upload('goods.csv', goodsFile(['L-5']));
  expect((await shop.send('POST', '/imports?name=a.csv', goodsFile(['X']), 'viewer')).status).toBe(403);
  expect((await shop.send('GET', `/imports/${body.id}`, undefined, 'viewer')).status).toBe(403);
  const other = await addFileShop(hub);
  expect((await other.send('GET', `/imports/${body.id}`)).status).toBe(404);
  expect((await other.send('GET', `/imports/${body.id}/rows`)).status).toBe(404);
  const operator = await hub.as('operator');
  const makeshop = await operator.post<{ id: string }>('/shops', {
    name: 'makeshop',
    adapter: 'makeshop',
    connectionId: await addConnection(hub),
    settings: {
      endpoint: hub.sandbox.makeshopUrl,
      shopId: 'x',
      token: 'x',
      apiKey: 'x',
      webhookSecret: 'x',
      writeBack: false,
    },
  });
  expect((await operator.get(`/shops/${makeshop.body.id}/files`)).status).toBe(404);
});

test('an upload that is too large or broken off is refused clearly and leaves nothing', async () => {
  const count = async (): Promise<number> =>
    (await hub.database.query<unknown[]>('select 1 from imports where name = $1', ['large.csv'])).length;
  const cookie = await shop.cookie('support');
  const send = httpRequest(`${hub.url}/api/v1/shops/${shop.id}/imports?name=large.csv`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream', 'content-length': 300 * 1024 * 1024 },
  });
  send.on('error', () => undefined);
  send.write('a');
  const [answer] = (await once(send, 'response')) as [{ statusCode: number }];
  expect(answer.statusCode).toBe(413);
  send.destroy();
  const broken = httpRequest(`${hub.url}/api/v1/shops/${shop.id}/imports?name=large.csv`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream', 'content-length': 1_000_000 },
  });
  broken.on('error', () => undefined);
  broken.write(Buffer.alloc(500_000));
  await hub.eventually(async () => (await count()) === 1);
  broken.destroy();
  await hub.eventually(async () => (await count()) === 0);
});

test.each([
  ['nothing at all', Buffer.alloc(0)],
  ['bytes that are no text', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 37) % 256))],
  ['a header alone', ordersFile([])],
  [
    'a quotation mark that never ends',
    Buffer.from(`注文番号,商品名,価格\r\n"L-6,靴下,1000\r\n${'x'.repeat(300_000)}`),
  ],
  ['a picture', Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), Buffer.alloc(2_000)])],
])('a hostile file harms nothing: %s', async (_, bytes) => {
  const { status, body } = await shop.upload('../../etc/passwd.csv', bytes, '&start=1');
  expect(status).toBe(201);
  expect(body.name).toBe('passwd.csv');
  if (body.state === 'uploaded') expect(body.error?.ja).toBeTruthy();
  else expect(['done', 'asking']).toContain((await shop.ended(body.id)).state);
});

test('names and other parameters are checked', async () => {
  for (const query of ['', '?name=', `?name=${'a'.repeat(600)}`, '?name=a.csv&madeAt=soon', '?name=%00'])
    expect((await shop.send('POST', `/imports${query}`, goodsFile(['X']))).status).toBe(400);
  expect((await shop.send('POST', '/imports?name=a.csv&layout=nothing', goodsFile(['X']))).status).toBe(404);
  const support = await hub.as('support');
  for (const path of ['imports?after=x', 'imports/7/rows', 'imports?after=1-x'])
    expect((await support.get(`/shops/${shop.id}/${path}`)).status).toBe(400);
});

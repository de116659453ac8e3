import type { ImportView, ResultFileView, ShopView, UnmappedWordView } from '@np-hub/model';
import { FileShop } from '../files/support/shop.js';
import { startTestHub, type TestHub } from '../support/hub.js';

/** A merchant on GoQSystem: the sandbox's back office writes its files, and people press the five buttons at the hub. */
let hub: TestHub;
let shop: FileShop;

beforeAll(async () => {
  hub = await startTestHub();
  shop = await addGoqShop();
});
afterAll(() => hub.stop());

async function addGoqShop(): Promise<FileShop> {
  const operator = await hub.as('operator');
  const made = await operator.post<ShopView>('/shops', {
    name: 'GoQの店',
    adapter: 'goqsystem',
    connectionId: hub.connectionId,
    settings: {},
    // Its orders are all of one buyer.
    policies: { duplicates: 'off' },
  });
  if (made.status !== 201) throw new Error(`The shop was refused: ${JSON.stringify(made.body)}`);
  const goq = new FileShop(hub, made.body.id);
  await goq.goLive();
  return goq;
}

const office = '/offices/goqsystem';
const place = async (body: object): Promise<string[]> =>
  (await hub.control<{ numbers: string[] }>('POST', `${office}/orders`, { count: 1, seed: 1, ...body }))
    .numbers;

/** What the office exports now, uploaded by a person. */
async function bring(file: string): Promise<ImportView> {
  const answer = await fetch(`${hub.sandbox.url}/control${office}/export/${file}`);
  const [, name = ''] = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '') ?? [];
  return shop.take(decodeURIComponent(name), new Uint8Array(await answer.arrayBuffer()), `&layout=${file}`);
}

const labelsOf = async (number: string): Promise<string[]> =>
  (await hub.page(number, 'support', shop.id)).buttons.map(({ label }) => label.ja);

async function press(number: string, action: string): Promise<void> {
  const row = await hub.stored(number, shop.id);
  const client = await hub.as('support');
  const answer = await client.post(`/transactions/${shop.id}/${row?.id}/actions/${action}`);
  if (answer.status >= 300) throw new Error(`${action} was refused: ${JSON.stringify(answer.body)}`);
}

const until = (number: string, state: Parameters<TestHub['until']>[1]) =>
  hub.until(number, state, { shopId: shop.id });

/** The result file, given to the office as its people do. What is due is noted a moment after the state. */
async function giveBack(): Promise<string> {
  let made: ResultFileView | null = null;
  await hub.eventually(async () => (made = await shop.results()) !== null);
  const content = await shop.send('GET', `/results/${(made as ResultFileView | null)?.id}/content`);
  const answer = await fetch(`${hub.sandbox.url}/control${office}/import?name=result.csv`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(content.bytes),
  });
  expect(answer.status).toBe(200);
  return new TextDecoder('shift_jis').decode(content.bytes);
}

test('from the custom CSV to 伝票番号同期OK, with the buttons of the manual at every step', async () => {
  const [number = ''] = await place({ mix: { shipped: 1 } });
  await hub.control('POST', `${office}/orders/${number}/edit`, {
    carrier: 'ヤマト運輸',
    checkItems: '',
    pieces: 2,
  });
  expect(await bring('orders')).toMatchObject({ state: 'done', counts: { refused: 0 } });
  await until(number, 'received');
  expect(await labelsOf(number)).toEqual(['与信を実行']);

  await press(number, 'check-credit');
  await until(number, 'approved');
  expect(await labelsOf(number)).toEqual(['与信内容変更', '与信キャンセル']);
  const result = await giveBack();
  const order = await hub.control<{ npWord: string; mallNumber: string }>(
    'GET',
    `${office}/orders/${number}`,
  );
  expect(order.npWord).toBe('与信OK');
  expect(result).toMatch(new RegExp(`^"?${number}"?,"?${order.mallNumber}"?,"?与信OK"?,`, 'm'));
  expect(hub.sandbox.transactions().map(({ shopTransactionId }) => shopTransactionId)).toContain(
    order.mallNumber,
  );

  await hub.control('POST', `${office}/orders/${number}/ship`, { slipNumber: '450012345671 450012345682' });
  expect(await bring('slips-b2')).toMatchObject({ state: 'done', counts: { refused: 0, waiting: 0 } });
  await hub.eventually(async () => (await labelsOf(number))[0] === '伝票番号同期');
  expect((await hub.stored(number, shop.id))?.state).toBe('approved');
  expect(await labelsOf(number)).toEqual(['伝票番号同期', '与信内容変更', '与信キャンセル']);

  await press(number, 'report');
  await until(number, 'reported');
  expect(await labelsOf(number)).toEqual([]);
  await giveBack();
  expect(await hub.control('GET', `${office}/orders/${number}`)).toMatchObject({ npSync: '伝票番号同期OK' });
});

test('日本郵便 alone waits, is mapped once by a person, and goes on', async () => {
  const [number = ''] = await place({ mix: { 'post-without-service': 1 } });
  await bring('orders');
  await until(number, 'blocked');
  const operator = await hub.as('operator');
  const words = (await operator.get<UnmappedWordView[]>(`/unmapped?shopId=${shop.id}`)).body;
  expect(words).toMatchObject([{ axis: 'carrier', raw: '日本郵便', orders: 1 }]);
  const mapped = await shop.put('/words', { axis: 'carrier', raw: '日本郵便', value: 'yu-pack' }, 'operator');
  expect(mapped.body).toMatchObject({ resolved: 1 });
  await until(number, 'received');
  expect(await labelsOf(number)).toEqual(['与信を実行']);
});

test('an order that makeshop itself has too makes one live transaction', async () => {
  const [number = ''] = await place({ mix: { shipped: 1 }, seed: 5 });
  const { mallNumber } = await hub.control<{ mallNumber: string }>('GET', `${office}/orders/${number}`);
  await hub.control('POST', `${office}/orders/${number}/mirror`, {});
  await hub.until(mallNumber, 'approved');
  await bring('orders');
  await until(number, 'released');
  const live = hub.sandbox
    .transactions()
    .filter(({ shopTransactionId }) => shopTransactionId.startsWith(mallNumber));
  expect(live).toHaveLength(1);
});

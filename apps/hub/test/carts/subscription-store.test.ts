import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShopView, State, UnmappedWordView } from '@np-hub/model';
import { FileShop } from '../files/support/shop.js';
import { addConnection, startTestHub, type TestHub } from '../support/hub.js';

const folder = mkdtempSync(join(tmpdir(), 'np-hub-exchange-'));
const office = '/offices/subscription-store';
let hub: TestHub;
let shopId = '';

beforeAll(async () => {
  hub = await startTestHub({ shop: false, variables: { NP_HUB_EXCHANGE: folder } });
  shopId = await addStore({});
  await hub.control('PATCH', office, { exchange: join(folder, shopId) });
  await hub.control('POST', '/life', { on: true, ordersPerMinute: 0, paceMs: [100, 400] });
});
afterAll(async () => {
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function addStore(settings: object): Promise<string> {
  const operator = await hub.as('operator');
  const connectionId = await addConnection(hub);
  // Several orders are made from one seed, and so by one buyer.
  const policies = { duplicates: 'off' };
  const shop = { name: '定期の店', adapter: 'subscription-store', connectionId, settings, policies };
  const made = await operator.post<ShopView>('/shops', shop);
  if (made.status !== 201) throw new Error(`The shop was refused: ${JSON.stringify(made.body)}`);
  const takeoverAt = new Date(hub.clock.now().getTime() - 3_600_000).toISOString();
  await operator.post(`/shops/${made.body.id}/go-live`, { takeoverAt, ownLinkIsOff: true });
  return made.body.id;
}

interface CartOrder {
  readonly number: string;
  readonly creditStatus: string;
  readonly payment: string;
  readonly shipmentStopped: boolean;
  readonly npTransactionId: string;
  readonly life: { readonly script: string } | null;
  readonly notices: readonly { readonly text: string }[];
}

const place = async (mix: Readonly<Record<string, number>>, count: number): Promise<readonly string[]> =>
  (
    await hub.control<{ numbers: readonly string[] }>('POST', `${office}/orders`, {
      count,
      seed: 3,
      alive: true,
      mix,
    })
  ).numbers;
const cartOrder = (number: string) => hub.control<CartOrder>('GET', `${office}/orders/${number}`);

/** What every kind of order has to come to, in the hub and in サブスクストア. */
const ends: Readonly<Record<string, { states: readonly State[]; words: readonly string[] }>> = {
  paid: { states: ['reported', 'paid'], words: ['与信OK'] },
  first: { states: ['reported'], words: ['与信OK'] },
  recurring: { states: ['reported', 'paid'], words: ['与信OK'] },
  enclosed: { states: ['approved'], words: ['与信OK'] },
  later: { states: ['reported'], words: ['与信OK'] },
  'hold-address': { states: ['reported'], words: ['与信OK'] },
  'short-phone': { states: ['reported'], words: ['与信OK'] },
  rejected: { states: ['released'], words: [''] },
  'rejected-recurring': { states: ['rejected'], words: ['与信NG'] },
  cancelled: { states: ['cancelled'], words: ['与信OK', '与信NG', '取引審査待ち'] },
};

test('a shop that exchanges files by its folder alone brings every kind of order to its end', async () => {
  const scripts = new Map<string, string>();
  for (const script of Object.keys(ends)) {
    for (const number of await place({ [script]: 1 }, 2)) scripts.set(number, script);
  }
  const numbers = [...scripts.keys()];
  await hub.eventually(async () => {
    const ended = await Promise.all(
      [...scripts].map(async ([number, script]) => {
        const state = (await hub.stored(number, shopId))?.state;
        return state !== undefined && (ends[script]?.states.includes(state) ?? false);
      }),
    );
    return ended.every(Boolean) && (await Promise.all(numbers.map(cartOrder))).every(({ life }) => !life);
  });
  for (const { number, creditStatus, npTransactionId, shipmentStopped } of await Promise.all(
    numbers.map(cartOrder),
  )) {
    expect({ number, creditStatus, words: ends[scripts.get(number) ?? '']?.words }).toMatchObject({
      words: expect.arrayContaining([creditStatus]),
    });
    expect(npTransactionId).toMatch(/^\d{11}$/);
    expect(shipmentStopped).toBe(false);
  }
});

test('自動で代引きに変更: 与信NG comes back as 代引き, is told in 通知ログ, and a course is not touched', async () => {
  const operator = await hub.as('operator');
  await operator.patch(`/shops/${shopId}`, { policies: { onRejected: 'change-to-cod' } });
  const [number = ''] = await hub
    .control<{ numbers: readonly string[] }>('POST', `${office}/orders`, {
      mix: { 'rejected-recurring': 1 },
      seed: 8,
    })
    .then(({ numbers }) => numbers);
  await hub.until(number, 'released', { shopId });
  const { payment, notices } = await cartOrder(number);
  expect(payment).toBe('代引き');
  expect(notices.map(({ text }) => text).join()).toMatch(/与信NGになりました.*代引きに変更/);
  const courses = await hub.control<readonly { status: string; lastOrder: string }[]>(
    'GET',
    `${office}/courses`,
  );
  expect(courses.find(({ lastOrder }) => lastOrder === number)?.status).toBe('継続');
  await operator.patch(`/shops/${shopId}`, { policies: { onRejected: 'hold-shipment' } });
});

test('an unknown 配送方法 waits before anything is sent to NP, is mapped once, and all its orders go on', async () => {
  const numbers = await place({ 'unknown-method': 1 }, 3);
  const support = await hub.as('support');
  const words = () => support.get<readonly UnmappedWordView[]>(`/unmapped?shopId=${shopId}`);
  await hub.eventually(async () => (await words()).body.some(({ orders }) => orders === 3));
  expect((await words()).body).toMatchObject([{ axis: 'carrier', raw: '冷蔵便(コース専用)', orders: 3 }]);
  const atNp = hub.sandbox.transactions().map(({ shopTransactionId }) => shopTransactionId);
  expect(atNp.filter((id) => numbers.includes(id))).toEqual([]);
  const meaning = { axis: 'carrier', raw: '冷蔵便(コース専用)', value: 'yamato' };
  expect((await new FileShop(hub, shopId).put('/words', meaning, 'operator')).body).toEqual({ resolved: 3 });
  for (const number of numbers) await hub.until(number, 'reported', { shopId });
});

test('real time: a hold stops the course of a generated order, and changes no payment method', async () => {
  const operator = await hub.as('operator');
  await operator.patch(`/shops/${shopId}`, { policies: { realTime: true, onRejected: 'change-to-cod' } });
  await hub.control('PATCH', office, { exchange: null });
  const { numbers } = await hub.control<{ numbers: readonly string[] }>('POST', `${office}/orders`, {
    mix: { recurring: 1 },
    seed: 9,
  });
  const [number = ''] = numbers;
  const outcome = { result: 'hold', hold: ['RE009'] };
  await hub.control('POST', '/np/outcome', { shop_transaction_id: number, outcome });
  await hub.control('PATCH', office, { exchange: join(folder, shopId) });
  await hub.until(number, 'held', { shopId });
  const courseOf = async () =>
    (await hub.control<readonly { status: string; lastOrder: string }[]>('GET', `${office}/courses`)).find(
      ({ lastOrder }) => lastOrder === number,
    );
  await hub.eventually(async () => (await courseOf())?.status === '停止');
  expect(await cartOrder(number)).toMatchObject({ payment: 'NP後払い', creditStatus: '与信保留' });
  await operator.patch(`/shops/${shopId}`, { policies: { realTime: false, onRejected: 'hold-shipment' } });
});

test('with its API switched on, orders are pulled and 決済状況 is written without a file', async () => {
  await hub.control('PATCH', office, { exchange: null });
  const apiShop = await addStore({
    apiEnabled: true,
    apiUrl: `${hub.sandbox.url}/subsc/api/v1`,
    clientId: 'demo-client',
    clientSecret: 'demo-client-secret',
  });
  const [number = ''] = await place({ first: 1 }, 1);
  await hub.until(number, 'reported', { shopId: apiShop });
  expect(await cartOrder(number)).toMatchObject({ creditStatus: '与信OK' });
});

import { join } from 'node:path';
import type { MoveStepView, MoveView, ShopView } from '@np-hub/model';
import { programOf } from '../open/any-system.js';
import { exchangeFolder, Store, type CartOrder, type Course } from '../real-time/store.js';
import { Manual } from '../support/manual.js';
import { addConnection, startTestHub, type TestHub } from '../support/hub.js';

/**
 * The manual's section on the switch, walked step by step on the sandbox: one サブスクストア, whose orders come by files
 * before the switch and ask in real time after it, and the hub's own plan beside.
 */
const manual = new Manual(__dirname, 'manual-switch.txt');
const { folder, remove } = exchangeFolder();
const [batch, realTime] = ['NP後払い', 'NP後払い(リアルタイム)'];
let hub: TestHub;
let store: Store;
let shopId: string;
let connectionId: string;
let newConnectionId: string;
let move: MoveView;
let operator: Awaited<ReturnType<TestHub['as']>>;

beforeAll(async () => {
  hub = await startTestHub({ shop: false, variables: { NP_HUB_EXCHANGE: folder } });
  operator = await hub.as('operator');
  connectionId = await addConnection(hub);
  const merchant = merchantOf();
  newConnectionId = await addConnection(hub, { ...merchant, mode: 'real-time' });
  const made = await operator.post<ShopView>('/shops', {
    name: '切替の店',
    adapter: 'subscription-store',
    connectionId,
    settings: {},
    policies: { duplicates: 'off' },
  });
  shopId = made.body.id;
  const takeoverAt = new Date(hub.clock.now().getTime() - 3_600_000).toISOString();
  await operator.post(`/shops/${shopId}/go-live`, { takeoverAt, ownLinkIsOff: true });
  store = new Store(hub, 'subscription-store');
  await hub.control('PATCH', `/offices/${store.office}`, { exchange: join(folder, shopId) });
}, 90_000);
afterAll(async () => {
  await hub.stop();
  remove();
});

function merchantOf() {
  const found = hub.sandbox.config.merchants.find(({ mode }) => mode === 'real-time');
  if (!found) throw new Error('The sandbox has no merchant in real time');
  const { merchantCode, spCode, terminalId } = found;
  return { merchantCode, spCode, terminalId };
}
const place = async (script: string, seed: number): Promise<string> => {
  const { numbers } = await store.post<{ numbers: string[] }>('/orders', { mix: { [script]: 1 }, seed });
  return numbers[0] ?? '';
};
const until = (number: string, wanted: Parameters<TestHub['until']>[1]) =>
  hub.until(number, wanted, { shopId });
const now = async (): Promise<MoveView> => (await operator.get<MoveView>(`/moves/${move.id}`)).body;
const stepOf = async (id: string): Promise<MoveStepView> => {
  const found = (await now()).steps.find((step) => step.id === id);
  if (!found) throw new Error(`The plan has no step ${id}`);
  return found;
};
const tick = (step: string, accept = false) =>
  operator.post<{ error?: string }>(`/moves/${move.id}/steps`, { step, done: true, accept });
const done = async (step: string, accept = false): Promise<void> =>
  expect(await tick(step, accept)).toMatchObject({ status: 200 });
const settingsOf = () => store.get<Record<string, unknown>>('/settings');

let shipping = '';
let waiting = '';
let recurring = '';
let approvedLate = '';

describe('切り替え事前準備', () => {
  manual.note(1, 3);
  manual.walk(4, 4, async () => {
    shipping = await place('paid', 1);
    await until(shipping, 'approved');
    expect(await store.refused(`/orders/${shipping}/edit`, { payment: realTime })).toMatchObject({
      status: 409,
      message: expect.stringContaining('出来かねます') as string,
    });
    expect((await store.order(shipping)).payment).toBe(batch);
    const begun = await operator.post<MoveView>('/moves', {
      shopId,
      settings: {
        kind: 'batch-to-real-time',
        switchOn: '2099-02-01',
        creditDaysBefore: 4,
        courseDaysBefore: 7,
        enclosedInvoice: 'kept',
        landingForms: true,
        shippingMethods: ['ヤマト運輸'],
      },
    });
    expect(begun.status).toBe(201);
    move = begun.body;
    await operator.patch(`/moves/${move.id}`, { toConnectionId: newConnectionId });
    await done('apply');
  });
  manual.walk(5, 8, async () => {
    expect((await stepOf('credit-timing-zero')).dueOn).toBe('2099-01-27');
    await store.set({ creditDaysBefore: 0 });
    await operator.patch(`/shops/${shopId}`, { policies: { creditDaysBefore: 0 } });
    // What ships later than today is not checked under the present contract any more.
    waiting = await place('later', 2);
    recurring = await place('recurring', 3);
    await store.post(`/orders/${recurring}/edit`, { plannedShipOn: '2099-02-05' });
    await until(waiting, 'received');
    expect((await store.order(waiting)).creditStatus).not.toBe('与信OK');
    await done('credit-timing-zero');
  });
  manual.note(9, 10);
  manual.walk(11, 14, async () => {
    expect((await stepOf('course-generation-zero')).dueOn).toBe('2099-01-24');
    await store.set({ generateDaysBefore: 0 });
    expect(await settingsOf()).toMatchObject({ creditDaysBefore: 0, generateDaysBefore: 0 });
    await done('course-generation-zero');
  });
});

describe('切り替え当日の作業内容', () => {
  manual.note(15, 17);
  manual.walk(18, 25, async () => {
    await store.post(`/orders/${shipping}/work`);
    expect((await now()).counts).toMatchObject({ approvedSeparate: expect.any(Number) as number });
    expect(await tick('drain')).toMatchObject({ status: 409, body: { error: 'still-open' } });
    await store.post(`/orders/${shipping}/ship`, { slipNumber: '401234567890' });
    await until(shipping, 'reported');
    await hub.eventually(async () => (await now()).counts.approvedSeparate === 0);
    await done('drain');
  });
  manual.walk(26, 37, async () => {
    // One is checked after all, so that it is left over afterwards.
    approvedLate = await place('first', 4);
    await operator.post('/transactions/bulk/check-credit', {
      keys: [{ shopId, id: (await until(approvedLate, ['received', 'approved'])).id }],
    });
    await until(approvedLate, 'approved');
    const { terminalId: _, ...codes } = merchantOf();
    await store.post('/service', { service: realTime, ...codes });
    expect(await settingsOf()).toMatchObject({
      service: realTime,
      visibility: '利用しない',
      feeYen: 0,
      explanation: '',
    });
    await done('cart-service');
    // 利用しない: nobody can choose it before it is shown.
    expect((await store.refused('/checkout', { screen: 'checkout' })).message).toContain('利用しない');
    const { key: apiKey } = await programOf(hub, shopId);
    await store.set({
      visibility: '消費者に表示',
      feeYen: 220,
      explanation: '後払い',
      hub: { url: hub.url, shopId, apiKey },
    });
    for (const step of ['cart-visibility', 'cart-fee-text', 'enclosed-invoice']) await done(step);
  });
  manual.walk(38, 40, async () => {
    const carrierCodes = { ヤマト運輸: '59010', 佐川急便: '50000', ゆうパック: '59041' };
    await store.set({ carrierCodes });
    expect(await tick('carrier-code:ヤマト運輸')).toMatchObject({
      status: 409,
      body: { error: 'still-open' },
    });
    await operator.patch(`/shops/${shopId}`, { settings: { carrierCodes } });
    await done('carrier-code:ヤマト運輸');
    expect((await operator.post(`/moves/${move.id}/switch`)).status).toBe(200);
  });
  manual.walk(41, 50, async () => {
    expect((await store.refused('/checkout', { screen: 'checkout' })).message).toContain('商品の後払い');
    expect((await store.refused('/replace-payment', { target: 'products' })).status).toBe(400);
    await store.post('/replace-payment', { target: 'products', sure: true });
    expect(await tick('products')).toMatchObject({ status: 409, body: { error: 'irreversible' } });
    await done('products', true);
    const bought = await store.buy('ok');
    expect(bought.outcome).toBe('made');
    const [pinned] = await hub.database.query<{ connection_id: string }[]>(
      'select connection_id from transactions where order_number = $1',
      [bought.orderNumber],
    );
    expect(pinned?.connection_id).toBe(newConnectionId);
  });
  manual.walk(51, 56, async () => {
    await store.post('/replace-payment', { target: 'courses', sure: true });
    const courses = await store.get<Course[]>('/courses');
    expect(courses.map(({ payment }) => payment)).toEqual(courses.map(() => realTime));
    await done('course-masters', true);
  });
  manual.walk(57, 61, async () => {
    await store.set({ landingFormTicked: true });
    expect(await settingsOf()).toMatchObject({ landingFormTicked: true });
    await done('landing-forms');
  });
});

describe('NP後払いの注文が残ってしまった場合の対応について', () => {
  manual.note(62, 63);
  manual.walk(64, 75, async () => {
    expect((await now()).counts).toMatchObject({ beforeCreditFirst: 1, beforeCreditRepeated: 1 });
    expect(await tick('left-before-credit-first')).toMatchObject({ body: { error: 'still-open' } });
    const left = await store.order(waiting);
    await store.post(`/orders/${waiting}/cancel`);
    await until(waiting, 'cancelled');
    // Entered anew, it is another order, by the new connection.
    const { orderNumber, outcome } = await store.buy('ok', {}, 'admin-create');
    expect([outcome, orderNumber === left.number]).toEqual(['made', false]);
    await until(orderNumber, 'approved');
    await hub.eventually(async () => (await now()).counts.beforeCreditFirst === 0);
    await done('left-before-credit-first');
  });
  manual.walk(76, 79, async () => {
    const left: CartOrder = await store.order(recurring);
    const course = left.course?.number ?? '';
    const count = left.course?.count ?? 0;
    await store.post(`/orders/${recurring}/delete`);
    await until(recurring, ({ state }) => ['cancelled', 'released'].includes(state));
    // Deleting hands its 定期回数 on to the next one.
    expect((await store.course(course)).count).toBe(count - 1);
    await store.post(`/courses/${course}/next-shipment`, { nextShipOn: '2099-02-05' });
    await store.post(`/courses/${course}/generate`, { decision: 'ok' });
    const child = await store.order((await store.course(course)).lastOrder);
    expect(child).toMatchObject({ payment: realTime, creditStatus: '与信OK', course: { count } });
    await hub.eventually(async () => (await now()).counts.beforeCreditRepeated === 0);
    await done('left-before-credit-repeated');
  });
  manual.walk(80, 87, async () => {
    expect((await now()).counts).toMatchObject({ afterCreditFirst: 1 });
    // The hub goes on with it by the old connection.
    const row = await until(approvedLate, 'approved');
    expect((await operator.post(`/transactions/${shopId}/${row.id}/actions/cancel`, {})).status).toBe(200);
    await until(approvedLate, 'cancelled');
    await hub.eventually(async () => (await now()).counts.afterCreditFirst === 0);
    await done('left-after-credit');
    await hub.eventually(async () => (await now()).orphans.length === 0);
    const finished = await operator.post<MoveView>(`/moves/${move.id}/finish`);
    expect(finished.body).toMatchObject({ state: 'done', orphans: [] });
  });
});

test('every line of the section has been walked', () => {
  expect(manual.left()).toEqual([]);
});

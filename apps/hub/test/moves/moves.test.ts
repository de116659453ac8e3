import { japaneseDay, type MoveStepView, type MoveView, type ShopView } from '@np-hub/model';
import { cartOf, type Cart } from '../path/cart.js';
import { addConnection, startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let cart: Cart;
let operator: Awaited<ReturnType<TestHub['as']>>;
let realTime: string;

beforeAll(async () => {
  hub = await startTestHub({ policies: { creditTiming: 'by-hand' } });
  cart = cartOf(hub);
  operator = await hub.as('operator');
  realTime = await addConnection(hub, { mode: 'real-time' });
}, 60_000);
afterAll(() => hub.stop());

const settings = {
  kind: 'batch-to-real-time',
  switchOn: '2099-02-01',
  creditDaysBefore: 4,
  courseDaysBefore: 7,
  enclosedInvoice: 'kept',
  landingForms: true,
  shippingMethods: ['宅急便'],
};

const stepOf = (move: MoveView, id: string): MoveStepView => {
  const found = move.steps.find((step) => step.id === id);
  if (!found) throw new Error(`The plan has no step ${id}`);
  return found;
};
const now = async (id: string) => (await operator.get<MoveView>(`/moves/${id}`)).body;
const tick = (id: string, step: string, accept = false, done = true) =>
  operator.post<MoveView & { error?: string }>(`/moves/${id}/steps`, { step, done, accept });
const ticked = async (id: string, ...steps: readonly string[]): Promise<void> => {
  for (const step of steps) expect(await tick(id, step, true)).toMatchObject({ status: 200 });
};

test('a move is given up before its switch, and says what to set back in the cart', async () => {
  const begun = await operator.post<MoveView>('/moves', { shopId: hub.shopId, settings });
  expect(begun).toMatchObject({ status: 201, body: { state: 'planned', toConnectionId: null } });
  expect(stepOf(begun.body, 'credit-timing-zero').dueOn).toBe('2099-01-27');
  expect(stepOf(begun.body, 'course-generation-zero').dueOn).toBe('2099-01-24');
  expect(stepOf(begun.body, 'connection')).toMatchObject({ seen: false, by: 'hub' });
  // One at a time.
  expect(await operator.post('/moves', { shopId: hub.shopId, settings })).toMatchObject({ status: 409 });
  await ticked(begun.body.id, 'apply', 'credit-timing-zero', 'course-generation-zero');
  expect(stepOf(await now(begun.body.id), 'credit-timing-zero')).toMatchObject({
    done: { by: 'operator' },
    undo: { ja: '与信タイミングを4日前に戻してください。' },
  });
  const abandoned = await operator.post<MoveView>(`/moves/${begun.body.id}/abandon`);
  expect(abandoned.body).toMatchObject({ state: 'abandoned' });
  expect(await tick(begun.body.id, 'tsukuru')).toMatchObject({ status: 404 });
  expect(await tick(begun.body.id, 'drain', true)).toMatchObject({ status: 409, body: { error: 'not-now' } });
});

test('a day that has passed is refused at its field, for a new plan and for another one', async () => {
  const past = { ...settings, switchOn: '2020-01-01' };
  const refused = {
    status: 400,
    body: { error: 'invalid-input', fields: [{ field: 'settings.switchOn' }] },
  };
  expect(await operator.post('/moves', { shopId: hub.shopId, settings: past })).toMatchObject(refused);
  const today = { ...settings, switchOn: japaneseDay(hub.clock.now()) };
  const begun = await operator.post<MoveView>('/moves', { shopId: hub.shopId, settings: today });
  expect(begun.status).toBe(201);
  const path = `/moves/${begun.body.id}`;
  expect(await operator.patch(path, { settings: past })).toMatchObject(refused);
  expect((await now(begun.body.id)).settings.switchOn).toBe(today.switchOn);
  // The plan's own day has passed: what else is to be changed can be.
  await hub.database.query(
    `update moves set settings = (settings::jsonb || '{"switchOn": "2020-01-01"}')::json where id = $1`,
    [begun.body.id],
  );
  expect(await operator.patch(path, { settings: { ...past, tsukuru: true } })).toMatchObject({ status: 200 });
  await operator.post(`${path}/abandon`);
});

test('the whole way to real time: nothing out of turn, old orders stay with their connection, nothing is orphaned', async () => {
  // Nobody has said what the one's payment method means, so that it waits before its credit check.
  const [approved, waiting] = [await cart.place(), await cart.place({ payMethod: 'Q9' })];
  await hub.until(approved, 'received');
  await hub.until(waiting, 'blocked');
  await hub.act(approved, 'check-credit');
  await hub.until(approved, 'approved');

  const { body: begun } = await operator.post<MoveView>('/moves', { shopId: hub.shopId, settings });
  const { id } = begun;
  expect(begun.counts).toMatchObject({ approvedSeparate: 1, beforeCreditFirst: 1, afterCreditFirst: 1 });
  expect(await tick(id, 'products', true)).toMatchObject({ status: 409, body: { error: 'too-early' } });
  expect(await tick(id, 'hub-switch')).toMatchObject({ status: 409, body: { error: 'only-the-hub' } });
  expect(await operator.post(`/moves/${id}/switch`)).toMatchObject({ status: 409 });
  // 出荷作業中 with 与信OK is drained first; to go on all the same has to be said.
  expect(await tick(id, 'drain')).toMatchObject({ status: 409, body: { error: 'still-open' } });
  await cart.ship(approved, '4012-3456-7890');
  await hub.until(approved, 'reported');
  await ticked(id, 'apply', 'credit-timing-zero', 'course-generation-zero', 'carrier-code:宅急便');
  expect((await tick(id, 'drain')).status).toBe(200);
  await ticked(id, 'cart-service', 'cart-visibility', 'cart-fee-text', 'enclosed-invoice');
  expect(await operator.post(`/moves/${id}/switch`)).toMatchObject({ status: 409 });
  expect(await operator.patch(`/moves/${id}`, { toConnectionId: hub.connectionId })).toMatchObject({
    status: 400,
  });
  expect(await operator.patch(`/moves/${id}`, { toConnectionId: realTime })).toMatchObject({ status: 200 });

  const switched = await operator.post<MoveView>(`/moves/${id}/switch`);
  expect(switched.body).toMatchObject({ state: 'switched' });
  expect(stepOf(switched.body, 'connection').done).toMatchObject({ by: 'system' });
  expect(await operator.post(`/moves/${id}/abandon`)).toMatchObject({ status: 409 });

  const fresh = await cart.place();
  await hub.eventually(async () => (await hub.stored(fresh)) !== undefined);
  const pinned = async (number: string): Promise<string> => {
    const [row] = await hub.database.query<{ connection_id: string }[]>(
      'select connection_id from transactions where order_number = $1',
      [number],
    );
    return row?.connection_id ?? '';
  };
  expect([await pinned(approved), await pinned(fresh)]).toEqual([hub.connectionId, realTime]);
  // The old credentials go on: the payment of an old order is still asked for.
  await hub.control('POST', '/np/pay', { shop_transaction_id: approved });
  await hub.until(approved, 'paid');

  expect(await tick(id, 'products')).toMatchObject({ status: 409, body: { error: 'irreversible' } });
  await ticked(id, 'products', 'course-masters', 'landing-forms');
  expect(await tick(id, 'products', true, false)).toMatchObject({ status: 409 });
  // What is left over before its credit check is cancelled in the cart and entered anew.
  expect(await tick(id, 'left-before-credit-first')).toMatchObject({ body: { error: 'still-open' } });
  expect(await operator.post(`/moves/${id}/finish`)).toMatchObject({ status: 409 });
  await cart.cancel(waiting);
  await hub.until(waiting, 'cancelled');
  await hub.eventually(async () => (await now(id)).orphans.length === 0);
  const finished = await operator.post<MoveView>(`/moves/${id}/finish`);
  expect(finished.body).toMatchObject({ state: 'done', orphans: [] });
  expect(finished.body.steps.every(({ done }) => done !== null)).toBe(true);

  const trail: { action: string }[] = await hub.database.query(
    `select action from audit where object = $1 order by sequence`,
    [`move:${id}`],
  );
  expect(trail.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['move-begun', 'move-changed', 'move-step']),
  );
});

test('a transaction that nobody would go on with is named', async () => {
  const number = await cart.place();
  await hub.until(number, 'received');
  await hub.act(number, 'check-credit');
  await hub.until(number, 'approved');
  await cart.ship(number, '4012-3456-7891');
  await hub.until(number, 'reported');
  await hub.settle();
  await hub.database.query(`delete from effects where lane = 'payment' and transaction_id =
    (select id from transactions where order_number = '${number}')`);
  const moves = await operator.get<MoveView[]>(`/moves?shopId=${hub.shopId}`);
  expect(moves.body[0]?.orphans).toMatchObject([{ orderNumber: number, reason: 'never-asked' }]);
});

test('a shop is live with the switch of its move, or neither is', async () => {
  const { body: shop } = await operator.post<ShopView>('/shops', {
    name: 'カートのNP連携からの店',
    adapter: 'subscription-store',
    connectionId: hub.connectionId,
    settings: {},
  });
  const { body: begun } = await operator.post<MoveView>('/moves', {
    shopId: shop.id,
    settings: { kind: 'own-link-to-hub', switchOn: '2099-02-01' },
  });
  await ticked(begun.id, 'own-link-drained', 'own-link-off');
  const state = async () => {
    const { body: shops } = await operator.get<ShopView[]>('/shops');
    const found = shops.find(({ id }) => id === shop.id);
    const { state: ofMove, switchedAt } = await now(begun.id);
    return { ofMove, mode: found?.mode, tookOver: found?.takeoverAt, switchedAt };
  };
  // As if the hub ended between the two.
  await hub.database.query(
    `alter table shops add constraint ended check (mode <> 'live' or id <> '${shop.id}')`,
  );
  expect(await operator.post(`/moves/${begun.id}/switch`)).toMatchObject({ status: 500 });
  expect(await state()).toMatchObject({ ofMove: 'planned', mode: 'draft' });
  await hub.database.query('alter table shops drop constraint ended');
  expect(await operator.post(`/moves/${begun.id}/switch`)).toMatchObject({ status: 200 });
  const { tookOver, switchedAt, ...rest } = await state();
  expect(rest).toEqual({ ofMove: 'switched', mode: 'live' });
  expect(tookOver?.slice(0, 19)).toBe(switchedAt?.slice(0, 19));
  const owed = await hub.database.query('select 1 from shops where follow_due is not null');
  expect(owed).toEqual([]);
});

import type { TransactionPage } from '@np-hub/model';
import { addConnection, startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from '../path/cart.js';
import { pausedShop, type PausedShop } from '../words/paused-shop.js';

let hub: TestHub;
let cart: Cart;
let goq: PausedShop;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
  goq = await pausedShop(hub, { adapter: 'goqsystem', policies: { creditTiming: 'at-once' } });
});
afterAll(() => hub.stop());

const until = (number: string, wanted: Parameters<TestHub['until']>[1]) =>
  hub.until(number, wanted, { shopId: goq.id });
const connectionOf = async (number: string): Promise<string> =>
  (
    (await hub.database.query('select connection_id from transactions where order_number = $1', [
      number,
    ])) as {
      connection_id: string;
    }[]
  )[0]?.connection_id ?? '';

describe('one sale of one merchant, seen in makeshop and again through GoQ', () => {
  test('makeshop first: one live transaction, and the second says whose it is', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await goq.take([goq.order('183479', { originNumber: number })]);
    await until('183479', 'released');
    expect(cart.theOneAtNp(number).isLive).toBe(true);
    const found = await (await hub.as('support')).get<TransactionPage>(`/transactions?q=${number}`);
    expect(
      found.body.rows.map(({ orderNumber, originNumber }) => [orderNumber, originNumber]).sort(),
    ).toEqual([
      ['183479', number],
      [number, null],
    ]);
  });

  test('GoQ first: NP knows it by the number that the buyer knows, and makeshop makes no second one', async () => {
    const number = 'P000000000000000777';
    await goq.take([goq.order('183480', { originNumber: number })]);
    await until('183480', 'approved');
    expect(cart.theOneAtNp(number)).toMatchObject({ shopTransactionId: number, isLive: true });
    const shown = await hub.page('183480', 'support', goq.id);
    expect(shown.attempts[0]?.shopTransactionId).toBe(number);
    await cart.place({ displayOrderNumber: number });
    const [order] = hub.sandbox.orders().filter((each) => each.displayOrderNumber === number);
    if (order) {
      await hub.until(number, 'released');
      expect(cart.theOneAtNp(number).isLive).toBe(true);
    }
  });

  test('at the same moment, and under two numbers of one shop: still one', async () => {
    const origin = '249-8461959-0519039';
    await goq.take([
      goq.order('183481', { originNumber: origin }),
      goq.order('183482', { originNumber: origin }),
    ]);
    const states = await Promise.all(
      ['183481', '183482'].map((number) => until(number, ['approved', 'released'])),
    );
    expect(states.map(({ state }) => state).sort()).toEqual(['approved', 'released']);
    expect(cart.theOneAtNp(origin).isLive).toBe(true);
  });

  test('a number that changes after the registration is not taken over', async () => {
    const before = goq.order('183483', { originNumber: 'A-1' });
    await goq.take([before]);
    await until('183483', 'approved');
    await goq.take([{ ...before, originNumber: 'A-2', note: 'another' }]);
    expect((await hub.page('183483', 'support', goq.id)).attempts[0]?.shopTransactionId).toBe('A-1');
  });
});

describe('several malls under one account', () => {
  test('each order goes by the connection of its mall; an unknown mall waits, and is chosen once', async () => {
    const rakuten = await addConnection(hub);
    const yahoo = await addConnection(hub);
    await goq.patch({ policies: { malls: { 楽天: rakuten } } });
    await goq.take([goq.order('M-1', { mall: '楽天' }), goq.order('M-2', { mall: 'ヤフー' })]);
    await until('M-1', 'approved');
    expect(await connectionOf('M-1')).toBe(rakuten);
    const blocked = await until('M-2', 'blocked');
    expect(blocked.facts.wanted.obstacles).toEqual([expect.objectContaining({ field: 'mall' })]);
    const operator = await hub.as('operator');
    const mapped = await operator.put(`/shops/${goq.id}/words`, {
      axis: 'mall',
      raw: 'ヤフー',
      value: yahoo,
    });
    expect(mapped.body).toEqual({ resolved: 1 });
    await until('M-2', 'approved');
    expect(await connectionOf('M-2')).toBe(yahoo);
    await goq.patch({ policies: { malls: { 楽天: yahoo } } });
    expect(await connectionOf('M-1')).toBe(rakuten);
    await operator.delete(`/shops/${goq.id}/words`, { axis: 'mall', raw: 'ヤフー' });
    await goq.patch({ policies: { malls: {} } });
  });
});

describe('an older record', () => {
  const at = (minutes: number): string =>
    new Date(hub.clock.now().getTime() - minutes * 60_000).toISOString();

  test('by its own stamp, by the time of the file, or of unknown age: nothing of it is kept, unless accepted', async () => {
    const order = goq.order('O-1', { changedAt: at(10) });
    expect((await goq.take([order], null)).outcomes[0]?.kind).toBe('created');
    await until('O-1', 'approved');
    const facts = async () => (await hub.stored('O-1', goq.id))?.facts;
    const before = await facts();
    const older = { ...order, billedYen: 3100 };
    const stale = await goq.take([{ ...older, changedAt: at(30) }]);
    const undated = await goq.take([{ ...older, changedAt: null }], null);
    const earlier = await goq.take([{ ...older, changedAt: null }], at(20));
    expect([stale, undated, earlier].map(({ outcomes }) => outcomes[0]?.kind)).toEqual([
      'older',
      'older',
      'older',
    ]);
    expect(await facts()).toEqual(before);
    expect((await hub.page('O-1', 'support', goq.id)).payload?.billedYen).toBe(3000);
    expect((await goq.take([order], at(60))).outcomes[0]?.kind).toBe('unchanged');
    const newer = await goq.take([{ ...older, changedAt: null }], at(1));
    expect(newer).toMatchObject({ changed: 1, outcomes: [{ kind: 'changed' }] });
    await hub.eventually(async () => cart.theOneAtNp('O-1').edits === 1);
  });
});

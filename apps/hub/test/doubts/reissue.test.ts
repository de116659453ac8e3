import { limits } from '@np-hub/model';
import { Reaper } from '../../src/dispatch/reaper.js';
import { cartOf, type Cart } from '../path/cart.js';
import { aliveAtNp } from '../path/implied.js';
import { startTestHub, type TestHub } from '../support/hub.js';

/** Longer than the first pause before a lost call is repeated. */
const resolvingMs = limits.callAtMostMs + limits.resolveFirstMs;
/** Longer than any lease of a call. */
const leaseMs = 60_000;
/** A call that is delayed for so long stays under way until its fault is taken away. */
const longMs = 600_000;

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub({ timing: { retryMs: 50 } });
  cart = cartOf(hub);
});
afterAll(() => hub.stop());
afterEach(() => cart.noFaults());

const items = [
  { productName: '煎茶', priceYen: 1290 },
  { productName: '石けん', priceYen: 1980 },
];

/** An order that has been reported yesterday, of which a part has come back since. */
async function returned(): Promise<string> {
  const number = await cart.place({ items });
  await hub.until(number, 'approved');
  await cart.ship(number, '1234-5678-9012');
  await hub.until(number, 'reported');
  await cart.edit(number, { items: items.slice(0, 1) });
  await hub.until(number, ({ facts }) => {
    return facts.wanted.payload.billedYen < (facts.attempts[0]?.payload?.billedYen ?? 0);
  });
  hub.nextDay();
  return number;
}

/** The base is cancelled, what is left is billed once, with the new amount, and reported. */
async function expectRenewed(number: string): Promise<void> {
  await hub.until(number, ({ state, facts }) => state === 'reported' && facts.attempts.length >= 2);
  const alive = aliveAtNp(cart.atNp(number));
  expect(alive).toHaveLength(1);
  expect(alive[0]).toMatchObject({ state: 'reported', billedAmount: cart.order(number).totalYen });
  expect(cart.atNp(number)[0]?.state).toBe('cancelled');
}

test('what will happen is shown beforehand; not on the day of the report, and not for more', async () => {
  const number = await cart.place({ items });
  await hub.until(number, 'approved');
  await cart.ship(number, '1234-5678-9012');
  await hub.until(number, 'reported');
  expect((await hub.page(number)).reissue).toMatchObject({ obstacle: 'unchanged', phase: 'open' });
  const before = cart.order(number).totalYen;
  await cart.edit(number, { items: items.slice(0, 1) });
  await hub.until(number, ({ facts }) => facts.wanted.payload.billedYen < before);
  const page = await hub.page(number);
  expect(page.reissue).toMatchObject({
    obstacle: 'same-day',
    fromYen: before,
    toYen: cart.order(number).totalYen,
    again: false,
  });
  expect(page.reissue?.steps.map(({ state }) => state)).toEqual(['todo', 'todo', 'todo', 'todo']);
  expect(page.actions).not.toContain('reissue');
  expect(await hub.act(number, 'reissue')).toMatchObject({ status: 409, body: { error: 'same-day' } });
  hub.nextDay();
  expect((await hub.page(number)).reissue?.obstacle).toBeNull();
  await hub.control('POST', '/np/pay', { shop_transaction_id: number });
  await hub.until(number, 'paid');
  expect((await hub.page(number)).reissue).toMatchObject({
    obstacle: 'paid',
    refundYen: before - cart.order(number).totalYen,
  });
});

test.each([
  ['cancel', 'done'],
  ['cancel', 'not-done'],
  ['report', 'done'],
  ['report', 'not-done'],
])(
  'the answer to the %s (%s at NP) is lost on the way: the change goes on by itself',
  async (operation, work) => {
    const number = await returned();
    await cart.fault({ fault: 'garbage', work, operation, times: 1 });
    expect((await hub.act(number, 'reissue')).status).toBe(200);
    await hub.until(number, 'in-doubt');
    const step = (await hub.page(number)).reissue?.steps.find(({ state }) => state === 'doubt');
    expect(step?.name).toBe(operation);
    hub.clock.forward(resolvingMs);
    await expectRenewed(number);
  },
);

test('the answer to the re-registration is lost: a person enters its id, and the change goes on', async () => {
  const number = await returned();
  await cart.fault({ fault: 'drop-answer', operation: 'reregister', times: 1 });
  await hub.act(number, 'reissue');
  await hub.until(number, 'in-doubt');
  expect((await hub.page(number)).doubt).toMatchObject({ operation: 'reissue', way: 'person' });
  const npTransactionId = cart.atNp(number)[1]?.npTransactionId;
  expect((await hub.act(number, 'enter-np-id', { npTransactionId })).status).toBe(200);
  await expectRenewed(number);
});

test('the re-registration never reached NP, as a person has seen there: it is tried again, upon the same base', async () => {
  const number = await returned();
  await cart.fault({ fault: 'garbage', work: 'not-done', operation: 'reregister', times: 1 });
  await hub.act(number, 'reissue');
  await hub.until(number, 'in-doubt');
  hub.clock.forward(limits.absenceAfterMs);
  expect((await hub.act(number, 'confirm-absence')).status).toBe(200);
  await expectRenewed(number);
  expect(cart.atNp(number)[0]?.reregisteredAs).toBe(cart.atNp(number)[1]?.npTransactionId);
});

test.each(['cancel', 'reregister', 'report'])(
  'a hub that dies during the %s: the lease ends, the late answer does no harm, and the change goes on',
  async (operation) => {
    const number = await returned();
    await cart.fault({ fault: 'latency', delayMs: longMs, operation, times: 1 });
    await hub.act(number, 'reissue');
    const name = operation === 'reregister' ? 'reissue' : operation;
    await hub.until(
      number,
      ({ facts }) => facts.inFlight?.operation === name && facts.inFlight.phase === 'sent',
    );
    // The call has reached NP: a hub that stood still before it would rather not send it.
    await hub.eventually(async () => {
      const faults = await hub.control<{ fired: number }[]>('GET', '/faults');
      return faults.some(({ fired }) => fired > 0);
    });
    hub.clock.forward(leaseMs);
    await hub.app.get(Reaper, { strict: false }).run();
    await hub.until(number, 'in-doubt');
    await cart.noFaults();
    hub.clock.forward(resolvingMs);
    await expectRenewed(number);
    expect((await hub.page(number)).timeline.map((entry) => entry.name)).toContain('answer-lost');
  },
);

test('NP refuses half-way: loud, with the way on; registered anew it is billed once', async () => {
  const number = await returned();
  await hub.control('POST', '/np/outcome', {
    shop_transaction_id: number,
    outcome: { result: 'approve', refuse: { reregister: ['E0131011'] } },
  });
  await hub.act(number, 'reissue');
  await hub.until(number, 'reissue-failed');
  const page = await hub.page(number);
  expect(page).toMatchObject({ actor: 'shop', gate: 'wait', reissue: { phase: 'stopped' } });
  expect(page.reasons.map(({ code }) => code)).toEqual(['E0131011']);
  expect(page.actions).toEqual(expect.arrayContaining(['retry', 'register-anew', 'correct', 'cancel']));
  expect(page.reissue?.steps.map(({ state }) => state)).toEqual(['done', 'failed', 'todo', 'todo']);
  expect((await hub.act(number, 'register-anew')).status).toBe(200);
  await expectRenewed(number);
});

test('the buyer has paid before the cancel comes to NP: it stays billed as it was, and the shop refunds the part', async () => {
  const number = await returned();
  const [{ billedAmount = 0 } = {}] = cart.atNp(number);
  await cart.fault({ fault: 'latency', delayMs: longMs, operation: 'cancel', times: 1 });
  await hub.act(number, 'reissue');
  await hub.until(number, ({ facts }) => facts.inFlight?.phase === 'sent');
  await hub.control('POST', '/np/pay', { shop_transaction_id: number });
  await cart.noFaults();
  await hub.until(number, ({ facts }) => facts.attempts[0]?.cancelRefusedPaid === true);
  const page = await hub.page(number);
  expect(page).toMatchObject({ state: 'paid', actor: 'shop' });
  expect(page.reissue).toMatchObject({
    obstacle: 'paid',
    phase: 'open',
    refundYen: billedAmount - cart.order(number).totalYen,
  });
  expect(cart.theOneAtNp(number).state).toBe('paid');
});

test('a full return after the report is cancelled at NP; a slip put right by hand ends its warning', async () => {
  const number = await cart.place({ items });
  await hub.until(number, 'approved');
  await cart.ship(number, '1234-5678-9012');
  await hub.until(number, 'reported');
  await cart.ship(number, '9999-5678-9012');
  await hub.until(number, ({ facts }) => facts.wanted.shipment?.slipNumber.startsWith('9999') ?? false);
  expect((await hub.page(number)).attentions).toContain('reported-other-shipment');
  expect((await hub.act(number, 'settle-slip')).status).toBe(200);
  expect((await hub.page(number)).attentions).toEqual([]);
  expect((await hub.act(number, 'cancel')).status).toBe(200);
  await hub.until(number, 'cancelled');
  expect(cart.theOneAtNp(number).state).toBe('cancelled');
});

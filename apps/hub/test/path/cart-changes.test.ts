import { setTimeout as sleep } from 'node:timers/promises';
import { sendNotices, startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from './cart.js';
import { aliveAtNp, differences } from './implied.js';

/** A call that is delayed for so long stays under way until its fault is taken away. */
const longMs = 600_000;

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
});
afterAll(() => hub.stop());
afterEach(async () => {
  await cart.noFaults();
  await sendNotices(hub, null);
});

describe('a cancel and a change of the payment method in makeshop reach NP without a click', () => {
  test('after the approval', async () => {
    const [cancelled, changed] = [await cart.place(), await cart.place()];
    await hub.until(cancelled, 'approved');
    await hub.until(changed, 'approved');
    await cart.cancel(cancelled);
    await cart.payBy(changed, 'R');
    expect((await hub.until(cancelled, 'cancelled')).gate).toBe('stop');
    expect((await hub.until(changed, 'released')).gate).toBe('stop');
    expect(cart.theOneAtNp(cancelled).state).toBe('cancelled');
    expect(cart.theOneAtNp(changed).state).toBe('cancelled');
  });

  test('after the shipment report, too', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await cart.ship(number, '1234-5678-9012');
    await hub.until(number, 'reported');
    await cart.cancel(number);
    await hub.until(number, 'cancelled');
    expect(cart.theOneAtNp(number).state).toBe('cancelled');
  });

  test('once the buyer has paid, the shop is told to pay back itself', async () => {
    const number = await cart.placeMagic('入金');
    await hub.until(number, 'approved');
    await cart.ship(number, '1234-5678-9012');
    await hub.until(number, 'paid');
    await cart.cancel(number);
    await hub.until(number, 'cancel-refused-paid');
    expect((await hub.page(number)).actor).toBe('shop');
    expect(cart.theOneAtNp(number).state).toBe('paid');
  });

  test.each([
    ['cancel', (number: string) => cart.cancel(number), 'cancelled'],
    ['change of the payment method', (number: string) => cart.payBy(number, 'R'), 'released'],
    ['deletion with a notice', (number: string) => cart.remove(number), 'cancelled'],
  ] as const)('a %s while the registration is under way', async (_name, change, state) => {
    await sendNotices(hub);
    await cart.fault({ fault: 'latency', operation: 'register', delayMs: longMs, times: 1 });
    const number = await cart.place();
    await hub.until(number, ({ facts }) => facts.inFlight?.phase === 'sent');
    await change(number);
    const waiting = await hub.until(
      number,
      ({ facts }) => facts.wanted.cancel !== null || facts.wanted.release !== null,
    );
    expect(waiting.gate).toBe('stop');
    await cart.noFaults();
    await hub.until(number, state);
    expect(cart.theOneAtNp(number).state).toBe('cancelled');
  });

  test('a cancel while an edit is under way', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await cart.fault({ fault: 'latency', operation: 'edit', delayMs: longMs, times: 1 });
    await cart.editParty(number, { address2: 'メゾン緑202' });
    await hub.until(number, ({ facts }) => facts.inFlight?.phase === 'sent');
    await cart.cancel(number);
    await hub.until(number, ({ facts }) => facts.wanted.cancel !== null);
    await cart.noFaults();
    await hub.until(number, 'cancelled');
    expect(cart.theOneAtNp(number)).toMatchObject({ state: 'cancelled', edits: 1 });
  });

  test('a cancel while the shipment report is under way', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await cart.fault({ fault: 'latency', operation: 'report', delayMs: longMs, times: 1 });
    await cart.ship(number, '1234-5678-9012');
    await hub.until(number, ({ facts }) => facts.inFlight?.phase === 'sent');
    await cart.cancel(number);
    await hub.until(number, ({ facts }) => facts.wanted.cancel !== null);
    await cart.noFaults();
    await hub.until(number, 'cancelled');
    expect(cart.theOneAtNp(number).state).toBe('cancelled');
  });

  test('a cancel before anything was sent leaves nothing at NP', async () => {
    const number = await cart.place({ sender: { tel: '031234567' } });
    await hub.until(number, 'blocked');
    await cart.cancel(number);
    await hub.until(number, 'cancelled');
    expect(cart.atNp(number)).toEqual([]);
  });

  test('NP again after another method: registered under a new number, once', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await cart.payBy(number, 'R');
    await hub.until(number, 'released');
    await cart.payBy(number, 'N');
    await hub.until(number, 'approved');
    const [first, second] = cart.atNp(number);
    expect(first).toMatchObject({ shopTransactionId: number, state: 'cancelled' });
    expect(second).toMatchObject({ shopTransactionId: `${number}-2`, state: 'approved' });
    expect(differences(cart.order(number), second ?? cart.theOneAtNp(number))).toEqual([]);
  });

  test('an order that another method becomes NP for is taken in', async () => {
    const number = await cart.place({ payMethod: 'R' });
    await sleep(300);
    expect(await hub.stored(number)).toBeUndefined();
    await cart.payBy(number, 'N');
    await hub.until(number, 'approved');
  });
});

describe('an order that the cart no longer shows', () => {
  test('deleted with a notice: cancelled at NP', async () => {
    await sendNotices(hub);
    const number = await cart.place();
    await hub.until(number, 'approved');
    await cart.remove(number);
    await hub.until(number, 'cancelled');
    expect(cart.theOneAtNp(number).state).toBe('cancelled');
  });

  test('gone without a word: nothing is cancelled, the goods wait, and a person is asked', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await cart.remove(number);
    await hub.until(number, ({ facts }) => facts.cart.missing);
    const page = await hub.page(number);
    expect(page).toMatchObject({ gate: 'wait', gateReason: 'order-missing', actor: 'shop' });
    expect(page.attentions).toContain('order-missing');
    expect(page.actions).toEqual(expect.arrayContaining(['cancel', 'release']));
    expect(cart.theOneAtNp(number).isLive).toBe(true);
    await cart.restore(number);
    await hub.until(number, ({ facts, gate }) => !facts.cart.missing && gate === 'ship');
  });
});

describe('an edit in the cart triggers a new review, and the gate waits for it', () => {
  test('one address line: the gate waits while NP still answers with the old approval, then ships', async () => {
    const number = await cart.placeMagic('古い00');
    expect((await hub.until(number, 'approved')).gate).toBe('ship');
    const first = cart.theOneAtNp(number).credit.fixedAt;
    await cart.editParty(number, { address2: '古い00 第二コーポ305号室' });
    const stale = await hub.until(number, ({ facts }) => {
      const credit = facts.attempts.at(-1)?.credit;
      return credit?.result === 'approved' && !credit.proven;
    });
    expect(stale).toMatchObject({ gate: 'wait', state: 'reviewing' });
    expect(await hub.page(number)).toMatchObject({ gate: 'wait' });
    const proven = await hub.until(number, ({ gate }) => gate === 'ship');
    expect(proven.facts.attempts.at(-1)?.credit?.fixedAt).not.toBe(first);
    const at = cart.theOneAtNp(number);
    expect(at.edits).toBe(1);
    expect(differences(cart.order(number), at)).toEqual([]);
    await hub.settle();
    expect(cart.word(number)).toBe('審査OK');
  });

  test.each([
    [
      'goods swapped at the same price',
      [{ productName: '別の色のタオル', variationName: '赤', priceYen: 3300, quantity: 1 }],
    ],
    [
      'an item of 0 yen added',
      [
        { productName: 'タオル', priceYen: 3300, quantity: 1 },
        { productName: '無料サンプル', priceYen: 0, quantity: 1 },
      ],
    ],
  ] as const)('%s', async (_name, items) => {
    const number = await cart.place({ items: [{ productName: 'タオル', priceYen: 3300, quantity: 1 }] });
    await hub.until(number, 'approved');
    const before = cart.theOneAtNp(number);
    await cart.edit(number, { items });
    await hub.until(number, 'reviewing');
    expect((await hub.stored(number))?.gate).toBe('wait');
    await hub.until(number, ({ gate }) => gate === 'ship');
    const after = cart.theOneAtNp(number);
    expect(after.billedAmount).toBe(before.billedAmount);
    expect(after.edits).toBe(1);
    expect(after.payload.goods?.map(({ goods_name: name }) => name)).toEqual(
      expect.arrayContaining([expect.stringContaining(items.at(-1)?.productName ?? '')]),
    );
  });

  test('an edit while the registration is under way: NP ends with what the cart says last', async () => {
    await cart.fault({ fault: 'latency', operation: 'register', delayMs: longMs, times: 1 });
    const number = await cart.place();
    const { facts } = await hub.until(number, (row) => row.facts.inFlight?.phase === 'sent');
    await cart.editParty(number, { address2: 'ハイツ若葉102' });
    await hub.until(number, (row) => row.facts.wanted.payload.hash !== facts.wanted.payload.hash);
    await cart.noFaults();
    await hub.until(number, ({ gate }) => gate === 'ship');
    expect(differences(cart.order(number), cart.theOneAtNp(number))).toEqual([]);
    expect(aliveAtNp(cart.atNp(number))).toHaveLength(1);
  });
});

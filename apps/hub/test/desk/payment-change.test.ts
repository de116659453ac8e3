import { paymentChangeSchema, type ErrorView, type PaymentChange } from '@np-hub/model';
import type { Cart } from '../path/cart.js';
import { type TestHub } from '../support/hub.js';
import { startDesk, type Desk } from './scene.js';

let hub: TestHub;
let cart: Cart;
let orders: Desk['orders'];

const cod = {
  name: '代金引換',
  feeYen: 330,
  feeBands: [],
  limitYen: 300_000,
  note: '配送員へお支払いください。',
};
const card = { name: 'クレジットカード', feeYen: 0, feeBands: [], limitYen: null, note: '' };

beforeAll(async () => {
  ({ hub, cart, orders } = await startDesk());
}, 60_000);
afterAll(() => hub.stop());

const ask = async <Body = PaymentChange>(order: string, { login = 'support', query = '' } = {}) => {
  const row = await hub.stored(order);
  return (await hub.as(login)).get<Body>(`/transactions/${row?.shopId}/${row?.id}/payment-change${query}`);
};
const change = async (order: string, query = ''): Promise<PaymentChange> =>
  (await ask(order, { query })).body;
const enter = async (otherMethods: readonly object[]) =>
  (await hub.as('operator')).patch<ErrorView>(`/shops/${hub.shopId}`, { policies: { otherMethods } });

test('without methods the answer is whole and offers none; an order that NP bills is no matter of it', async () => {
  const answer = await change(orders.rejected);
  expect(paymentChangeSchema.parse(answer)).toEqual(answer);
  expect(answer).toMatchObject({ npSide: 'ended', offers: [] });
  expect(await change(orders.approved)).toMatchObject({ npSide: 'none', offers: [] });
});

test('a method that is wrong is refused at its field', async () => {
  for (const [methods, field] of [
    [[{ ...cod, name: '' }], '[0].name'],
    [[cod, { ...card, name: cod.name }], '[1].name'],
    [[{ ...cod, limitYen: 0 }], '[0].limitYen'],
    [[{ ...cod, feeBands: [{ fromYen: 5, toYen: 1, feeYen: 1 }] }], '[0].feeBands[0].toYen'],
  ] as const) {
    const { status, body } = await enter(methods);
    expect([status, body.fields.map((each) => each.field)]).toEqual([400, [`policies.otherMethods${field}`]]);
  }
});

describe('with methods', () => {
  beforeAll(async () => {
    expect((await enter([cod, card, { ...card, name: '少額決済', limitYen: 1 }])).status).toBe(200);
  });

  test('each method has its fee and its total; a fee that the cart does not say can be entered', async () => {
    const { billedYen } = await hub.page(orders.rejected);
    const plain = await change(orders.rejected);
    expect(plain).toMatchObject({ totalYen: billedYen, cartTotalYen: billedYen, feeYen: 0, feeKnown: false });
    expect(plain.offers.map(({ totalYen, obstacle }) => [totalYen, obstacle])).toEqual([
      [billedYen + 330, null],
      [billedYen, null],
      [billedYen, 'over-limit'],
    ]);
    const entered = await change(orders.rejected, '?feeYen=220');
    expect(entered).toMatchObject({ totalYen: billedYen, feeYen: 220, cartFeeYen: 220 });
    expect(entered.offers[0]).toMatchObject({ feeYen: 330, totalYen: billedYen + 110 });
    for (const query of ['?feeYen=-1', '?feeYen=1.5', '?feeYen=x']) {
      const { status, body } = await ask<ErrorView>(orders.rejected, { query });
      expect([query, status, body.fields.map(({ field }) => field)]).toEqual([query, 400, ['feeYen']]);
    }
  });

  test('every role sees the amounts and nothing of the buyer; a shop that one may not see is not there', async () => {
    const { buyer } = await hub.page(orders.rejected);
    const { status, body } = await ask(orders.rejected, { login: 'viewer' });
    expect([status, body]).toEqual([200, await change(orders.rejected)]);
    expect(JSON.stringify(body)).not.toContain(buyer?.name ?? 'missing');
    expect((await ask(orders.rejected, { login: 'elsewhere' })).status).toBe(404);
  });

  test('a hold is alive until NP has confirmed the cancel', async () => {
    expect((await change(orders.held)).npSide).toBe('alive');
    await cart.fault({ fault: 'latency', operation: 'cancel', delayMs: 600_000 });
    await hub.act(orders.held, 'cancel');
    await hub.until(orders.held, 'cancelling');
    expect((await change(orders.held)).npSide).toBe('ending');
    await cart.noFaults();
    await hub.until(orders.held, 'cancelled');
    expect((await change(orders.held)).npSide).toBe('ended');
    expect(cart.theOneAtNp(orders.held).state).toBe('cancelled');
  });

  test('once the cart has another method there is nothing left to propose', async () => {
    await cart.payBy(orders.rejected, 'R');
    await hub.until(orders.rejected, 'released');
    expect((await change(orders.rejected)).npSide).toBe('none');
  });
});

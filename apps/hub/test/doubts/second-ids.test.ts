import type { NpPayload } from '@np-hub/model';
import { Connections } from '../../src/shops/connections.js';
import { Transactions } from '../../src/transactions/transactions.js';
import { cartOf, type Cart } from '../path/cart.js';
import { startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub({
    gatewaySettings: { duplicateGuardConfirmed: false, duplicateGuardCode: '' },
    sandboxConfig: { settings: { duplicateGuard: false } },
    timing: { retryMs: 50 },
  });
  cart = cartOf(hub);
}, 60_000);
afterAll(() => hub.stop());
afterEach(() => cart.noFaults());

const atNp = () => hub.app.get(Connections).open(hub.connectionId);

/** Something else than this hub registers at NP; gives NP's id. */
async function register(shopTransactionId: string, payload: NpPayload | null): Promise<string> {
  const { gateway, io } = await atNp();
  if (!payload) throw new Error('There is no payload');
  const [result] = await gateway.register(io, [{ shopTransactionId, payload }]);
  if (result?.kind !== 'done') throw new Error(`NP did not take ${shopTransactionId}`);
  return result.value.npTransactionId;
}

/** NP names an id: in an answer that comes late, or in its own list. */
async function named(
  number: string,
  type: 'registration-accepted' | 'np-id-found',
  npTransactionId: string,
): Promise<void> {
  const { id: transactionId } = await hub.page(number);
  const event = { type, attempt: 1, npTransactionId, at: hub.clock.now().toISOString() };
  await hub.app.get(Transactions).apply([{ shopId: hub.shopId, transactionId, event }]);
}

/** An approved order whose very registration stands at NP a second time. */
async function twiceAtNp(): Promise<{ number: string; kept: string; second: string }> {
  const number = await cart.place();
  await hub.until(number, 'approved');
  const kept = cart.theOneAtNp(number).npTransactionId;
  const second = await register(number, (await hub.page(number)).payload);
  await named(number, 'registration-accepted', second);
  return { number, kept, second };
}

const isLive = (number: string, id: string): boolean | undefined =>
  cart.atNp(number).find(({ npTransactionId }) => npTransactionId === id)?.isLive;

test('a second transaction of the same order is cancelled at NP once a person asks, and the first one stays', async () => {
  const { number, kept, second } = await twiceAtNp();
  const before = await hub.page(number);
  expect(before).toMatchObject({ npTransactionId: kept, secondIds: [second] });
  expect(before.actions).toContain('end-second-id');
  const ended = await hub.act(number, 'end-second-id', { npTransactionId: second });
  expect(ended).toMatchObject({
    status: 200,
    body: { state: 'approved', secondIds: [], npTransactionId: kept },
  });
  expect((await hub.page(number)).attentions).not.toContain('second-np-id');
  expect([isLive(number, kept), isLive(number, second)]).toEqual([true, false]);
  const again = await hub.act(number, 'end-second-id', { npTransactionId: second });
  expect(again).toMatchObject({ status: 409, body: { error: 'not-allowed' } });
});

test('a lost answer leaves it open; pressed again, NP says that it is cancelled already', async () => {
  const { number, second } = await twiceAtNp();
  await cart.fault({ fault: 'drop-answer', operation: 'cancel', times: 1 });
  const lost = await hub.act(number, 'end-second-id', { npTransactionId: second });
  expect(lost).toMatchObject({ status: 503, body: { error: 'np-unreachable' } });
  expect((await hub.page(number)).secondIds).toEqual([second]);
  await cart.noFaults();
  expect((await hub.act(number, 'end-second-id', { npTransactionId: second })).status).toBe(200);
  expect(isLive(number, second)).toBe(false);
});

test('an id that NP knows as another order’s, or not at all, is settled without touching it', async () => {
  const { number, kept } = await twiceAtNp();
  const other = await register('A-STRANGERS-ORDER', (await hub.page(number)).payload);
  for (const npTransactionId of [other, '99999999999']) {
    await named(number, 'np-id-found', npTransactionId);
    expect((await hub.act(number, 'end-second-id', { npTransactionId })).status).toBe(200);
  }
  expect(isLive('A-STRANGERS-ORDER', other)).toBe(true);
  expect(isLive(number, kept)).toBe(true);
});

test('what the order itself is known by cannot be ended this way, and viewers may not', async () => {
  const { number, kept, second } = await twiceAtNp();
  const own = await hub.act(number, 'end-second-id', { npTransactionId: kept });
  expect(own).toMatchObject({ status: 409, body: { error: 'not-allowed' } });
  expect(isLive(number, kept)).toBe(true);
  const viewer = await hub.as('viewer');
  const { id } = await hub.page(number);
  const path = `/transactions/${hub.shopId}/${id}/actions/end-second-id`;
  expect((await viewer.post(path, { npTransactionId: second })).status).toBe(403);
});

test('one that the buyer has paid cannot be cancelled, and the answer says what to do', async () => {
  const { number, second } = await twiceAtNp();
  const { gateway, io } = await atNp();
  hub.clock.forward(60_000);
  const slip = { carrierCode: '59010', slipNumber: '123456789012', billIssuedOn: null };
  const [reported] = await gateway.report(io, [{ npTransactionId: second, ...slip }]);
  expect(reported?.kind).toBe('done');
  await hub.control('POST', '/np/pay', { np_transaction_id: second });
  const paid = await hub.act(number, 'end-second-id', { npTransactionId: second });
  expect(paid).toMatchObject({ status: 409, body: { error: 'second-id-paid' } });
  expect((await hub.page(number)).attentions).toContain('second-np-id');
});

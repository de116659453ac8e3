import { SettingsChange } from '../../src/shops/settings-change.js';
import { Transactions } from '../../src/transactions/transactions.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from './cart.js';

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
});
afterAll(() => hub.stop());

const change = async (body: object) => {
  const answer = await (await hub.as('operator')).patch(`/shops/${hub.shopId}`, body);
  expect(answer.status).toBe(200);
};

test('a changed setting sends no edit to NP by itself; the next change in the cart does', async () => {
  const number = await cart.place();
  await hub.until(number, 'approved');
  await change({ settings: { settlementType: '03' } });
  await hub.settle();
  expect(cart.theOneAtNp(number)).toMatchObject({ edits: 0, state: 'approved' });
  expect(await hub.stored(number)).toMatchObject({ state: 'approved', gate: 'ship' });
  await cart.editParty(number, { address2: '設定変更後の棟101' });
  await hub.eventually(async () => cart.theOneAtNp(number).edits === 1);
  expect((await hub.stored(number))?.facts.wanted.payload.settlementType).toBe('03');
  await change({ settings: { settlementType: '02' } });
});

test('a payment word that nobody has mapped blocks the order, and goes on once an operator maps it', async () => {
  const number = await cart.place({ payMethod: 'Q9' });
  const blocked = await hub.until(number, 'blocked');
  expect(blocked.facts.wanted.obstacles.map(({ rule }) => rule)).toContain('unmapped-payment');
  expect(cart.atNp(number)).toEqual([]);
  await change({ settings: { npPayMethods: ['N', 'Q9'] } });
  await hub.until(number, 'approved');
  expect(cart.theOneAtNp(number).state).toBe('approved');
});

test('a registration lost after the guard was switched off waits for a person, also for an order that had ended', async () => {
  const number = await cart.place();
  await hub.until(number, 'approved');
  await hub.act(number, 'cancel');
  await hub.until(number, 'cancelled');
  const confirm = async (duplicateGuardConfirmed: boolean) =>
    (await hub.as('operator')).patch(`/connections/${hub.connectionId}`, {
      settings: { duplicateGuardConfirmed },
    });
  await confirm(true);
  await confirm(false);
  expect((await hub.stored(number))?.facts.rules.duplicateGuardConfirmed).toBe(false);
  await cart.fault({ fault: 'drop-answer', operation: 'register', times: 1 });
  expect((await hub.act(number, 'retry')).status).toBe(200);
  const doubt = await hub.until(number, 'in-doubt');
  expect(doubt.facts.inFlight?.resolution).toBeNull();
  await cart.noFaults();
});

test('what a changed connection means for its orders is begun anew where the hub ended in the middle of it', async () => {
  const number = await cart.place();
  await hub.until(number, 'approved');
  const patch = async (body: object) =>
    (await hub.as('operator')).patch(`/connections/${hub.connectionId}`, body);
  const pinned = async () => (await hub.stored(number))?.facts.rules.duplicateGuardConfirmed;
  const owed = () => hub.database.query('select 1 from shops where follow_due is not null');
  const finish = () => hub.app.get(SettingsChange, { strict: false }).finish();
  const before = await pinned();
  const apply = jest.spyOn(hub.app.get(Transactions, { strict: false }), 'applyIn');
  apply.mockImplementation((_, items) => {
    throw new Error(items.some(({ event }) => event.type === 'rules-changed') ? 'ended' : 'later');
  });
  expect((await patch({ settings: { duplicateGuardConfirmed: !before } })).status).toBe(500);
  apply.mockRestore();
  await finish();
  expect(await pinned()).toBe(before);
  hub.clock.forward(6 * 60_000);
  await finish();
  expect(await pinned()).toBe(!before);
  expect(await owed()).toEqual([]);
  expect((await patch({ settings: { duplicateGuardConfirmed: before } })).status).toBe(200);
  expect(await pinned()).toBe(before);
  expect(await owed()).toEqual([]);
});

test('another name of a connection moves no order, and two changes at once are both kept', async () => {
  const apply = jest.spyOn(hub.app.get(Transactions, { strict: false }), 'applyIn');
  const operator = await hub.as('operator');
  const changes = [{ name: 'NP（別名）' }, { settings: { registerBatchSize: 7 } }];
  const answers = await Promise.all(
    changes.map((body) => operator.patch(`/connections/${hub.connectionId}`, body)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const pinning = apply.mock.calls.filter(([, items]) =>
    items.some(({ event }) => event.type === 'rules-changed'),
  );
  expect(pinning).toEqual([]);
  apply.mockRestore();
  const { body } = await operator.get<{ id: string; name: string; settings: object }[]>('/connections');
  const [kept] = body.filter(({ id }) => id === hub.connectionId);
  expect(kept).toMatchObject({ name: 'NP（別名）', settings: { registerBatchSize: 7 } });
});

test('an NP id of another order, or one that NP does not know, is not taken for a lost registration', async () => {
  const other = await cart.place();
  await hub.until(other, 'approved');
  const stranger = cart.theOneAtNp(other).npTransactionId;
  await cart.fault({ fault: 'drop-answer', operation: 'register', times: 1 });
  const number = await cart.place();
  await hub.until(number, 'in-doubt');
  await cart.noFaults();
  await hub.database.query(`delete from attempts where np_transaction_id = $1`, [stranger]);
  const wrong = await hub.act(number, 'enter-np-id', { npTransactionId: stranger });
  expect([wrong.status, wrong.body]).toMatchObject([409, { error: 'np-id-of-other-order' }]);
  const unknown = await hub.act(number, 'enter-np-id', { npTransactionId: '99999999999' });
  expect([unknown.status, unknown.body]).toMatchObject([409, { error: 'np-id-unknown' }]);
  const right = cart.theOneAtNp(number).npTransactionId;
  expect((await hub.act(number, 'enter-np-id', { npTransactionId: right })).status).toBe(200);
  await hub.until(number, 'approved');
});

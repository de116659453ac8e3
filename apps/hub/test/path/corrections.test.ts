import type { NpPayload, TransactionPage } from '@np-hub/model';
import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from './cart.js';
import { aliveAtNp, differences } from './implied.js';

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
});
afterAll(() => hub.stop());

const correct = (number: string, fields: Readonly<Record<string, string>>) =>
  hub.act(number, 'correct', { fields });

test('a hold explains itself, is corrected in the cart, and is approved under the same id', async () => {
  const number = await cart.placeMagic('保留RE009');
  await hub.until(number, 'held');
  const page = await hub.page(number);
  expect(page.reasons.map(({ code }) => code)).toEqual(['RE009']);
  expect(page).toMatchObject({ gate: 'wait', cartWord: '審査保留' });
  await cart.editParty(number, { address2: '第二コーポ305号室' });
  await hub.until(number, 'approved');
  expect(cart.theOneAtNp(number).edits).toBe(1);
});

test('a hold corrected in the hub goes to NP, is not undone by the next reading, and yields to a newer value of the cart', async () => {
  const number = await cart.place({ sender: { address2: '保留RE021' } });
  await hub.until(number, 'held');
  const { buyer } = await hub.page(number);
  const address = (buyer?.address ?? '').replace('保留RE021', 'サンハイツ203');
  const preview = await (
    await hub.as('support')
  ).post<{ payload: NpPayload; problems: [] }>(
    `/transactions/${hub.shopId}/${(await hub.stored(number))?.id ?? ''}/preview`,
    { fields: { 'buyer.address': address } },
  );
  expect(preview.body.payload.customer.address).toContain('サンハイツ203');
  expect((await hub.stored(number))?.state).toBe('held');
  expect((await correct(number, { 'buyer.address': address })).status).toBe(200);
  await hub.until(number, 'approved');
  expect(String(cart.theOneAtNp(number).payload.customer?.address)).toContain('サンハイツ203');
  await hub.settle();
  await cart.edit(number, { message: 'のし希望' });
  await hub.settle();
  expect((await hub.page(number)).corrections.map(({ path }) => path)).toEqual(['buyer.address']);
  expect(String(cart.theOneAtNp(number).payload.customer?.address)).toContain('サンハイツ203');
  await cart.editParty(number, { address2: 'メゾン桜101' });
  await hub.until(number, ({ facts }) => facts.inFlight === null && facts.attempts[0]?.amended === true);
  await hub.settle();
  expect((await hub.page(number)).corrections).toEqual([]);
  expect(differences(cart.order(number), cart.theOneAtNp(number))).toEqual([]);
});

test('a buyer is found by the corrected phone, and by the cart’s own, also after the cart’s next change', async () => {
  const number = await cart.place({ sender: { tel: '03-1234-567' } });
  await hub.until(number, 'blocked');
  expect((await correct(number, { 'buyer.phone': '080-7777-1234' })).status).toBe(200);
  await hub.until(number, ({ facts }) => facts.wanted.problems.length === 0);
  await cart.edit(number, { message: '午前中' });
  await hub.settle();
  for (const q of ['080-7777-1234', '08077771234', '03-1234-567']) {
    const support = await hub.as('support');
    const { body } = await support.get<TransactionPage>(`/transactions?q=${encodeURIComponent(q)}`);
    expect(body.rows.map(({ orderNumber }) => orderNumber)).toContain(number);
  }
});

test('rejected, corrected in the cart: registered anew as -2, once', async () => {
  const number = await cart.placeMagic('審査NG001');
  const rejected = await hub.until(number, 'rejected');
  expect(rejected.gate).toBe('stop');
  await cart.editParty(number, { address2: '第二コーポ305号室' });
  await hub.until(number, 'approved');
  const [first, second] = cart.atNp(number);
  expect(first?.state).toBe('rejected');
  expect(second).toMatchObject({ shopTransactionId: `${number}-2`, state: 'approved' });
  expect(aliveAtNp(cart.atNp(number))).toHaveLength(1);
});

test('refused by NP, fixed in the cart: registered as -2', async () => {
  const number = await cart.placeMagic('エラーE0100059');
  await hub.until(number, 'blocked');
  const page = await hub.page(number);
  expect(page.reasons.map(({ code }) => code)).toEqual(['E0100059']);
  expect(page.refusal?.operation).toBe('register');
  expect(cart.atNp(number)).toEqual([]);
  await cart.editParty(number, { address2: 'コーポ青葉B-202' });
  await hub.until(number, 'approved');
  expect(cart.theOneAtNp(number).shopTransactionId).toBe(`${number}-2`);
});

test('refused by NP, once more by a person without a change', async () => {
  const number = await cart.place({ outcome: { refuse: { register: ['E0100131'] }, onlyOnce: true } });
  await hub.until(number, 'blocked');
  expect((await hub.act(number, 'retry')).status).toBe(200);
  await hub.until(number, 'approved');
  expect(cart.theOneAtNp(number).shopTransactionId).toBe(`${number}-2`);
});

test('an edit that NP refuses leaves the approval of the old data behind: the gate waits, the refusal is named', async () => {
  const number = await cart.place();
  await hub.until(number, 'approved');
  await cart.editParty(number, { address2: '修正エラーE0100061' });
  const failed = await hub.until(number, 'amendment-failed');
  expect(failed.gate).toBe('wait');
  expect((await hub.page(number)).reasons.map(({ code }) => code)).toEqual(['E0100061']);
  await cart.editParty(number, { address2: '' });
  await hub.until(number, ({ state, gate }) => state === 'approved' && gate === 'ship');
});

test('stopped by a check: nothing at NP, the field is named, fixed in the hub and registered', async () => {
  const before = (await cart.calls())['np.register'] ?? 0;
  const number = await cart.place({ sender: { tel: '031234567' } });
  await hub.until(number, 'blocked');
  const page = await hub.page(number);
  expect(page.problems[0]).toMatchObject({
    field: 'customer.phone',
    npCode: expect.stringMatching(/^E01000/),
  });
  expect(page).toMatchObject({ actor: 'shop', cartWord: '要確認' });
  await hub.settle();
  expect((await cart.calls())['np.register'] ?? 0).toBe(before);
  expect(cart.word(number)).toBe('要確認');
  await correct(number, { 'buyer.phone': '0312345678' });
  await hub.until(number, 'approved');
  expect(cart.theOneAtNp(number).payload.customer?.tel).toMatch(/^03-?1234-?5678$/);
});

test('a correction of a field that the order has not, or of a value that means nothing, is a clear 400', async () => {
  const number = await cart.place();
  await hub.until(number, 'approved');
  const missing = await correct(number, { 'destination.name': '別人 次郎' });
  const unknown = await hub.act(number, 'correct', { fields: { 'buyer.shoeSize': '27' } });
  const carrier = await correct(number, { 'parcel.carrier': 'flying carpet' });
  expect([missing.status, unknown.status, carrier.status]).toEqual([400, 400, 400]);
  expect(missing.body.fields?.[0]?.field).toBe('fields.destination.name');
});

test('a lapse at NP is registered once more by itself, and is loud the second time', async () => {
  const number = await cart.placeMagic('失効');
  await hub.until(number, 'lapsed');
  await hub.settle();
  expect(cart.atNp(number).map(({ shopTransactionId, state }) => [shopTransactionId, state])).toEqual([
    [number, 'lapsed'],
    [`${number}-2`, 'lapsed'],
  ]);
  expect(await hub.page(number)).toMatchObject({ gate: 'stop', actor: 'shop', cartWord: '要確認' });
});

test('a partial return after the report: cancelled, registered again with less, reported again', async () => {
  const items = [
    { productName: '煎茶', priceYen: 1290 },
    { productName: '石けん', priceYen: 1980 },
  ];
  const number = await cart.place({ items });
  await hub.until(number, 'approved');
  await cart.ship(number, '1234-5678-9012');
  await hub.until(number, 'reported');
  await cart.edit(number, { items: items.slice(0, 1) });
  await hub.until(
    number,
    ({ facts }) => facts.wanted.payload.billedYen < (facts.attempts[0]?.payload?.billedYen ?? 0),
  );
  expect((await hub.page(number)).attentions).toContain('reported-other-payload');
  hub.nextDay();
  expect((await hub.act(number, 'reissue')).status).toBe(200);
  await hub.until(number, ({ state, facts }) => state === 'reported' && facts.attempts.length === 2);
  const [first, second] = cart.atNp(number);
  expect(first?.state).toBe('cancelled');
  expect(second).toMatchObject({ state: 'reported', baseNpTransactionId: first?.npTransactionId });
  expect(second?.billedAmount).toBe(cart.order(number).totalYen);
});

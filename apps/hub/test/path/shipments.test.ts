import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from './cart.js';

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
});
afterAll(() => hub.stop());

async function approved(order: object = {}): Promise<string> {
  const number = await cart.place(order);
  await hub.until(number, 'approved');
  return number;
}

const twoDeliveries = {
  deliveries: [
    { items: [{ productName: '煎茶', priceYen: 1290 }] },
    { items: [{ productName: '石けん', priceYen: 1980 }], shippingYen: 0 },
  ],
};

test('配送完了 with slip and carrier is reported', async () => {
  const number = await approved();
  await cart.ship(number, '1234-5678-9012', '003');
  await hub.until(number, 'reported');
  expect(cart.theOneAtNp(number).report).toMatchObject({ carrierCode: '50000' });
  expect(cart.theOneAtNp(number).report?.slipNumber.replaceAll('-', '')).toBe('123456789012');
  await hub.settle();
  expect(cart.word(number)).toBe('出荷報告完了');
});

test('without a slip number it is loud, names the field, sends nothing, and goes on once the slip is there', async () => {
  const number = await approved();
  const before = (await cart.calls())['np.report'] ?? 0;
  await cart.ship(number, '');
  await hub.until(number, 'report-failed');
  const page = await hub.page(number);
  expect(page.problems.map(({ field }) => field)).toContain('shipment.slipNumber');
  expect(page).toMatchObject({ actor: 'shop', cartWord: '要確認' });
  expect((await cart.calls())['np.report'] ?? 0).toBe(before);
  await cart.ship(number, '1111-2222-3333');
  await hub.until(number, 'reported');
});

test('a carrier that NP does not take is caught before anything is sent, and is fixed in the cart', async () => {
  const number = await approved();
  const before = (await cart.calls())['np.report'] ?? 0;
  await cart.ship(number, '1111-2222-3333', '030');
  await hub.until(number, 'report-failed');
  expect((await hub.page(number)).problems).toEqual([
    expect.objectContaining({ field: 'shipment.carrier', rule: 'unsupported-carrier' }),
  ]);
  await hub.settle();
  expect(cart.word(number)).toBe('要確認');
  expect((await cart.calls())['np.report'] ?? 0).toBe(before);
  await cart.ship(number, '1111-2222-3333', '002');
  await hub.until(number, 'reported');
  expect(cart.theOneAtNp(number).report?.carrierCode).toBe('59010');
});

test('an unknown carrier is never guessed; a correction in the hub gives it, and stays', async () => {
  const number = await approved();
  await cart.ship(number, '1111-2222-3333', '005');
  await hub.until(number, 'report-failed');
  expect((await hub.page(number)).problems).toEqual([
    expect.objectContaining({ field: 'shipment.carrier', rule: 'unmapped-carrier' }),
  ]);
  const { status, body } = await hub.act(number, 'correct', { fields: { 'parcel.carrier': 'fukuyama' } });
  expect(status).toBe(200);
  expect(body.corrections).toEqual([{ path: 'parcel.carrier', value: 'fukuyama', replaced: '005' }]);
  await hub.until(number, 'reported');
  expect(cart.theOneAtNp(number).report?.carrierCode).toBe('59060');
});

test('a withdrawn shipment before the approval is not reported', async () => {
  const number = await cart.placeMagic('保留RE009');
  await hub.until(number, 'held');
  await cart.ship(number, '1111-2222-3333');
  await hub.until(number, ({ facts }) => facts.wanted.shipment !== null);
  expect((await hub.page(number)).attentions).toContain('shipped-without-credit');
  await cart.withdraw(number);
  await hub.until(number, ({ facts }) => facts.wanted.shipment === null && !facts.wanted.shipped);
  await cart.editParty(number, { address2: '第二コーポ305号室' });
  await hub.until(number, 'approved');
  await hub.settle();
  expect(cart.theOneAtNp(number).report).toBeNull();
});

test('a shipment withdrawn after its report is pointed out, and NP keeps the report', async () => {
  const number = await approved();
  await cart.ship(number, '1111-2222-3333');
  await hub.until(number, 'reported');
  await cart.withdraw(number);
  await hub.until(number, ({ facts }) => !facts.wanted.shipped);
  const page = await hub.page(number);
  expect(page.attentions).toContain('reported-other-shipment');
  expect(page.actor).toBe('shop');
});

test('a report that NP refuses is loud, and is sent once more by a person', async () => {
  const number = await cart.placeMagic('出荷エラーE0109002');
  await hub.until(number, 'approved');
  await cart.ship(number, '1111-2222-3333');
  await hub.until(number, 'report-failed');
  const page = await hub.page(number);
  expect(page.reasons.map(({ code }) => code)).toEqual(['E0109002']);
  expect(page.actions).toContain('report');
  await hub.control('POST', '/np/outcome', { shop_transaction_id: number, outcome: { result: 'approve' } });
  expect((await hub.act(number, 'report')).status).toBe(200);
  await hub.until(number, 'reported');
});

test('split shipments: by default the report waits for every parcel', async () => {
  const number = await approved(twoDeliveries);
  await cart.ship(number, '1111-1111-1111', '002', 1);
  await hub.settle();
  expect((await hub.stored(number))?.state).toBe('approved');
  expect(cart.theOneAtNp(number).report).toBeNull();
  await cart.ship(number, '2222-2222-2222', '002', 2);
  await hub.until(number, 'reported');
});

test('split shipments: a shop may report with the first parcel, and the second changes nothing at NP', async () => {
  const operator = await hub.as('operator');
  await operator.patch(`/shops/${hub.shopId}`, { policies: { splitShipments: 'first' } });
  const number = await approved(twoDeliveries);
  await cart.ship(number, '1111-1111-1111', '002', 2);
  await hub.until(number, 'reported');
  expect(cart.theOneAtNp(number).report?.slipNumber.replaceAll('-', '')).toBe('111111111111');
  await cart.ship(number, '2222-2222-2222', '002', 1);
  await hub.settle();
  expect((await hub.stored(number))?.state).toBe('reported');
  await operator.patch(`/shops/${hub.shopId}`, { policies: { splitShipments: 'all' } });
});

test('several destinations are not mangled: nothing is sent, and the order says why', async () => {
  const number = await cart.place({
    deliveries: [{ receiver: {} }, { receiver: { name: '別人 次郎', address2: '101' } }],
  });
  await hub.until(number, 'blocked');
  expect((await hub.page(number)).problems).toEqual([
    expect.objectContaining({ rule: 'several-destinations' }),
  ]);
  expect(cart.atNp(number)).toEqual([]);
});

test('another merchant contract of the same shop: 55555 for a carrier that NP does not list', async () => {
  const { merchants } = hub.sandbox.config;
  const [merchant] = merchants;
  await hub.control('POST', '/merchants', { ...merchant, shippingOption: true });
  const operator = await hub.as('operator');
  await operator.patch(`/shops/${hub.shopId}`, { policies: { contractedCarrier: true } });
  const number = await approved();
  await cart.ship(number, '1111-2222-3333', '030');
  await hub.until(number, 'reported');
  expect(cart.theOneAtNp(number).report?.carrierCode).toBe('55555');
});

import type { ChangePage, ChangeView, GatePage, NoticePage, UnknownCode } from '@np-hub/model';
import { AlertCollector } from '../../src/notifications/collector.js';
import { cartOf, type Cart } from '../path/cart.js';
import { addShop, startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
}, 60_000);
afterAll(() => hub.stop());

const items = [{ productName: '煎茶', priceYen: 1290 }];

/** A buyer whom no other test knows. */
function someone(name: string) {
  const tel = `0901234${String(1_000 + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)).slice(-4)}`;
  return { name, tel, email: `${tel}@example.jp` };
}

const same = (sender: object) => ({ sender, items, usePointYen: 0, couponDiscountYen: 0 });
const setPolicy = async (duplicates: string) =>
  (await hub.as('operator')).patch(`/shops/${hub.shopId}`, { policies: { duplicates } });

test('the same buyer and total within 30 days: the later order waits as a question that shows both; the answer sends it', async () => {
  const buyer = someone('重複 花子');
  const first = await cart.place(same(buyer));
  await hub.until(first, 'approved');
  const second = await cart.place(same({ ...buyer, email: 'other@example.jp', name: '重複　はなこ' }));
  await hub.until(second, 'blocked');
  const page = await hub.page(second);
  expect(page).toMatchObject({
    actor: 'shop',
    gate: 'wait',
    gateReason: 'possible-duplicate',
    attentions: ['possible-duplicate'],
  });
  expect(page.duplicate).toMatchObject({ why: 'same-total', waits: true, hidden: 0 });
  expect(page.duplicate?.others).toMatchObject([
    { orderNumber: first, goods: expect.arrayContaining(['煎茶 × 1']) },
  ]);
  expect(cart.atNp(second)).toEqual([]);
  expect((await hub.page(second, 'viewer')).duplicate?.others[0]?.buyerName).toContain('＊');

  expect((await hub.act(second, 'confirm-repeat')).status).toBe(200);
  await hub.until(second, 'approved');
  expect((await hub.page(second)).timeline).toContainEqual(
    expect.objectContaining({ name: 'repeat-confirmed', by: 'support' }),
  );
  expect((await hub.stored(first))?.state).toBe('approved');
});

test('other systems are told why: by the feed and by the gate, and only as long as the question is open', async () => {
  const buyer = someone('連携 七郎');
  const first = await cart.place(same(buyer));
  await hub.until(first, 'approved');
  const second = await cart.place(same(buyer));
  await hub.until(second, 'blocked');
  const operator = await hub.as('operator');
  const told = async (): Promise<ChangeView[]> => {
    const { body } = await operator.get<ChangePage>('/changes?limit=1000');
    return body.rows.filter(({ orderNumber }) => orderNumber === second);
  };
  expect((await told()).at(-1)).toMatchObject({
    state: 'blocked',
    reasons: [{ code: 'possible-duplicate', title: { ja: expect.stringContaining('重複の疑い') as string } }],
  });
  const gate = await operator.get<GatePage>('/gate?gate=wait');
  expect(gate.body.rows.find(({ orderNumber }) => orderNumber === second)?.reason).toBe('possible-duplicate');
  const notices = await operator.get<NoticePage>('/notices');
  const notice = notices.body.rows.find(({ orderNumber }) => orderNumber === second);
  expect(notice?.text).toEqual({
    ja: expect.stringMatching(/まだNPに登録していません。重複した注文でないか、確認が必要です。$/u) as string,
    en: expect.stringMatching(/whether it is a duplicate\.$/u) as string,
  });
  // It is the hub's own: nobody is asked to explain it as a code of NP.
  await hub.app.get(AlertCollector, { strict: false }).run();
  expect((await operator.get<UnknownCode[]>('/codes/unknown')).body).toEqual([]);
  await hub.act(second, 'cancel');
  await hub.until(second, 'cancelled');
  expect((await told()).at(-1)).toMatchObject({ state: 'cancelled', reasons: [] });
});

test('two alike in one batch: only the later one is asked about; a duplicate is ended without NP hearing of it', async () => {
  const operator = await hub.as('operator');
  await operator.post(`/shops/${hub.shopId}/pause`);
  const buyer = someone('同時 一郎');
  const first = await cart.place(same(buyer));
  const second = await cart.place(same(buyer));
  await operator.post(`/shops/${hub.shopId}/resume`);
  await hub.until(first, 'approved');
  await hub.until(second, 'blocked');
  expect((await hub.act(second, 'cancel')).status).toBe(200);
  await hub.until(second, 'cancelled');
  expect(cart.atNp(second)).toEqual([]);
  expect(cart.theOneAtNp(first).isLive).toBe(true);
});

test('a question ends by itself once the buyer has cancelled the other order', async () => {
  const buyer = someone('取消 次郎');
  const first = await cart.place(same(buyer));
  await hub.until(first, 'approved');
  const second = await cart.place(same(buyer));
  await hub.until(second, 'blocked');
  await cart.cancel(first);
  await hub.until(second, 'approved');
});

test('another total, another buyer or 31 days: nothing is asked; by rule it is only pointed out, or not at all', async () => {
  const buyer = someone('規則 三郎');
  const first = await cart.place(same(buyer));
  await hub.until(first, 'approved');
  const dearer = await cart.place({ ...same(buyer), items: [{ productName: '煎茶', priceYen: 1490 }] });
  const stranger = await cart.place(same(someone('別人 四郎')));
  await hub.until(dearer, 'approved');
  await hub.until(stranger, 'approved');
  await setPolicy('warn');
  const warned = await cart.place(same(buyer));
  await hub.until(warned, 'approved');
  expect((await hub.page(warned)).attentions).toEqual(['possible-duplicate']);
  await setPolicy('off');
  const silent = await cart.place(same(buyer));
  await hub.until(silent, 'approved');
  expect((await hub.page(silent)).attentions).toEqual([]);
  await setPolicy('ask');
});

test('the other order is found in every shop of the merchant, and is told only to those who may see it', async () => {
  const buyer = someone('他店 五郎');
  const first = await cart.place(same(buyer));
  await hub.until(first, 'approved');
  const [shop] = hub.sandbox.config.shops;
  await hub.control('POST', '/shops', {
    ...shop,
    shopId: 'second-shop',
    token: 'PAT.second',
    webhookUrl: null,
  });
  const other = await addShop(hub, {
    connectionId: hub.connectionId,
    name: '二号店',
    shopSettings: { shopId: 'second-shop', token: 'PAT.second' },
  });
  const second = await cart.place({ ...same(buyer), shopId: 'second-shop' });
  await hub.until(second, 'blocked', { shopId: other });
  const page = await hub.page(second, 'support', other);
  expect(page.duplicate?.others).toMatchObject([{ orderNumber: first, shopId: hub.shopId }]);
});

test('NP holds an order because of an earlier one (RE027): the earlier order is linked', async () => {
  const buyer = someone('保留 六郎');
  const first = await cart.place(same(buyer));
  await hub.until(first, 'approved');
  const held = await cart.place({
    sender: { ...buyer, address2: '保留RE027' },
    items: [{ productName: '煎茶', priceYen: 2490 }],
  });
  await hub.until(held, 'held');
  const { duplicate } = await hub.page(held);
  expect(duplicate).toMatchObject({ why: 'held-by-np', waits: false });
  expect(duplicate?.others.map(({ orderNumber }) => orderNumber)).toEqual([first]);
});

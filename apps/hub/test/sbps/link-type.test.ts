import { createHash } from 'node:crypto';
import type { PaymentFormView, ShopView, WaitingNoticeView, OpenFormView } from '@np-hub/model';
import { NoticeInbox } from '../../src/gateway-notices/inbox.js';
import { FormResults } from '../../src/link-type/form-results.js';
import { Deadlines } from '../../src/scheduler/deadlines.js';
import { orderBody, programOf, type Program } from '../open/any-system.js';
import { startTestHub, type TestHub } from '../support/hub.js';

const publicUrl = 'http://hub.example.jp';
const urls = {
  successUrl: 'https://shop.example.jp/ok',
  cancelUrl: 'https://shop.example.jp/cancel?step=2&from=sbps',
  errorUrl: 'https://shop.example.jp/error',
};
const minuteMs = 60_000;

let hub: TestHub;
let shopId: string;
let connectionId: string;
let program: Program;
let hashKey: string;

beforeAll(async () => {
  hub = await startTestHub({ shop: false, variables: { NP_HUB_PUBLIC_URL: publicUrl } });
  const [service] = hub.sandbox.config.sbpsServices;
  if (!service) throw new Error('The sandbox has no service of SBPS');
  const { merchantId, serviceId, basicUser, basicPassword } = service;
  ({ hashKey } = service);
  const operator = await hub.as('operator');
  const made = await operator.post<{ id: string }>('/connections', {
    name: 'SBPS',
    gateway: 'sbps',
    settings: {
      baseUrl: hub.sandbox.sbpsUrl,
      linkUrl: hub.sandbox.sbpsLinkUrl,
      merchantId,
      serviceId,
      basicUser,
      basicPassword,
      hashKey,
    },
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  connectionId = made.body.id;
  // The address in the form is a name that this machine does not know.
  const noticeUrl = `${hub.url}/gateways/${connectionId}/notifications`;
  await hub.control('POST', '/sbps/services', { ...service, noticeUrl });
  const shop = await operator.post<ShopView>('/shops', {
    name: 'リンク型',
    adapter: 'any-system',
    connectionId,
    settings: {},
    policies: { duplicates: 'off', creditTiming: 'at-once' },
  });
  if (shop.status !== 201) throw new Error(JSON.stringify(shop.body));
  shopId = shop.body.id;
  const takeoverAt = new Date(hub.clock.now().getTime() - 3_600_000).toISOString();
  await operator.post(`/shops/${shopId}/go-live`, { takeoverAt, ownLinkIsOff: true });
  program = await programOf(hub, shopId);
}, 90_000);
afterAll(() => hub.stop());

type Answer = Omit<PaymentFormView, 'fields'> & {
  error: string;
  fields: { name: string; value: string; field: string }[];
};
const ask = (orderNumber: string, fields: object = {}, more: object = {}) =>
  program.send<Answer>('POST', `/shops/${shopId}/payment-form`, {
    order: { ...orderBody(hub, fields), orderNumber },
    ...urls,
    ...more,
  });

/** The platform's own Shift_JIS, turned round. */
const shiftJis = new Map<string, readonly number[]>();
const decoder = new TextDecoder('shift_jis');
for (let lead = 0x81; lead <= 0x9f; lead += 1)
  for (let trail = 0x40; trail <= 0xfc; trail += 1)
    shiftJis.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);

/** What a browser sends with `accept-charset="Shift_JIS"`. */
const sent = (fields: readonly { name: string; value: string }[]): string =>
  fields
    .map(({ name, value }) => {
      const bytes = [...value].flatMap((character) => shiftJis.get(character) ?? [character.charCodeAt(0)]);
      return `${name}=${bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`;
    })
    .join('&');
const browse = async (form: Answer): Promise<{ status: number; page: string }> => {
  const response = await fetch(form.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: sent(form.fields),
  });
  return { status: response.status, page: await response.text() };
};
/** The buyer has the form and is on SBPS's page. */
const open = async (orderNumber: string): Promise<Answer> => {
  const { status, body } = await ask(orderNumber);
  expect({ status, orderNumber: body.orderNumber }).toEqual({ status: 200, orderNumber });
  expect((await browse(body)).status).toBe(200);
  return body;
};
const decide = (orderNumber: string, result: string) =>
  hub.control('POST', '/sbps/link/decide', { order_id: orderNumber, result });
const tell = (orderNumber: string, as = 'genuine') =>
  hub.control<{ status: number; answer: string }>('POST', '/sbps/link/tell', { order_id: orderNumber, as });
const stored = async (orderNumber: string) => {
  const row = await hub.stored(orderNumber, shopId);
  if (!row) throw new Error(`${orderNumber} is not there`);
  return row;
};
const until = (orderNumber: string, wanted: Parameters<TestHub['until']>[1]) =>
  hub.until(orderNumber, wanted, { shopId });
const atSbps = (orderNumber: string) => hub.sandbox.purchases(orderNumber);
const historyOf = async (orderNumber: string): Promise<number> => {
  const [row] = await hub.database.query<{ count: number }[]>(
    `select count(*)::int from history h join transactions t on t.shop_id = h.shop_id and t.id = h.transaction_id
     where t.order_number = $1`,
    [orderNumber],
  );
  return row?.count ?? 0;
};
/** Time goes by, and the hub looks at what it ends. */
const pass = async (ms: number): Promise<void> => {
  hub.clock.forward(ms);
  await hub.app.get(Deadlines, { strict: false }).run();
  await hub.app.get(FormResults, { strict: false }).expire();
};

test('a signed form, a purchase, one notice: approved, and settled by the tracking id', async () => {
  const form = await open('L-1');
  const value = (name: string) => form.fields.find((field) => field.name === name)?.value;
  expect(value('pagecon_url')).toBe(`${publicUrl}/gateways/${connectionId}/notifications`);
  expect([value('order_id'), value('amount'), value('tax')]).toEqual(['L-1', '3000', '']);
  const text = form.fields
    .flatMap(({ name, value: each }) => (name === 'sps_hashcode' ? [] : [each]))
    .join('');
  expect(value('sps_hashcode')).toBe(createHash('sha1').update(`${text}${hashKey}`, 'utf8').digest('hex'));
  expect(form.html).toContain('accept-charset="Shift_JIS"');
  expect(form.html).toContain('value="https://shop.example.jp/cancel?step=2&amp;from=sbps"');
  const waiting = await stored('L-1');
  expect([waiting.state, waiting.gate, waiting.facts.wanted.provisional]).toEqual([
    'registering',
    'wait',
    true,
  ]);

  const openForms = async () =>
    (await (await hub.as('operator')).get<OpenFormView[]>(`/connections/${connectionId}/payment-forms`)).body;
  expect(await openForms()).toMatchObject([
    { orderNumber: 'L-1', shopTransactionId: 'L-1', billedYen: 3_000 },
  ]);

  await decide('L-1', 'OK');
  expect(await openForms()).toEqual([]);
  const row = await stored('L-1');
  expect([row.state, row.gate, row.facts.wanted.provisional]).toEqual(['approved', 'ship', false]);
  expect(row.facts.attempts[0]?.npTransactionId).toBe(`/${atSbps('L-1')[0]?.trackingId}`);

  const before = await historyOf('L-1');
  expect(await tell('L-1')).toEqual({ status: 200, answer: 'OK,' });
  expect(await historyOf('L-1')).toBe(before);

  await program.post('shipments', {
    shipments: [
      {
        orderNumber: 'L-1',
        carrier: 'yamato',
        slipNumber: '123456789012',
        shippedAt: hub.clock.now().toISOString(),
      },
    ],
  });
  await until('L-1', ({ facts }) => facts.attempts[0]?.reported !== null);
  expect(atSbps('L-1').map(({ state }) => state)).toEqual(['settled']);
});

test('asked again, the same purchase gets a fresh form; another content, or one that has ended, gets none', async () => {
  const [one, other] = await Promise.all([ask('L-2'), ask('L-2')]);
  expect([one.status, other.status]).toEqual([200, 200]);
  expect([one.body.shopTransactionId, other.body.shopTransactionId]).toEqual(['L-2', 'L-2']);
  expect((await stored('L-2')).facts.attempts).toHaveLength(1);
  const changed = await ask('L-2', {
    billedYen: 4_000,
    lines: [{ name: '見本品', unitPriceYen: 4_000, quantity: 1 }],
  });
  expect([changed.status, changed.body.error]).toEqual([409, 'form-open']);
  await browse(one.body);
  await decide('L-2', 'OK');
  expect((await browse(other.body)).page).toContain('71096999');
  expect((await ask('L-2')).body.error).toBe('order-known');
  expect(atSbps('L-2').filter(({ isLive }) => isLive)).toHaveLength(1);
});

test.each([
  ['L-3', 'NG', '71084999'],
  ['L-4', 'CN', 'LINK-ENDED'],
])('%s, %s: ended, nothing billed, and never registered anew', async (number, result, code) => {
  await open(number);
  await decide(number, result);
  const row = await stored(number);
  expect([row.state, row.facts.wanted.provisional]).toEqual(['cancelled', false]);
  expect(row.facts.refusal?.reasons[0]).toMatchObject({ code, known: true });
  expect(await tell(number)).toEqual({ status: 200, answer: 'OK,' });
  expect((await ask(number)).body.error).toBe('order-known');
  expect(atSbps(number).filter(({ isLive }) => isLive)).toEqual([]);
});

test('no result in time ends the order; a purchase that is told later is cancelled at SBPS', async () => {
  const form = await open('L-5');
  await decide('L-5', 'late');
  await pass(Date.parse(form.resultBy) - hub.clock.now().getTime() - minuteMs);
  const before = await stored('L-5');
  expect([before.facts.attempts[0]?.registration, before.facts.wanted.cancel]).toEqual(['sent', null]);
  await pass(2 * minuteMs);
  const ended = await stored('L-5');
  expect([ended.state, ended.facts.refusal?.reasons[0]?.code]).toEqual(['cancelled', 'LINK-NO-RESULT']);
  expect((await ask('L-5')).body.error).toBe('order-known');
  expect(await tell('L-5')).toEqual({ status: 200, answer: 'OK,' });
  const row = await until('L-5', ({ facts }) => facts.attempts[0]?.cancelledAt !== null);
  expect([row.state, row.facts.attempts.length]).toEqual(['cancelled', 1]);
  expect(atSbps('L-5').map(({ state }) => state)).toEqual(['cancelled']);
});

test('completed after the checkout would have ended by the shop’s rule, and before its time is over: it stands', async () => {
  const form = await open('L-50');
  await decide('L-50', 'late');
  await pass(Date.parse(form.resultBy) - hub.clock.now().getTime() - minuteMs);
  expect((await tell('L-50')).answer).toBe('OK,');
  const row = await stored('L-50');
  expect([row.state, row.gate, row.facts.wanted.cancel]).toEqual(['approved', 'ship', null]);
  expect(atSbps('L-50').map(({ isLive }) => isLive)).toEqual([true]);
});

test('cancelled in the cart while the buyer was on the page: cancelled at SBPS as soon as it is told', async () => {
  await open('L-6');
  await program.post('cancellations', { orderNumbers: ['L-6'] });
  expect((await stored('L-6')).facts.wanted.cancel?.by).toBe('cart');
  await decide('L-6', 'OK');
  await until('L-6', ({ facts }) => facts.attempts[0]?.cancelledAt !== null);
  expect((await stored('L-6')).state).toBe('cancelled');
  expect(atSbps('L-6').map(({ state }) => state)).toEqual(['cancelled']);
});

test('made by the cart although nothing has been told: a doubt for a person, resolved by the notice all the same', async () => {
  const form = await open('L-7');
  await decide('L-7', 'late');
  const confirmed = await program.send('POST', `/shops/${shopId}/confirmations`, { orderNumbers: ['L-7'] });
  expect(confirmed.status).toBe(200);
  await pass(Date.parse(form.resultBy) - hub.clock.now().getTime() + minuteMs);
  expect((await stored('L-7')).state).toBe('in-doubt');
  expect((await tell('L-7')).answer).toBe('OK,');
  expect((await stored('L-7')).state).toBe('approved');
  expect(atSbps('L-7')).toHaveLength(1);
});

test('a forged notice, and one of another merchant, move nothing; one that no form belongs to is kept and shown', async () => {
  await open('L-8');
  await decide('L-8', 'late');
  for (const as of ['forged', 'foreign']) expect((await tell('L-8', as)).answer).toMatch(/^NG,/u);
  expect((await stored('L-8')).state).toBe('registering');
  await hub.database.query('delete from payment_forms where shop_transaction_id = $1', ['L-8']);
  expect((await tell('L-8')).answer).toMatch(/^NG,/u);
  const operator = await hub.as('operator');
  const { body } = await operator.get<WaitingNoticeView[]>(`/connections/${connectionId}/notices`);
  expect(body).toMatchObject([{ about: 'purchase', ids: [atSbps('L-8')[0]?.trackingId] }]);
  // One that cannot even be opened any more makes room for the others, and is looked at later.
  await hub.database.query(
    `update gateway_notices set sealed = '\\x00', due_at = $1 where sealed is not null`,
    [hub.clock.now()],
  );
  await hub.app.get(NoticeInbox, { strict: false }).retry();
  const [waiting] = await hub.database.query<{ due_at: Date }[]>(
    'select due_at from gateway_notices where sealed is not null',
  );
  expect(waiting?.due_at.getTime()).toBeGreaterThan(hub.clock.now().getTime());
});

describe('no form', () => {
  test('for an order that NP would not take, each field named; nothing has been registered', async () => {
    const { status, body } = await ask('L-9', { buyer: { ...orderBody(hub).buyer, phone: '12' } });
    expect([status, body.error]).toEqual([409, 'not-possible']);
    expect(body.fields.map(({ field }) => field)).toContain('customer.phone');
    // Nothing has left: put right, it goes.
    expect((await ask('L-9')).status).toBe(200);
  });

  test.each([
    ['successUrl', { successUrl: 'javascript:alert(1)' }],
    ['errorUrl', { errorUrl: `https://shop.example.jp/${'x'.repeat(256)}` }],
  ])('%s that no browser should be sent to', async (field, more) => {
    const { status, body } = await ask('L-10', {}, more);
    expect([status, body.fields.map((each) => each.field)]).toEqual([400, [field]]);
  });

  test('where the connection has no link type', async () => {
    const operator = await hub.as('operator');
    const patched = await operator.patch(`/connections/${connectionId}`, { settings: { linkUrl: '' } });
    expect(patched.status).toBe(200);
    expect((await ask('L-11')).body.error).toBe('no-link-type');
    expect(await hub.stored('L-11', shopId)).toBeUndefined();
  });
});

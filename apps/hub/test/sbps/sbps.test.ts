import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Order } from '@np-hub/model';
import type { ErrorView, TransactionView } from '@np-hub/model';
import { Partitions } from '../../src/database/partitions.js';
import { Deadlines } from '../../src/scheduler/deadlines.js';
import { request } from '../support/client.js';
import { password, startTestHub, type TestHub } from '../support/hub.js';
import { carrier, parcel } from '../words/paused-shop.js';
import { sbpsShop, type SbpsShop } from './service.js';

let hub: TestHub;
let shop: SbpsShop;
const dayMs = 86_400_000;

beforeAll(async () => {
  hub = await startTestHub({ shop: false });
  shop = await sbpsShop(hub);
}, 90_000);
afterAll(() => hub.stop());

const until = (number: string, wanted: Parameters<TestHub['until']>[1]) =>
  hub.until(number, wanted, { shopId: shop.id });
const page = (number: string) => hub.page(number, 'support', shop.id);
const act = async (number: string, action: string, body: object = {}) => {
  const row = await hub.stored(number, shop.id);
  return (await hub.as('support')).post(`/transactions/${shop.id}/${row?.id}/actions/${action}`, body);
};
const shipped = (order: Order, slipNumber = '123456789012'): Order => ({
  ...order,
  status: { kind: 'mapped', value: 'shipped', raw: '出荷済み' },
  parcels: [
    parcel(carrier('ヤマト運輸', 'yamato'), { slipNumber, shippedAt: hub.clock.now().toISOString() }),
  ],
});
const approved = async (number: string, change: Partial<Order> = {}): Promise<Order> => {
  const order = shop.order(number, change);
  await shop.take([order]);
  await until(number, 'approved');
  return order;
};
const asks = (effects: readonly { lane: string }[]) => effects.filter(({ lane }) => lane !== 'word');
const effectsOf = async (number: string) =>
  asks(
    await hub.database.query(
      `select e.lane from effects e join transactions t on t.shop_id = e.shop_id and t.id = e.transaction_id
       where t.order_number = $1`,
      [number],
    ),
  );

test('purchase, approval by notice, shipment, settlement by notice; nobody is ever asked', async () => {
  const order = shop.order('S-1', {
    billedYen: 60_000,
    lines: [{ name: '煎茶', unitPriceYen: 60_000, quantity: 1 }],
  });
  await shop.take([order]);
  const reviewing = await until('S-1', ['reviewing', 'approved']);
  expect(reviewing.facts.rules).toMatchObject({ canAmend: false, canFindCredit: false, canReissue: false });
  const row = await until('S-1', 'approved');
  const [purchase] = shop.atSbps('S-1');
  expect(row.facts.attempts[0]?.npTransactionId).toBe(`${purchase?.transactionId}/${purchase?.trackingId}`);
  expect(row.gate).toBe('ship');
  expect(await effectsOf('S-1')).toEqual([]);
  await shop.take([shipped(order)]);
  await until('S-1', ({ facts }) => facts.attempts[0]?.reported !== null);
  expect((await hub.stored('S-1', shop.id))?.state).toBe('reported');
  expect(shop.atSbps('S-1')[0]?.settled).toMatchObject({ carrierCode: '59010', slipNumber: '123456789012' });
  expect((await page('S-1')).expectedFees).toEqual({
    transactionYen: 252,
    reissueYen: 0,
    surcharge: { convenienceStoreYen: 200, japanPostYen: 210 },
  });
  expect(await effectsOf('S-1')).toEqual([]);
});

test('a purchase that SBPS refuses at once, one that its notice refuses, and goods that it does not take', async () => {
  await shop.control('outcome', { order_id: 'S-2', outcome: { refuse: { purchase: '71006004' } } });
  await shop.control('outcome', { order_id: 'S-3', outcome: { fail: { purchase: '71084999' } } });
  await shop.take([
    shop.order('S-2'),
    shop.order('S-3'),
    shop.order('S-4', { flags: ['digital'] }),
    shop.order('S-5', { lines: [{ name: '電子書籍 第1巻', unitPriceYen: 3000, quantity: 1 }] }),
    shop.order('S-6', { settlementType: '03' }),
    shop.order('S-7', { parcels: [parcel(carrier('JAD', 'jad-courier'))] }),
    shop.order(`S-${'8'.repeat(37)}`),
  ]);
  expect((await until('S-2', 'blocked')).facts.refusal?.reasons[0]).toMatchObject({
    code: '71006004',
    known: true,
    fields: ['shopTransactionId'],
  });
  expect((await until('S-3', 'rejected')).gate).toBe('stop');
  const rules = async (number: string) => (await page(number)).problems.map(({ rule }) => rule);
  expect(await rules('S-4')).toEqual(['digital-goods']);
  expect(await rules('S-5')).toEqual(['digital-goods']);
  expect(await rules('S-6')).toEqual(['settlement-type-not-taken']);
  // Nor does staff choose it for one order: the refusal says why.
  expect(await act('S-7', 'correct', { fields: { settlementType: '03' } })).toMatchObject({
    status: 400,
    body: { error: 'settlement-type-not-taken' },
  });
  expect(await rules('S-7')).toEqual(['carrier-not-taken']);
  expect(await rules(`S-${'8'.repeat(37)}`)).toEqual(['too-long']);
  expect(hub.sandbox.purchases().map(({ orderId }) => orderId)).toEqual(['S-1', 'S-3']);
});

test('a cancel is under way until its notice comes; then nothing is live', async () => {
  const order = await approved('S-10');
  await shop.take([{ ...order, status: { kind: 'mapped', value: 'cancelled', raw: 'キャンセル' } }]);
  await until('S-10', 'cancelled');
  expect(shop.atSbps('S-10').map(({ state }) => state)).toEqual(['cancelled']);
});

test('a changed order is cancelled and purchased anew, and never are both alive', async () => {
  const order = await approved('S-11');
  const most: number[] = [];
  await shop.take([
    { ...order, billedYen: 4000, lines: [{ name: '煎茶', unitPriceYen: 4000, quantity: 1 }] },
  ]);
  await until('S-11', ({ state, facts }) => {
    most.push(shop.atSbps('S-11').filter(({ isLive }) => isLive).length);
    return state === 'approved' && facts.attempts.length === 2;
  });
  expect(Math.max(...most)).toBe(1);
  expect(shop.atSbps('S-11').map(({ orderId, amountYen, state }) => [orderId, amountYen, state])).toEqual([
    ['S-11', 3000, 'cancelled'],
    ['S-11-2', 4000, 'approved'],
  ]);
});

test('once the buyer has paid only the configured code says so: the shop refunds', async () => {
  const order = await approved('S-12');
  await shop.take([shipped(order)]);
  await until('S-12', 'reported');
  await shop.control('pay', { order_id: 'S-12' });
  await act('S-12', 'cancel');
  const refused = await until('S-12', 'cancel-refused-paid');
  expect(refused.facts.attempts[0]?.paidAt).not.toBeNull();
  const other = await approved('S-13');
  await shop.control('outcome', { order_id: 'S-13', outcome: { refuse: { cancel: '71086999' } } });
  await shop.take([shipped(other)]);
  await until('S-13', 'reported');
  await act('S-13', 'cancel');
  expect((await until('S-13', 'cancel-failed')).facts.attempts[0]?.paidAt).toBeNull();
});

test('a report that SBPS refuses later is loud, and goes again once it is put right', async () => {
  const order = await approved('S-14');
  await shop.control('outcome', { order_id: 'S-14', outcome: { fail: { settle: '71007999' } } });
  await shop.take([shipped(order)]);
  const failed = await until('S-14', 'report-failed');
  expect(failed.facts.refusal?.reasons).toMatchObject([{ code: '71007999', known: true }]);
  await shop.control('outcome', { order_id: 'S-14', outcome: {} });
  await shop.take([shipped(order, '999999999999')]);
  await until('S-14', 'reported');
  // The first refusal, repeated, says nothing about the second report.
  const again = await shop.control<{ answer: string }>('resend', { order_id: 'S-14', kind: 'settle' });
  expect(again.answer).toContain('<res_result>OK</res_result>');
  expect((await hub.stored('S-14', shop.id))?.state).toBe('reported');
});

describe('notices', () => {
  const send = (connectionId: string, body: string) =>
    request(hub.url, 'POST', `/gateways/${connectionId}/notifications`, { body });

  test('a repeated one is harmless, a forged or foreign one is NG and moves nothing', async () => {
    await approved('S-20');
    const versions = async () => {
      const rows = await hub.database.query<{ version: number }[]>(
        `select version from transactions where order_number = 'S-20'`,
      );
      return rows[0]?.version;
    };
    const before = await versions();
    const resend = (as: string, kind = 'purchase') =>
      shop.control<{ status: number; answer: string }>('resend', { order_id: 'S-20', kind, as });
    expect(await resend('genuine')).toMatchObject({
      status: 200,
      answer: expect.stringContaining('OK<') as string,
    });
    for (const as of ['forged', 'foreign']) {
      expect((await resend(as, 'lapse')).answer).toContain('<res_result>NG</res_result>');
    }
    expect(await versions()).toBe(before);
  });

  test('one that names nothing known is NG, kept, and taken once a person has entered the ids', async () => {
    await hub.control('POST', '/faults', {
      target: 'sbps',
      operation: 'purchase',
      fault: 'drop-answer',
      times: 1,
    });
    await shop.take([shop.order('S-21')]);
    await until('S-21', 'in-doubt');
    await hub.eventually(async () => (shop.atSbps('S-21')[0]?.notices[0]?.tries ?? 0) > 0);
    const operator = await hub.as('operator');
    const waiting = await operator.get<{ ids: string[]; about: string }[]>(
      `/connections/${shop.connectionId}/notices`,
    );
    const [purchase] = shop.atSbps('S-21');
    expect(waiting.body).toMatchObject([
      { about: 'credit', ids: [purchase?.transactionId, purchase?.trackingId] },
    ]);
    expect((await act('S-21', 'enter-np-id', { npTransactionId: '12345678901' })).status).toBe(400);
    const id = `${purchase?.transactionId}/${purchase?.trackingId}`;
    expect((await act('S-21', 'enter-np-id', { npTransactionId: id })).status).toBe(200);
    await until('S-21', 'approved');
    await hub.eventually(
      async () =>
        (await operator.get<unknown[]>(`/connections/${shop.connectionId}/notices`)).body.length === 0,
    );
  });

  test('the public address tells nothing to a stranger', async () => {
    const unknown = await send('00000000-0000-4000-8000-000000000000', '<a/>');
    expect(unknown.status).toBe(404);
    expect((await send('nonsense', '<a/>')).status).toBe(400);
    expect((await send(shop.connectionId, 'x'.repeat(70_000))).status).toBe(413);
    const nothing = await send(shop.connectionId, '');
    expect(nothing.status).toBe(200);
    expect(nothing.body).toContain('<res_result>NG</res_result>');
    expect((await (await hub.as('support')).get(`/connections/${shop.connectionId}/notices`)).status).toBe(
      403,
    );
  });
});

describe('the text at the checkout', () => {
  /** The section of the seed, as it stands there. */
  const seed = readFileSync(join(__dirname, 'checkout-text.txt'), 'utf8');
  const given = seed.split('\n').slice(3, 5).join('\n');
  const ask = (query: string) => request(hub.url, 'GET', `/api/v1/checkout-notice${query}`);

  test('is public, word for word, cached, with the link to the terms', async () => {
    const answer = await ask('');
    expect(answer.body).toMatchObject({ language: 'en', text: given, origin: 'given' });
    const { html } = answer.body as { html: string };
    expect(html).toContain(
      '<a href="https://np-atobarai.jp/terms/atobarai-buyer.html" target="_blank" rel="noopener">the terms of use of the NP Deferred Payment Service and the privacy policy of Net Protections, Inc.</a>',
    );
    expect(html.replaceAll(/<br>/gu, '\n').replaceAll(/<[^>]*>/gu, '')).toBe(given);
    expect(answer.headers.get('cache-control')).toContain('public');
    expect((await ask(`?shop=${shop.id}&gateway=sbps`)).body).toMatchObject({ gateway: 'sbps', text: given });
  });

  test('in another language only as its operator has entered it, and safe as HTML', async () => {
    expect((await ask(`?shop=${shop.id}&language=ja`)).status).toBe(404);
    const path = `/shops/${shop.id}/checkout-notices/ja`;
    const body = { text: '確認済みの文面 <b> 規約', linked: '規約', confirmedOn: '2026-11-20' };
    expect((await (await hub.as('support')).put(path, body)).status).toBe(403);
    const operator = await hub.as('operator');
    expect((await operator.put(path, { ...body, linked: 'ない言葉' })).status).toBe(400);
    expect((await operator.put(`/shops/${shop.id}/checkout-notices/en`, body)).status).toBe(409);
    expect((await operator.put(path, body)).status).toBe(204);
    expect((await ask(`?shop=${shop.id}&language=ja`)).body).toMatchObject({
      text: body.text,
      origin: 'entered',
      confirmedOn: '2026-11-20',
      html: expect.stringContaining('文面 &lt;b&gt; <a href=') as string,
    });
    expect((await operator.delete(path)).status).toBe(204);
    expect((await ask(`?shop=${shop.id}&language=ja`)).status).toBe(404);
    expect((await ask('?shop=00000000-0000-4000-8000-000000000000')).status).toBe(404);
    const none = await ask('?language=ja');
    expect(none).toMatchObject({ status: 404, body: { error: 'not-found' } });
    expect((none.body as ErrorView).message.ja).toContain('オペレーターが店舗ごとに登録した言語だけです');
    expect((none.body as ErrorView).message.en).toContain('an operator has entered for the shop');
  });
});

describe('time', () => {
  /** Days go by, and with them what the hub does every few hours. */
  const pass = async (days: number) => {
    hub.clock.forward(days * dayMs + 1_000);
    await hub.app.get(Partitions, { strict: false }).run();
    await hub.app.get(Deadlines, { strict: false }).run();
  };
  /** One call of a person who signs in for it: sessions do not last for days. */
  const asSupport = async <Body>(method: string, number: string, path = '', body?: object): Promise<Body> => {
    const signedIn = await request(hub.url, 'POST', '/api/v1/session', {
      body: { login: 'support', password },
    });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const row = await hub.stored(number, shop.id);
    const answer = await request(hub.url, method, `/api/v1/transactions/${shop.id}/${row?.id}${path}`, {
      cookie,
      body,
    });
    expect(answer.status).toBe(200);
    return answer.body as Body;
  };

  test('no result by notice calls a person, repeats nothing by itself, and repeats when the person says so', async () => {
    const order = await approved('S-30');
    await shop.control('outcome', { order_id: 'S-30', outcome: { silent: ['settle'] } });
    await shop.take([shipped(order)]);
    await until('S-30', ({ facts }) => facts.inFlight?.phase === 'pending');
    const calls = async () =>
      (await hub.control<{ calls: Record<string, number> }>('GET', '/info')).calls['sbps.settle'];
    const before = await calls();
    await pass(1);
    const late = await until('S-30', ({ facts }) => facts.alarm?.kind === 'answer-late');
    expect(late.state).toBe('reporting');
    expect(await calls()).toBe(before);
    const shown = await asSupport<TransactionView>('GET', 'S-30');
    expect([shown.actor, shown.actions.includes('retry')]).toEqual(['shop', true]);
    await asSupport('POST', 'S-30', '/actions/retry', {});
    // SBPS has carried the first one out: it refuses the second, and a person sees both.
    const failed = await until('S-30', 'report-failed');
    expect(failed.facts.attempts[0]?.lostReport).not.toBeNull();
  });

  test('80 days without a settlement: told before, gate shut, and lapsed on the 81st, loudly', async () => {
    await approved('S-31');
    await pass(74);
    const near = await until('S-31', ({ facts }) => facts.alarm?.kind === 'settle-by');
    expect(near.facts.alarm?.level).toBe('near');
    expect(near.gate).toBe('ship');
    await shop.control('outcome', { order_id: 'S-31', outcome: { silent: ['lapse'] } });
    await pass(7);
    await hub.eventually(async () => shop.atSbps('S-31')[0]?.state === 'lapsed');
    const passed = await until('S-31', ({ facts }) => facts.alarm?.level === 'passed');
    expect([passed.state, passed.gate]).toEqual(['approved', 'wait']);
    await shop.control('resend', { order_id: 'S-31', kind: 'lapse' });
    const lapsed = await until('S-31', 'lapsed');
    expect(lapsed.gate).toBe('stop');
    expect((await asSupport<TransactionView>('GET', 'S-31')).actor).toBe('shop');
    expect(shop.atSbps('S-31')).toHaveLength(1);
  });
});

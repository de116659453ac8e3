import { createHmac } from 'node:crypto';
import type { ErrorView, SideCheck } from '@np-hub/model';
import { request } from '../support/client.js';
import { addShop, sendNotices, startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from './cart.js';

let hub: TestHub;
let cart: Cart;
const secret = 'demo-webhook-secret';
const hourMs = 3_600_000;

beforeAll(async () => {
  // Read on a notice alone.
  hub = await startTestHub({ timing: { pullMs: hourMs, pullQuietMs: hourMs } });
  cart = cartOf(hub);
});
afterAll(() => hub.stop());
afterEach(() => cart.noFaults());

const nowSeconds = () => Math.floor(hub.clock.now().getTime() / 1000);

function notice(
  body: string,
  { key = secret, atSeconds = nowSeconds(), shopId = hub.shopId, signature = '' } = {},
) {
  const signed = createHmac('sha256', key).update(`${atSeconds}.${body}`).digest('hex');
  return request(hub.url, 'POST', `/webhooks/${shopId}`, {
    body,
    headers: {
      'x-makeshop-signature': signature || signed,
      'x-makeshop-request-timestamp': String(atSeconds),
    },
  });
}

const updated = (orders: readonly string[], shop = 'demoshop') =>
  JSON.stringify({ shop_id: shop, event: 'order_updated', orders });

const runs = async (): Promise<number> => {
  const [row] = await hub.database.query<{ count: number }[]>('select count(*)::int from runs');
  return row?.count ?? 0;
};

/** Waits until no run is under way or due. */
const noneUnderWay = (): Promise<void> =>
  hub.eventually(async () => {
    const busy = await hub.database.query<unknown[]>(
      'select 1 from shops where lease_until is not null or next_run_at <= $1',
      [hub.clock.now()],
    );
    return busy.length === 0;
  });

describe('notices from the cart', () => {
  test('a signed one is a hint: the shop is read at once', async () => {
    const number = await cart.place();
    expect((await notice(updated([number]))).status).toBe(204);
    await hub.until(number, 'approved');
  });

  test('the sandbox’s own notices are taken', async () => {
    await sendNotices(hub);
    const number = await cart.place();
    await hub.until(number, 'approved');
    await sendNotices(hub, null);
  });

  test.each([
    ['a wrong signature', () => notice(updated(['P1']), { key: 'wrong' }), 401, 'bad-signature'],
    ['no signature of any kind', () => notice(updated(['P1']), { signature: 'x' }), 401, 'bad-signature'],
    ['an old time', () => notice(updated(['P1']), { atSeconds: nowSeconds() - 7_200 }), 401, 'stale'],
    ['a time to come', () => notice(updated(['P1']), { atSeconds: nowSeconds() + 7_200 }), 401, 'stale'],
    ['another shop', () => notice(updated(['P1'], 'othershop')), 400, 'malformed'],
    ['no JSON', () => notice('<<<'), 400, 'malformed'],
    [
      'an unknown event',
      () => notice('{"shop_id":"demoshop","event":"x","orders":["P1"]}'),
      400,
      'malformed',
    ],
    ['an empty body', () => notice(' '), 400, 'malformed'],
  ] as const)('%s is refused by name, and nothing is read', async (_name, send, status, error) => {
    await noneUnderWay();
    const before = await runs();
    expect(await send()).toMatchObject({ status, body: { error } });
    await new Promise((done) => setTimeout(done, 120));
    expect(await runs()).toBe(before);
  });

  test('a shop that does not exist, and one that is none', async () => {
    const unknown = await notice(updated(['P1']), { shopId: '11111111-1111-4111-8111-111111111111' });
    const none = await notice(updated(['P1']), { shopId: 'nonsense' });
    expect([unknown.status, none.status].sort()).toEqual([400, 404]);
  });

  test('a forged deletion of an order that the cart still shows cancels nothing', async () => {
    const number = await cart.place();
    await notice(updated([number]));
    await hub.until(number, 'approved');
    const gone = JSON.stringify({ shop_id: 'demoshop', event: 'order_deleted', orders: [number] });
    await noneUnderWay();
    const before = await runs();
    expect((await notice(gone)).status).toBe(204);
    await hub.eventually(async () => (await runs()) > before);
    await noneUnderWay();
    expect((await hub.stored(number))?.state).toBe('approved');
    expect(cart.theOneAtNp(number).isLive).toBe(true);
  });
});

describe('what the cart says and nobody has mapped', () => {
  const read = async (number: string) => {
    await notice(updated([number]));
    return number;
  };

  test('an unknown payment letter blocks the order and names the field; nothing goes to NP', async () => {
    const number = await read(await cart.place({ payMethod: 'Q9' }));
    await hub.until(number, 'blocked');
    expect((await hub.page(number)).problems).toEqual([
      expect.objectContaining({ rule: 'unmapped-payment' }),
    ]);
    expect(cart.atNp(number)).toEqual([]);
  });

  test('characters that NP cannot take are found before anything is sent, each with its field', async () => {
    const number = await read(
      await cart.place({ sender: { name: '山田 花子😀', post: '999-9999', tel: '', email: 'nobody' } }),
    );
    await hub.until(number, 'blocked');
    const fields = (await hub.page(number)).problems.map(({ field }) => field);
    expect(fields).toEqual(
      expect.arrayContaining(['customer.name', 'customer.postalCode', 'customer.phone', 'customer.email']),
    );
    expect(cart.atNp(number)).toEqual([]);
  });

  test('a field that the shop’s API lacks: the run says which, and with the field left out orders are blocked by name', async () => {
    const operator = await hub.as('operator');
    const lacking = (fieldNames: object) =>
      operator.patch(`/shops/${hub.shopId}`, { settings: { fieldNames } });
    expect((await lacking({ senderTel: 'senderPhoneNumber' })).status).toBe(200);
    const number = await read(await cart.place());
    await hub.eventually(async () => {
      const { body } = await operator.get<{ outcome: string; error: string | null }[]>(
        `/shops/${hub.shopId}/runs`,
      );
      return body.some(
        ({ outcome, error }) => outcome === 'rejected' && error?.includes('senderPhoneNumber'),
      );
    });
    await lacking({ senderTel: '' });
    await hub.until(number, 'blocked');
    expect((await hub.page(number)).problems.map(({ field }) => field)).toContain('customer.phone');
    await lacking({});
    await hub.until(number, 'approved');
  });
});

describe('what people send to the API', () => {
  test.each([
    ['POST', '/session', '{"login":'],
    ['POST', '/session', '[]'],
    ['POST', '/connections', '{"name":"x","gateway":"np-connect-pro","settings":{"merchantCode":1}}'],
    ['POST', '/connections', '{"name":"x","gateway":"toString","settings":{}}'],
    ['POST', '/shops', '{"name":"","adapter":"makeshop","connectionId":"x","settings":{}}'],
    [
      'POST',
      '/shops',
      '{"name":"x","adapter":"nocart","connectionId":"11111111-1111-4111-8111-111111111111","settings":{}}',
    ],
    ['GET', '/transactions?limit=1000', undefined],
    ['GET', '/transactions?state=happy', undefined],
    ['GET', '/transactions?shopId=1%27%20or%201=1', undefined],
    ['GET', '/transactions/1/2', undefined],
    ['GET', '/transactions?q=%00', undefined],
    ['GET', '/transactions?after=2026-13-45T99:99:99Z_11111111-1111-4111-8111-111111111111', undefined],
    ['POST', '/shops/check', '{"adapter":"makeshop","settings":{"endpoint":"http://169.254.169.254/"}}'],
  ] as const)('%s %s with %s: no 5xx, one shape of error', async (method, path, body) => {
    const cookie = await request(hub.url, 'POST', '/api/v1/session', {
      body: { login: 'operator', password: 'correct horse battery' },
    }).then(({ headers }) => headers.getSetCookie()[0]?.split(';')[0] ?? '');
    const answer = await request(hub.url, method, `/api/v1${path}`, { cookie, body });
    expect(answer.status).toBeLessThan(500);
    if (answer.status >= 400)
      expect(answer.body).toMatchObject({
        error: expect.any(String),
        message: { ja: expect.any(String), en: expect.any(String) },
        fields: expect.any(Array),
      });
  });

  test('a search that is far too long is told so in plain words', async () => {
    const support = await hub.as('support');
    for (const path of ['/transactions', '/transactions/counts', '/find']) {
      const { status, body } = await support.get<ErrorView>(`${path}?q=${'a'.repeat(5_000)}`);
      expect([status, body.error]).toEqual([400, 'invalid-input']);
      expect(body.fields).toEqual([
        {
          field: 'q',
          message: {
            ja: '検索の文字は200文字以内で入力してください。',
            en: 'Search for at most 200 characters.',
          },
        },
      ]);
    }
  });

  test('settings that are wrong name the field of the form', async () => {
    const operator = await hub.as('operator');
    const answer = await operator.post<{ fields: { field: string }[] }>('/connections', {
      name: 'NP',
      gateway: 'np-connect-pro',
      settings: { merchantCode: '', spCode: 'x', terminalId: '日本' },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.fields.map(({ field }) => field).sort()).toEqual([
      'settings.merchantCode',
      'settings.terminalId',
    ]);
  });

  test('a setting that does not exist is named, and nothing is saved', async () => {
    const operator = await hub.as('operator');
    const named = async (answer: Promise<{ status: number; body: unknown }>) => {
      const { status, body } = await answer;
      return [status, (body as { fields: { field: string }[] }).fields.map(({ field }) => field)];
    };
    const before = (await operator.get('/shops')).body;
    const settings = { webhookSecrett: 'x' };
    expect(await named(operator.patch(`/shops/${hub.shopId}`, { settings }))).toEqual([
      400,
      ['settings.webhookSecrett'],
    ]);
    const shop = { name: '店', adapter: 'makeshop', connectionId: hub.connectionId, settings };
    expect(await named(operator.post('/shops', shop))).toEqual([400, ['settings.webhookSecrett']]);
    const spelt = { spcode: 'SP00000001' };
    expect(await named(operator.patch(`/connections/${hub.connectionId}`, { settings: spelt }))).toEqual([
      400,
      ['settings.spcode'],
    ]);
    expect((await operator.get('/shops')).body).toEqual(before);
  });

  test('a filter that does not exist is named: it must not look as if it had found everything', async () => {
    const support = await hub.as('support');
    const { status, body } = await support.get('/transactions?states=paid');
    expect([status, body]).toMatchObject([400, { fields: [{ field: 'states' }] }]);
    expect((await request(hub.url, 'GET', '/api/v1/checkout-notice?utm_source=mail')).status).toBe(200);
  });

  test('a connection can be checked before it is saved: right, wrong, and a host that is not allowed', async () => {
    const operator = await hub.as('operator');
    const [merchant] = hub.sandbox.config.merchants;
    const base = { ...merchant, mode: undefined, shippingOption: undefined, baseUrl: hub.sandbox.npBaseUrl };
    const check = async (settings: object) =>
      (await operator.post<{ ok: boolean }>('/connections/check', { gateway: 'np-connect-pro', settings }))
        .body.ok;
    expect(await check(base)).toBe(true);
    expect(await check({ ...base, spCode: 'WRONG' })).toBe(false);
    expect(await check({ ...base, baseUrl: 'http://169.254.169.254/' })).toBe(false);
  });

  test('a saved connection is tried out over what is saved: what NP refuses is named, what nobody answers is not', async () => {
    const operator = await hub.as('operator');
    const check = async (settings: object) => {
      const body = { gateway: 'np-connect-pro', settings, id: hub.connectionId };
      const { ok, fields } = (await operator.post<SideCheck>('/connections/check', body)).body;
      return [ok, fields];
    };
    const refused = [false, ['merchantCode', 'spCode', 'terminalId']];
    expect(await check({})).toEqual([true, []]);
    expect(await check({ spCode: '' })).toEqual([true, []]);
    expect(await check({ spCode: 'WRONG' })).toEqual(refused);
    expect(await check({ terminalId: '9999999999' })).toEqual(refused);
    expect(await check({ merchantCode: 'WRONG' })).toEqual(refused);
    expect(await check({ baseUrl: 'http://169.254.169.254/' })).toEqual([false, ['baseUrl']]);
    await cart.fault({ fault: 'server-error' });
    expect(await check({})).toEqual([false, []]);
    await cart.noFaults();
  });

  test('secrets are never given back, and left blank they stay as they are', async () => {
    const operator = await hub.as('operator');
    const all = JSON.stringify([
      (await operator.get('/shops')).body,
      (await operator.get('/connections')).body,
    ]);
    for (const text of ['SP00000001', 'PAT.0000', 'demo-api-key', secret]) expect(all).not.toContain(text);
    await operator.patch(`/shops/${hub.shopId}`, { settings: { token: '', apiKey: null } });
    const number = await cart.place();
    await notice(updated([number]));
    await hub.until(number, 'approved');
  });

  test('a second shop with the secret of another takes no notice of the first', async () => {
    const other = await addShop(hub, {
      connectionId: hub.connectionId,
      name: '別の店',
      shopSettings: { shopId: 'othershop', webhookSecret: 'another-secret' },
    });
    expect((await notice(updated(['P1']), { shopId: other })).status).toBe(401);
  });
});

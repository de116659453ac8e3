import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorViewSchema } from '@np-hub/model';
import { ChangeFeed } from '../src/http/stream.js';
import { ask, password, signIn, startTestHub, type TestHub } from './http-support.js';

let hub: TestHub;
let page: string;
let cookie: string;
beforeAll(async () => {
  page = mkdtempSync(join(tmpdir(), 'np-hub-page-'));
  mkdirSync(join(page, 'assets'));
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>np-hub</title>');
  writeFileSync(join(page, 'assets', 'index-abc.js'), 'export {};');
  hub = await startTestHub({ NP_HUB_PUBLIC_URL: 'https://hub.example' }, page);
  cookie = await signIn(hub, 'operator');
});
afterAll(async () => {
  await hub?.close();
  rmSync(page, { recursive: true });
});

const post = (body: unknown, headers: Record<string, string> = {}) =>
  ask(hub, 'POST', '/api/v1/probe', { cookie, body, headers });

const sendBytes = async (body: Buffer) => {
  const headers = { cookie, 'content-type': 'application/json' };
  const answer = await fetch(`${hub.url}/api/v1/probe`, { method: 'POST', headers, body });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
};

describe('errors', () => {
  const fine = JSON.stringify({ name: 'ok', amounts: [] });
  test.each<[string, number, string, () => ReturnType<typeof ask>]>([
    ['malformed JSON', 400, 'invalid-input', () => post('{"name":')],
    ['no body', 400, 'invalid-input', () => ask(hub, 'POST', '/api/v1/probe', { cookie })],
    [
      'not UTF-8',
      400,
      'invalid-input',
      () => sendBytes(Buffer.from([...Buffer.from('{"name":"'), 0x92, 0x8d, 0x22, 0x7d])),
    ],
    [
      'said to be in another charset',
      400,
      'invalid-input',
      () => post(fine, { 'content-type': 'application/json; charset=shift_jis' }),
    ],
    ['a prototype', 400, 'invalid-input', () => post('{"__proto__":{"a":1}}')],
    [
      'a form',
      415,
      'not-json',
      () => post('name=ok', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    ['text', 415, 'not-json', () => post(fine, { 'content-type': 'text/plain' })],
    ['too large', 413, 'too-large', () => post({ name: 'x'.repeat(3_000_000) })],
    ['unknown route', 404, 'not-found', () => ask(hub, 'GET', '/api/v1/nothing', { cookie })],
    ['unknown method', 404, 'not-found', () => ask(hub, 'PUT', '/api/v1/probe', { cookie })],
    ['unknown place to post', 404, 'not-found', () => ask(hub, 'POST', '/orders', { cookie, body: {} })],
    ['malformed address', 400, 'invalid-input', () => ask(hub, 'GET', '/api/v1/probe/%E3%8', { cookie })],
    ['bad query', 400, 'invalid-input', () => ask(hub, 'GET', '/api/v1/probe/search?limit=201', { cookie })],
    [
      'repeated query',
      400,
      'invalid-input',
      () => ask(hub, 'GET', '/api/v1/probe/search?limit=1&limit=2', { cookie }),
    ],
    ['a crash', 500, 'internal', () => post({ name: 'crash', amounts: [] })],
  ])('%s', async (_, status, error, make) => {
    const answer = await make();
    expect([answer.status, errorViewSchema.strict().parse(answer.body).error]).toEqual([status, error]);
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|node_modules|\bat /);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    if (status === 500) expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('every wrong field is named, in both languages', async () => {
    const { body } = await post({ name: 'x', amounts: [{ yen: '1' }, {}] });
    const { fields } = errorViewSchema.parse(body);
    expect(fields.map(({ field }) => field)).toEqual(['name', 'amounts[0].yen', 'amounts[1].yen']);
    for (const { message } of fields) {
      expect(message.ja).toMatch(/[ぁ-ん]/);
      expect(message.en).toMatch(/^[\x20-\x7e]+$/);
    }
    expect(fields[2]?.message).toEqual({ ja: '必須です。', en: 'Required.' });
  });

  test.each([
    ['a NUL', '{"name":"ok","amounts":[{"yen":1,"for":"x\\u0000"}]}', 'amounts[0].for'],
    ['half of a character', '{"name":"ok","amounts":[{"yen":1,"for":"\\ud83d"}]}', 'amounts[0].for'],
    ['half of one in a name of a field', '{"name":"ok","amounts":[{"\\ud83d":1}]}', 'amounts[0]'],
  ])('what no database keeps is told where it stands: %s', async (_, body, place) => {
    const answer = await post(body);
    const { fields } = errorViewSchema.parse(answer.body);
    expect([answer.status, fields.map(({ field }) => field)]).toEqual([400, [place]]);
  });

  test("a schema's own message is told in its two languages", async () => {
    const given = { token: 'x', password: 'sh0rt' };
    const { body } = await ask(hub, 'POST', '/api/v1/links/accept', { body: given });
    expect(errorViewSchema.parse(body).fields).toEqual([
      { field: 'password', message: { ja: '12文字以上で入力してください。', en: 'At least 12 characters.' } },
    ]);
  });
});

describe('other sites', () => {
  const body = { name: 'ok', amounts: [] };
  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sister site', { 'sec-fetch-site': 'same-site' }, 403],
    ['another origin in an old browser', { origin: 'https://evil.example' }, 403],
    ['the page itself', { 'sec-fetch-site': 'same-origin' }, 201],
    ['the page behind a proxy', { origin: 'https://hub.example' }, 201],
    ['a program', {}, 201],
  ])('%s', async (_, headers, status) => {
    // Not fetch, which forbids some of these headers.
    const answer = await new Promise<number>((done, fail) => {
      const sent = request(`${hub.url}/api/v1/probe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, ...headers } as Record<string, string>,
      });
      sent.once('response', (response) => done(response.resume().statusCode ?? 0)).once('error', fail);
      sent.end(JSON.stringify(body));
    });
    expect(answer).toBe(status);
  });

  test('behind https the cookie is for https', async () => {
    const { headers } = await ask(hub, 'POST', '/api/v1/session', { body: { login: 'viewer', password } });
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-np_hub_session=[\w-]{43}; .*Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(cookie).not.toMatch(/Domain/i);
    expect(headers.get('strict-transport-security')).toMatch(/max-age/);
  });

  test('behind https a cookie that another host of the domain could have planted is nobody’s', async () => {
    const cookie = await signIn(hub, 'viewer');
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie })).status).toBe(200);
    const planted = cookie.replace('__Host-', '');
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie: planted })).status).toBe(401);
    expect((await ask(hub, 'DELETE', '/api/v1/session', { cookie })).headers.getSetCookie()[0]).toMatch(
      /^__Host-np_hub_session=;/,
    );
  });
});

test.each(['application/json', 'text/xml; charset=shift_jis', 'application/x-www-form-urlencoded'])(
  'a webhook of %s comes as its very bytes, signed in or not, from wherever',
  async (type) => {
    const bytes = Buffer.from('7b2022833a2220', 'hex');
    const response = await fetch(`${hub.url}/webhooks/shop-1`, {
      method: 'POST',
      headers: { 'content-type': type, origin: 'https://cart.example' },
      body: bytes,
    });
    expect(await response.json()).toEqual({ shopId: 'shop-1', bytes: bytes.toString('hex') });
  },
);

describe('the page', () => {
  test('is served for its own places, never for those of the API', async () => {
    for (const path of ['/', '/transactions/1', '/index.html', '/login?next=/']) {
      const { status, body, headers } = await ask(hub, 'GET', path);
      expect([status, body]).toEqual([200, '<!doctype html><title>np-hub</title>']);
      expect(headers.get('cache-control')).toBe('no-cache');
      expect(headers.get('content-security-policy')).toMatch(/script-src 'self';/);
    }
    for (const path of ['/api', '/api/v2/x', '/health/x', '/webhooks', '/assets/gone.js', '/gone.png']) {
      const { status, body } = await ask(hub, 'GET', path);
      expect([path, status, errorViewSchema.parse(body).error]).toEqual([path, 404, 'not-found']);
    }
  });

  test('keeps hashed files for a year and stays in its folder', async () => {
    const asset = await ask(hub, 'GET', '/assets/index-abc.js');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    for (const path of ['/assets/..%2f..%2fetc/passwd', '/..%2f..%2f..%2fetc/hosts.txt', '/assets/%00.js']) {
      const { status } = await ask(hub, 'GET', path);
      expect([400, 403, 404]).toContain(status);
    }
  });

  test('says so where it is not built', async () => {
    rmSync(join(page, 'index.html'));
    const { status, body } = await ask(hub, 'GET', '/');
    writeFileSync(join(page, 'index.html'), '<!doctype html><title>np-hub</title>');
    expect(status).toBe(503);
    expect(body).toMatch(/npm run build/);
  });
});

test('the API describes itself, with its zod schemas', async () => {
  const { body } = await ask(hub, 'GET', '/api/docs/json');
  expect(body).toMatchObject({
    paths: {
      '/api/v1/session': {
        post: {
          requestBody: {
            content: {
              'application/json': { schema: { properties: { login: { type: 'string', maxLength: 100 } } } },
            },
          },
        },
      },
    },
  });
  const docs = await ask(hub, 'GET', '/api/docs');
  expect(docs.status).toBe(200);
  const script = await ask(hub, 'GET', '/api/docs/swagger-ui-init.js');
  expect(script.headers.get('content-type')).toContain('javascript');
  expect(String(docs.body)).not.toMatch(/<script(?![^>]* src=)[^>]*>\s*\S/);
});

test('answers of the API are kept nowhere, tell nothing about the server, and frame nothing', async () => {
  const { headers } = await ask(hub, 'GET', '/api/v1/probe', { cookie });
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
  expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
});

test('what is no HTTP, or has headers beyond measure, is answered in the same shape', async () => {
  const { port } = new URL(hub.url);
  const answerTo = (text: string) =>
    new Promise<string>((done, fail) => {
      let answer = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => (answer += String(chunk)));
      socket.once('end', () => done(answer)).once('error', fail);
    });
  for (const [sent, status] of [
    ['GARBAGE\r\n\r\n', 400],
    [`GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ] as const) {
    const answer = await answerTo(sent);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `, 'u'));
    errorViewSchema.strict().parse(JSON.parse(answer.slice(answer.indexOf('{'))));
  }
});

test('health needs no session, and readiness needs the database', async () => {
  for (const path of ['/health/live', '/health/ready']) {
    expect((await ask(hub, 'GET', path)).body).toEqual({ status: 'ok' });
  }
});

describe('the stream', () => {
  test('asks for a session', async () => {
    expect((await ask(hub, 'GET', '/api/v1/stream')).status).toBe(401);
  });

  test('tells of changes at most once a second, the last one included', async () => {
    const abort = new AbortController();
    const response = await fetch(`${hub.url}/api/v1/stream`, { headers: { cookie }, signal: abort.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const feed = hub.app.get(ChangeFeed, { strict: false });
    const reader = response.body?.getReader();
    if (!reader) throw new Error('No stream');
    const startedAt = Date.now();
    let text = '';
    let notified = false;
    while (!/changed[\s\S]*changed/.test(text)) {
      const { value, done } = await reader.read();
      if (done) throw new Error('The stream ended');
      text += Buffer.from(value).toString('utf8');
      if (!notified) for (let count = 0; count < 50; count += 1) feed.notify(null);
      notified = true;
    }
    abort.abort();
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(900);
    expect(text.match(/event: changed/g)).toHaveLength(2);
    expect(text).toContain('data: {"at":"2026-11-21T');
  });
});

test('open streams do not hold up the end', async () => {
  const other = await startTestHub();
  const theirs = await signIn(other, 'viewer');
  const response = await fetch(`${other.url}/api/v1/stream`, { headers: { cookie: theirs } });
  const startedAt = Date.now();
  await other.close();
  await response.text();
  expect(Date.now() - startedAt).toBeLessThan(5_000);
});

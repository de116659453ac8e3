import { randomUUID } from 'node:crypto';
import type { ApiKeyView, NewApiKeyView, TransactionPage } from '@np-hub/model';
import { apiKeyViewSchema, newApiKeyViewSchema } from '@np-hub/model';
import { Accounts } from '../../src/accounts/accounts.js';
import { request, type ApiAnswer } from '../support/client.js';
import { addShop, password, startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let secondShop: string;

beforeAll(async () => {
  hub = await startTestHub();
  // The cart refuses its token: which of the two shops takes an order first is not what these tests ask.
  const shopSettings = { token: 'PAT.refused' };
  secondShop = await addShop(hub, { connectionId: hub.connectionId, name: '二号店', shopSettings });
});
afterAll(() => hub.stop());

async function newKey(fields: object = {}): Promise<NewApiKeyView> {
  const operator = await hub.as('operator');
  const made = await operator.post<NewApiKeyView>('/api-keys', {
    name: randomUUID(),
    role: 'support',
    ...fields,
  });
  expect(made.status).toBe(201);
  return newApiKeyViewSchema.parse(made.body);
}

const ask = (
  key: string,
  method: string,
  path: string,
  extra: { body?: unknown; cookie?: string; key?: string; scheme?: string } = {},
): Promise<ApiAnswer<Record<string, unknown>>> => {
  const { scheme = 'Bearer', ...options } = extra;
  const headers = { authorization: `${scheme} ${key}` };
  return request(hub.url, method, `/api/v1${path}`, { ...options, headers }) as Promise<
    ApiAnswer<Record<string, unknown>>
  >;
};

test('a key opens the API, and is shown once: the database and the list hold no secret', async () => {
  const { key, ...view } = await newKey({ name: '倉庫システム' });
  expect(key).toMatch(new RegExp(`^${view.prefix}_[A-Za-z0-9_-]{43}$`, 'u'));
  expect(view).toMatchObject({
    name: '倉庫システム',
    createdBy: 'operator',
    lastUsedAt: null,
    expiresAt: null,
  });
  expect((await ask(key, 'GET', '/transactions')).status).toBe(200);
  const listed = await (await hub.as('operator')).get<ApiKeyView[]>('/api-keys');
  expect(listed.body.map((row) => apiKeyViewSchema.strict().parse(row).name)).toContain('倉庫システム');
  const secret = key.slice(view.prefix.length + 1);
  const stored = await hub.database.query<unknown[]>('select * from api_keys');
  expect(JSON.stringify([listed.body, stored])).not.toContain(secret);
  const [{ hash } = { hash: Buffer.alloc(0) }] = await hub.database.query<{ hash: Buffer }[]>(
    'select secret_hash as hash from api_keys where id = $1',
    [view.id],
  );
  expect(hash).toHaveLength(32);
});

test('wrong, cut, foreign and empty keys are refused alike; a session beside a wrong key counts for nothing', async () => {
  const { key } = await newKey();
  const signedIn = await request(hub.url, 'POST', '/api/v1/session', {
    body: { login: 'operator', password },
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const last = key.endsWith('A') ? 'B' : 'A';
  for (const wrong of [
    key.slice(0, -1) + last,
    key.slice(0, -1),
    `${key}A`,
    'nph_',
    '',
    `nph_0000000000_${'A'.repeat(43)}`,
  ]) {
    const answer = await ask(wrong, 'GET', '/transactions', { cookie });
    expect([answer.status, answer.body['error']]).toEqual([401, 'unknown-key']);
  }
  const basic = await ask('b3A6b3A=', 'GET', '/transactions', { cookie, scheme: 'Basic' });
  expect(basic.status).toBe(200);
});

test('role and shops hold as for people', async () => {
  const viewer = await newKey({ role: 'viewer', shopIds: [secondShop] });
  const support = await newKey({ shopIds: [secondShop] });
  expect((await ask(viewer.key, 'POST', `/shops/${secondShop}/run-now`, { body: {} })).status).toBe(403);
  expect((await ask(support.key, 'POST', `/shops/${secondShop}/run-now`, { body: {} })).status).toBe(200);
  expect((await ask(support.key, 'POST', `/shops/${hub.shopId}/run-now`, { body: {} })).status).toBe(404);
  expect((await ask(support.key, 'GET', `/changes?shopId=${hub.shopId}`)).status).toBe(404);
  const shops = await ask(support.key, 'GET', '/shops');
  expect((shops.body as unknown as { id: string }[]).map(({ id }) => id)).toEqual([secondShop]);
});

test('no key manages keys or people, whatever its role', async () => {
  const { key, id } = await newKey({ role: 'operator' });
  expect((await ask(key, 'GET', '/adapters')).status).toBe(200);
  for (const [method, path] of [
    ['GET', '/api-keys'],
    ['POST', '/api-keys'],
    ['DELETE', `/api-keys/${id}`],
    ['GET', '/users'],
    ['POST', '/users'],
  ] as const) {
    expect((await ask(key, method, path, method === 'POST' ? { body: {} } : {})).status).toBe(403);
  }
  for (const login of ['support', 'viewer']) {
    expect((await (await hub.as(login)).get('/api-keys')).status).toBe(403);
  }
});

test('an operator of some shops makes, sees and revokes keys of those shops alone', async () => {
  await hub.app
    .get(Accounts, { strict: false })
    .ensureUser({ login: 'branch', name: 'branch', role: 'operator', password, shopIds: [secondShop] });
  const branch = await hub.as('branch');
  const wide = await newKey();
  for (const shopIds of [undefined, null, [hub.shopId], [secondShop, hub.shopId]]) {
    const refused = await branch.post<{ fields: { field: string }[] }>('/api-keys', {
      name: randomUUID(),
      role: 'viewer',
      shopIds,
    });
    expect([refused.status, refused.body.fields[0]?.field]).toEqual([400, 'shopIds']);
  }
  const own = await branch.post<NewApiKeyView>('/api-keys', {
    name: '支店',
    role: 'viewer',
    shopIds: [secondShop],
  });
  expect(own.status).toBe(201);
  const listed = await branch.get<ApiKeyView[]>('/api-keys');
  expect(listed.body.map(({ id }) => id)).toContain(own.body.id);
  expect(listed.body.map(({ id }) => id)).not.toContain(wide.id);
  const send = await request(hub.url, 'DELETE', `/api/v1/api-keys/${wide.id}`, {
    cookie: await cookieOf('branch'),
  });
  expect(send.status).toBe(404);
});

async function cookieOf(login: string): Promise<string> {
  const { headers } = await request(hub.url, 'POST', '/api/v1/session', { body: { login, password } });
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

test('a revoked key is closed at once, its name is free again; an unknown id answers 404', async () => {
  const { key, id, name } = await newKey();
  const cookie = await cookieOf('operator');
  expect((await ask(key, 'GET', '/transactions')).status).toBe(200);
  expect((await request(hub.url, 'DELETE', `/api/v1/api-keys/${id}`, { cookie })).status).toBe(204);
  expect((await ask(key, 'GET', '/transactions')).status).toBe(401);
  expect((await request(hub.url, 'DELETE', `/api/v1/api-keys/${id}`, { cookie })).status).toBe(404);
  await newKey({ name });
});

test('bad input names its field; a name is taken once', async () => {
  const operator = await hub.as('operator');
  const { name } = await newKey();
  expect((await operator.post('/api-keys', { name: name.toUpperCase(), role: 'viewer' })).status).toBe(409);
  for (const [body, field] of [
    [{ name: '', role: 'viewer' }, 'name'],
    [{ name: 'x', role: 'root' }, 'role'],
    [{ name: 'x', role: 'viewer', shopIds: ['no'] }, 'shopIds[0]'],
    [{ name: 'x', role: 'viewer', shopIds: [] }, 'shopIds'],
    [{ name: 'x', role: 'viewer', shopIds: [randomUUID()] }, 'shopIds'],
    [{ name: 'x', role: 'viewer', expires: '2030-01-01T00:00:00Z' }, 'expires'],
    [{ name: 'x\0', role: 'viewer' }, 'name'],
    [{ name: 'x', role: 'viewer', expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ name: 'x', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ] as const) {
    const refused = await operator.post<{ fields: { field: string }[] }>('/api-keys', body);
    expect([refused.status, refused.body.fields.map((each) => each.field)]).toEqual([400, [field]]);
  }
});

test('what a key does is written down under its name, and a repeated write is done once', async () => {
  const { displayOrderNumbers } = await hub.control<{ displayOrderNumbers: string[] }>(
    'POST',
    '/makeshop/orders/bulk',
    { count: 1, seed: 3 },
  );
  const number = displayOrderNumbers[0] ?? '';
  const row = await hub.until(number, 'approved');
  const { key } = await newKey({ name: '基幹' });
  const path = `/transactions/${row.shopId}/${row.id}/actions/cancel`;
  const first = await ask(key, 'POST', path, { body: {}, key: 'press-1' });
  const second = await ask(key, 'POST', path, { body: {}, key: 'press-1' });
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.headers.get('idempotent-replayed')).toBe('true');
  const by = await hub.database.query<{ by_login: string }[]>(
    'select by_login from history where transaction_id = $1 and by_login is not null',
    [row.id],
  );
  expect(by).toEqual([{ by_login: 'key:基幹' }]);
  const page = await ask(key, 'GET', `/transactions?q=${number}`);
  expect((page.body as unknown as TransactionPage).rows[0]?.buyerName).not.toContain('＊');
});

test('a use is noted once a minute at most; a key expires by the clock', async () => {
  const expiresAt = new Date(hub.clock.now().getTime() + 10 * 60_000).toISOString();
  const { key, id } = await newKey({ expiresAt });
  const lastUse = async (): Promise<Date | null | undefined> =>
    (
      await hub.database.query<{ at: Date | null }[]>(
        'select last_used_at as at from api_keys where id = $1',
        [id],
      )
    )[0]?.at;
  await ask(key, 'GET', '/shops');
  const first = await lastUse();
  await ask(key, 'GET', '/shops');
  expect(first).toBeInstanceOf(Date);
  expect(await lastUse()).toEqual(first);
  hub.clock.forward(61_000);
  await ask(key, 'GET', '/shops');
  expect((await lastUse())?.getTime()).toBeGreaterThan(first?.getTime() ?? Infinity);
  hub.clock.forward(10 * 60_000);
  expect((await ask(key, 'GET', '/shops')).status).toBe(401);
});

test('a program that goes on with a bad key is turned away, and others beside it are not', async () => {
  const good = await newKey();
  const bad = `nph_badbadbad0_${'A'.repeat(43)}`;
  const statuses: number[] = [];
  for (let count = 0; count < 22; count += 1) statuses.push((await ask(bad, 'GET', '/shops')).status);
  expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
  expect(statuses.slice(20)).toEqual([429, 429]);
  expect((await ask(good.key, 'GET', '/shops')).status).toBe(200);
  hub.clock.forward(16 * 60_000);
  expect((await ask(bad, 'GET', '/shops')).status).toBe(401);
});

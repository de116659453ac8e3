import { errorViewSchema, sessionViewSchema } from '@np-hub/model';
import { ask, password, ProbeController, signIn, startTestHub, type TestHub } from './http-support.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub?.close());

const errorOf = (body: unknown): string => errorViewSchema.parse(body).error;
const hourMs = 3_600_000;

describe('sessions', () => {
  test('a cookie that scripts and other sites cannot use', async () => {
    const { headers, body } = await ask(hub, 'POST', '/api/v1/session', {
      body: { login: 'Support', password },
    });
    expect(sessionViewSchema.parse(body)).toMatchObject({
      user: { login: 'support', role: 'support' },
      demo: true,
    });
    expect(headers.getSetCookie()[0]).toMatch(
      /^np_hub_session=[\w-]{43}; .*Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  test('the database does not hold the token', async () => {
    const token = (await signIn(hub, 'viewer')).split('=')[1] ?? '';
    const rows: { row: string }[] = await hub.database.query('select s::text as row from sessions s');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(Buffer.from(token).toString('hex'));
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test.each([undefined, 'np_hub_session=', 'np_hub_session=made-up'])('%p is nobody', async (cookie) => {
    const { status, body } = await ask(hub, 'GET', '/api/v1/probe', { cookie });
    expect([status, errorOf(body)]).toEqual([401, 'not-signed-in']);
  });

  test('an unknown login and a wrong password answer alike', async () => {
    const wrong = await ask(hub, 'POST', '/api/v1/session', { body: { login: 'viewer', password: 'no' } });
    const unknown = await ask(hub, 'POST', '/api/v1/session', { body: { login: 'nobody', password: 'no' } });
    expect(wrong.status).toBe(401);
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
  });

  test('signing out ends it, twice is no error', async () => {
    const cookie = await signIn(hub, 'viewer');
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie })).status).toBe(200);
    const out = await ask(hub, 'DELETE', '/api/v1/session', { cookie });
    expect([out.status, out.headers.getSetCookie()[0]]).toEqual([
      204,
      expect.stringMatching(/Max-Age=0|1970/),
    ]);
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie })).status).toBe(401);
    expect((await ask(hub, 'DELETE', '/api/v1/session', { cookie })).status).toBe(204);
  });

  test('12 hours without use or 7 days end it', async () => {
    const cookie = await signIn(hub, 'viewer');
    const unused = await signIn(hub, 'viewer');
    for (let hours = 0; hours < 7 * 24 - 11; hours += 11) {
      hub.clock.forward(11 * hourMs);
      expect((await ask(hub, 'GET', '/api/v1/session', { cookie })).status).toBe(200);
    }
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie: unused })).status).toBe(401);
    hub.clock.forward(11 * hourMs);
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie })).status).toBe(401);
  });
});

test('a role may do what is below it', async () => {
  const body = { name: 'ok', amounts: [] };
  const statuses: Record<string, number[]> = {};
  for (const role of ['viewer', 'support', 'operator']) {
    const cookie = await signIn(hub, role);
    statuses[role] = [
      (await ask(hub, 'GET', '/api/v1/probe', { cookie })).status,
      (await ask(hub, 'POST', '/api/v1/probe', { cookie, body })).status,
      (await ask(hub, 'GET', '/api/v1/probe/search?limit=5', { cookie })).status,
      (await ask(hub, 'GET', '/api/v1/users', { cookie })).status,
    ];
  }
  expect(statuses).toEqual({
    viewer: [200, 403, 403, 403],
    support: [200, 201, 403, 403],
    operator: [200, 201, 200, 200],
  });
});

describe('users', () => {
  const newcomer = { login: 'hanako', name: '花子', role: 'viewer', password: 'twelve letters' };

  test('are made once, changed, and signed out when disabled', async () => {
    const cookie = await signIn(hub, 'operator');
    const made = await ask(hub, 'POST', '/api/v1/users', { cookie, body: newcomer });
    expect(made.body).toMatchObject({ login: 'hanako', role: 'viewer', disabled: false, shopIds: null });
    expect(JSON.stringify(made.body)).not.toMatch(/argon|twelve/);
    const again = await ask(hub, 'POST', '/api/v1/users', { cookie, body: { ...newcomer, login: 'HANAKO' } });
    expect([again.status, errorOf(again.body)]).toEqual([409, 'login-taken']);

    const { id } = made.body as { id: string };
    const hers = await signIn(hub, 'hanako', newcomer.password);
    await ask(hub, 'PATCH', `/api/v1/users/${id}`, { cookie, body: { role: 'support' } });
    const session = await ask(hub, 'GET', '/api/v1/session', { cookie: hers });
    expect(session.body).toMatchObject({ user: { role: 'support' } });
    await ask(hub, 'PATCH', `/api/v1/users/${id}`, { cookie, body: { password: 'another password' } });
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie: hers })).status).toBe(401);
    await signIn(hub, 'hanako', 'another password');
    await ask(hub, 'PATCH', `/api/v1/users/${id}`, { cookie, body: { disabled: true } });
    await expect(signIn(hub, 'hanako', 'another password')).rejects.toThrow('401');
  });

  test('the last operator stays', async () => {
    const cookie = await signIn(hub, 'operator');
    const id = (await hub.accounts.list()).find(({ login }) => login === 'operator')?.id;
    for (const body of [{ role: 'viewer' }, { disabled: true }]) {
      const { status, body: answer } = await ask(hub, 'PATCH', `/api/v1/users/${id}`, { cookie, body });
      expect([status, errorOf(answer)]).toEqual([409, 'last-operator']);
    }
    expect((await ask(hub, 'GET', '/api/v1/users', { cookie })).status).toBe(200);
  });

  test('unknown and malformed ids', async () => {
    const cookie = await signIn(hub, 'operator');
    const unknown = await ask(hub, 'PATCH', `/api/v1/users/${crypto.randomUUID()}`, { cookie, body: {} });
    const malformed = await ask(hub, 'PATCH', '/api/v1/users/1', { cookie, body: {} });
    expect([unknown.status, malformed.status]).toEqual([404, 400]);
  });

  test('the first operator is made only where there is nobody', async () => {
    expect(await hub.accounts.ensureFirstOperator({ login: 'late', password })).toBe(false);
    expect((await hub.accounts.list()).some(({ login }) => login === 'late')).toBe(false);
  });
});

describe('a repeated write', () => {
  const body = { name: '山田花子', amounts: [{ yen: 100 }] };
  const write = (cookie: string, key: string, sent: unknown = body) =>
    ask(hub, 'POST', '/api/v1/probe', { cookie, body: sent, headers: { 'idempotency-key': key } });

  test('is done once and answered alike, and its answer is not readable in the database', async () => {
    const cookie = await signIn(hub, 'support');
    const first = await write(cookie, 'one');
    const runs = ProbeController.runs;
    const second = await write(cookie, 'one');
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(ProbeController.runs).toBe(runs);
    const rows = await hub.database.query(
      `select encode(sealed_answer, 'escape') as text, * from idempotency_keys`,
    );
    expect(rows).toHaveLength(1);
    expect(Buffer.from(rows[0].sealed_answer).includes(Buffer.from('花子'))).toBe(false);
    expect(rows[0].request_hash).not.toContain('花子');
  });

  test('with another body is refused; another person may use the same key', async () => {
    const cookie = await signIn(hub, 'support');
    await write(cookie, 'two');
    const other = await write(cookie, 'two', { ...body, name: 'other' });
    expect([other.status, errorOf(other.body)]).toEqual([409, 'idempotency-key-reused']);
    expect((await write(await signIn(hub, 'operator'), 'two', { ...body, name: 'other' })).status).toBe(201);
  });

  test('at the same moment runs once', async () => {
    const cookie = await signIn(hub, 'support');
    const runs = ProbeController.runs;
    const answers = await Promise.all(Array.from({ length: 8 }, () => write(cookie, 'burst')));
    expect(ProbeController.runs).toBe(runs + 1);
    for (const { status, body: answer } of answers) {
      expect([201, 409]).toContain(status);
      if (status === 409) expect(errorOf(answer)).toBe('still-in-progress');
    }
  });

  test('after an error may try again', async () => {
    const cookie = await signIn(hub, 'support');
    const runs = ProbeController.runs;
    for (let round = 0; round < 2; round += 1) {
      const { status, body: answer } = await write(cookie, 'error', { ...body, name: 'refuse' });
      expect([status, errorOf(answer)]).toEqual([409, 'not-now']);
    }
    expect(ProbeController.runs).toBe(runs + 2);
  });

  test('a key that is no key', async () => {
    const { status, body: answer } = await write(await signIn(hub, 'support'), 'x'.repeat(201));
    expect([status, errorViewSchema.parse(answer).fields[0]?.field]).toEqual([400, 'Idempotency-Key']);
  });
});

test('too many wrong passwords are stopped, for that login only, until the time is up', async () => {
  const attempt = (secret: string, login: string) =>
    ask(hub, 'POST', '/api/v1/session', { body: { login, password: secret } });
  hub.clock.forward(hourMs);
  for (let round = 0; round < 10; round += 1) expect((await attempt('wrong', 'viewer')).status).toBe(401);
  const stopped = await attempt(password, 'VIEWER');
  expect([stopped.status, errorOf(stopped.body)]).toEqual([429, 'too-many-tries']);
  expect((await attempt(password, 'support')).status).toBe(200);
  hub.clock.forward(16 * 60_000);
  expect((await attempt(password, 'viewer')).status).toBe(200);
});

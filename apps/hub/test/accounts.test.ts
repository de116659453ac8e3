import {
  accountViewSchema,
  auditPageSchema,
  errorViewSchema,
  invitedUserSchema,
  recoveryCodesViewSchema,
  sessionViewSchema,
  totpViewSchema,
} from '@np-hub/model';
import { codeAt, stepOf } from '../src/accounts/totp.js';
import { verifyChain } from '../src/audit/verify.js';
import { createKeyring } from '../src/security/keyring.js';
import {
  ask,
  password,
  ProbeController,
  signIn,
  startTestHub,
  type Answer,
  type TestHub,
} from './http-support.js';
import { fromBase32 } from './support/base32.js';

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
  const newcomer = { login: 'hanako', name: '花子', role: 'viewer' };

  test('are invited once, changed, and signed out when their rights change or they are shut out', async () => {
    const cookie = await signIn(hub, 'operator');
    const made = await ask(hub, 'POST', '/api/v1/users', { cookie, body: newcomer });
    const { user, link } = invitedUserSchema.parse(made.body);
    expect(user).toMatchObject({ login: 'hanako', role: 'viewer', disabled: false, shopIds: null });
    const again = await ask(hub, 'POST', '/api/v1/users', { cookie, body: { ...newcomer, login: 'HANAKO' } });
    expect([again.status, errorOf(again.body)]).toEqual([409, 'login-taken']);

    const { id } = user;
    await expect(signIn(hub, 'hanako', 'twelve letters')).rejects.toThrow('401');
    await accept(link.token, 'twelve letters');
    const hers = await signIn(hub, 'hanako', 'twelve letters');
    await ask(hub, 'PATCH', `/api/v1/users/${id}`, { cookie, body: { name: '花' } });
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie: hers })).body).toMatchObject({
      user: { name: '花' },
    });
    await ask(hub, 'PATCH', `/api/v1/users/${id}`, { cookie, body: { role: 'support' } });
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie: hers })).status).toBe(401);
    await signIn(hub, 'hanako', 'twelve letters');
    await ask(hub, 'PATCH', `/api/v1/users/${id}`, { cookie, body: { disabled: true } });
    await expect(signIn(hub, 'hanako', 'twelve letters')).rejects.toThrow('401');
  });

  test('nobody changes somebody above, or hands on more than they have', async () => {
    const cookie = await signIn(hub, 'operator');
    const owner = (await hub.accounts.list()).find(({ login }) => login === 'owner')?.id;
    for (const [method, path, body] of [
      ['PATCH', `/api/v1/users/${owner}`, { disabled: true }],
      ['POST', `/api/v1/users/${owner}/reset`, {}],
    ] as const) {
      expect((await ask(hub, method, path, { cookie, body })).status).toBe(403);
    }
    const raised = await ask(hub, 'POST', '/api/v1/users', { cookie, body: { ...newcomer, role: 'owner' } });
    expect([raised.status, errorViewSchema.parse(raised.body).fields[0]?.field]).toEqual([400, 'role']);
  });

  test('the last owner stays', async () => {
    const cookie = await signIn(hub, 'owner');
    const id = (await hub.accounts.list()).find(({ login }) => login === 'owner')?.id;
    for (const body of [{ role: 'viewer' }, { disabled: true }, { shopIds: [crypto.randomUUID()] }]) {
      const { status, body: answer } = await ask(hub, 'PATCH', `/api/v1/users/${id}`, { cookie, body });
      expect([status, errorOf(answer)]).toEqual([409, 'last-owner']);
    }
    expect((await ask(hub, 'GET', '/api/v1/users', { cookie })).status).toBe(200);
  });

  test('unknown and malformed ids', async () => {
    const cookie = await signIn(hub, 'operator');
    const unknown = await ask(hub, 'PATCH', `/api/v1/users/${crypto.randomUUID()}`, { cookie, body: {} });
    const malformed = await ask(hub, 'PATCH', '/api/v1/users/1', { cookie, body: {} });
    expect([unknown.status, malformed.status]).toEqual([404, 400]);
  });

  test('the first owner is made only where there is nobody', async () => {
    expect(await hub.accounts.ensureFirstOwner({ login: 'late', password })).toBe(false);
    expect((await hub.accounts.list()).some(({ login }) => login === 'late')).toBe(false);
  });
});

const accept = (token: string, fresh: string) =>
  ask(hub, 'POST', '/api/v1/links/accept', { body: { token, password: fresh } });

/** A person of the test's own, who has set a password. */
async function newPerson(login: string, role = 'viewer'): Promise<string> {
  const cookie = await signIn(hub, 'owner');
  const made = await ask(hub, 'POST', '/api/v1/users', { cookie, body: { login, name: login, role } });
  const { user, link } = invitedUserSchema.parse(made.body);
  expect((await accept(link.token, password)).status).toBe(204);
  return user.id;
}

describe('links', () => {
  test('set one password, once, before they expire; the database cannot give them away', async () => {
    const cookie = await signIn(hub, 'owner');
    const id = await newPerson('jiro');
    const old = await signIn(hub, 'jiro');
    const reset = await ask(hub, 'POST', `/api/v1/users/${id}/reset`, { cookie, body: {} });
    const { link } = invitedUserSchema.parse(reset.body);
    const stored = await hub.database.query(`select l::text from user_links l`);
    expect(JSON.stringify(stored)).not.toContain(link.token);
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie: old })).status).toBe(401);
    await expect(signIn(hub, 'jiro')).rejects.toThrow('401');
    const shown = await ask(hub, 'POST', '/api/v1/links/show', { body: { token: link.token } });
    expect(shown.body).toEqual({ login: 'jiro', name: 'jiro', kind: 'reset' });
    expect((await accept(link.token, 'password2026!')).status).toBe(400);
    const both = await Promise.all([
      accept(link.token, 'one of the two'),
      accept(link.token, 'one of the two'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
    await signIn(hub, 'jiro', 'one of the two');
    const again = await ask(hub, 'POST', `/api/v1/users/${id}/reset`, { cookie, body: {} });
    hub.clock.forward(25 * hourMs);
    expect((await accept(invitedUserSchema.parse(again.body).link.token, password)).status).toBe(404);
  });
});

describe('one’s own account', () => {
  const account = (cookie: string) => ask(hub, 'GET', '/api/v1/account', { cookie });
  const cookieIn = ({ headers }: Answer): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';

  test('a new password ends every other session and gives this one a new token', async () => {
    await newPerson('saburo');
    const [here, there] = [await signIn(hub, 'saburo'), await signIn(hub, 'saburo')];
    const wrong = await ask(hub, 'PUT', '/api/v1/account/password', {
      cookie: here,
      body: { password: 'not this one', fresh: 'a fresh one of mine' },
    });
    expect([wrong.status, errorViewSchema.parse(wrong.body).fields[0]?.field]).toEqual([400, 'password']);
    const changed = await ask(hub, 'PUT', '/api/v1/account/password', {
      cookie: here,
      body: { password, fresh: 'a fresh one of mine' },
    });
    expect(changed.status).toBe(204);
    expect((await account(here)).status).toBe(401);
    expect((await account(there)).status).toBe(401);
    expect((await account(cookieIn(changed))).status).toBe(200);
    await signIn(hub, 'saburo', 'a fresh one of mine');
  });

  test('devices are listed, and ended by their own person alone', async () => {
    await newPerson('shiro');
    const [here, there] = [await signIn(hub, 'shiro'), await signIn(hub, 'shiro')];
    const { devices } = accountViewSchema.parse((await account(here)).body);
    expect(devices.map(({ current }) => current).sort()).toEqual([false, true]);
    const other = devices.find(({ current }) => !current)?.id;
    const end = (cookie: string) => ask(hub, 'DELETE', `/api/v1/account/sessions/${other}`, { cookie });
    expect((await end(await signIn(hub, 'owner'))).status).toBe(404);
    expect((await end(here)).status).toBe(204);
    expect((await account(there)).status).toBe(401);
    expect((await account(here)).status).toBe(200);
  });

  test('a sign-in ends the session that the browser brought along', async () => {
    const planted = await signIn(hub, 'viewer');
    await ask(hub, 'POST', '/api/v1/session', { cookie: planted, body: { login: 'support', password } });
    expect((await ask(hub, 'GET', '/api/v1/session', { cookie: planted })).status).toBe(401);
  });

  test('a second factor: codes count once, recovery codes too, and its secret is sealed', async () => {
    await newPerson('goro');
    const cookie = await signIn(hub, 'goro');
    const begin = () => ask(hub, 'POST', '/api/v1/account/second-factor', { cookie, body: { password } });
    const { secret, uri } = totpViewSchema.parse((await begin()).body);
    expect(uri).toContain(`secret=${secret}`);
    const bytes = fromBase32(secret);
    const codeNow = (steps = 0) => codeAt(bytes, stepOf(hub.clock.now()) + steps);
    const confirm = (code: string) =>
      ask(hub, 'POST', '/api/v1/account/second-factor/confirm', { cookie, body: { code } });
    expect((await confirm('000000')).status).toBe(400);
    const confirmed = await confirm(codeNow());
    const { codes } = recoveryCodesViewSchema.parse(confirmed.body);
    expect(codes).toHaveLength(10);
    expect((await account(cookie)).status).toBe(401);
    const fresh = cookieIn(confirmed);
    expect((await account(fresh)).body).toMatchObject({ secondFactor: true, recoveryCodes: 10 });

    const enter = async (code?: string) => {
      const answer = await ask(hub, 'POST', '/api/v1/session', { body: { login: 'goro', password, code } });
      return answer.status === 200 ? 'in' : errorOf(answer.body);
    };
    expect(await enter()).toBe('code-needed');
    expect(await enter(codeNow())).toBe('wrong-code');
    expect(await enter(codeNow(1))).toBe('in');
    expect(await enter(codeNow(1))).toBe('wrong-code');
    hub.clock.forward(120_000);
    expect(await enter(` ${codeNow().slice(0, 3)} ${codeNow().slice(3)}`)).toBe('in');
    expect(await enter(codes[0]?.toLowerCase())).toBe('in');
    expect(await enter(codes[0])).toBe('wrong-code');

    const rows = await hub.database.query(`select * from users where login = 'goro'`);
    expect(Buffer.from(rows[0].sealed_totp).includes(bytes)).toBe(false);
    expect(JSON.stringify(rows)).not.toContain(codes[1]?.replaceAll('-', ''));
    const end = await ask(hub, 'POST', '/api/v1/account/second-factor/end', {
      cookie: fresh,
      body: { password },
    });
    expect(end.status).toBe(204);
    expect(await enter()).toBe('in');
  });
});

describe('a second factor that is demanded', () => {
  const cookieIn = ({ headers }: Answer): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const statusOf = async (cookie: string, method: string, path: string) =>
    (await ask(hub, method, `/api/v1${path}`, { cookie, ...(method === 'GET' ? {} : { body: {} }) })).status;
  const codeOf = (secret: string) => codeAt(fromBase32(secret), stepOf(hub.clock.now()));
  const demand = (cookie: string, secondFactorFrom: string | null) =>
    ask(hub, 'PUT', '/api/v1/access-rules', { cookie, body: { secondFactorFrom } });
  async function enrol(cookie: string): Promise<{ cookie: string; secret: string }> {
    const begun = await ask(hub, 'POST', '/api/v1/account/second-factor', { cookie, body: { password } });
    const { secret } = totpViewSchema.parse(begun.body);
    const body = { code: codeOf(secret) };
    const done = await ask(hub, 'POST', '/api/v1/account/second-factor/confirm', { cookie, body });
    expect(done.status).toBe(200);
    return { cookie: cookieIn(done), secret };
  }

  test('holds at once, lets nobody past its set-up, and cannot be turned off by oneself', async () => {
    await newPerson('rokuro', 'owner');
    await newPerson('shichiro', 'support');
    const plain = await signIn(hub, 'rokuro');
    const first = await demand(plain, 'operator');
    expect([first.status, errorOf(first.body)]).toEqual([409, 'own-factor-first']);
    const owner = await enrol(plain);
    const open = await signIn(hub, 'shichiro');
    expect(await statusOf(open, 'GET', '/probe')).toBe(200);
    expect((await demand(owner.cookie, 'operator')).status).toBe(200);
    expect(await statusOf(open, 'GET', '/probe')).toBe(200);
    expect((await demand(owner.cookie, 'viewer')).status).toBe(200);

    const refused = await ask(hub, 'GET', '/api/v1/probe', { cookie: open });
    expect([refused.status, errorOf(refused.body)]).toEqual([403, 'second-factor-needed']);
    const entered = await ask(hub, 'POST', '/api/v1/session', { body: { login: 'shichiro', password } });
    expect(sessionViewSchema.parse(entered.body).secondFactorNeeded).toBe(true);
    const cookie = cookieIn(entered);
    for (const path of ['/probe', '/users', '/access-rules', '/stream'])
      expect([path, await statusOf(cookie, 'GET', path)]).toEqual([path, 403]);
    const enrolled = await enrol(cookie);
    expect(await statusOf(enrolled.cookie, 'GET', '/probe')).toBe(200);
    expect((await ask(hub, 'GET', '/api/v1/account', { cookie: enrolled.cookie })).body).toMatchObject({
      secondFactor: true,
      secondFactorDemanded: true,
    });
    const end = await ask(hub, 'POST', '/api/v1/account/second-factor/end', {
      cookie: enrolled.cookie,
      body: { password },
    });
    expect([end.status, errorOf(end.body)]).toEqual([409, 'second-factor-demanded']);
    expect((await demand(owner.cookie, null)).status).toBe(200);
    expect(await statusOf(await signIn(hub, 'viewer'), 'GET', '/probe')).toBe(200);
  });
});

test('what was done to people stands in the audit trail, without secrets, and the chain holds', async () => {
  const { rows } = auditPageSchema.parse(
    (await ask(hub, 'GET', '/api/v1/audit?limit=200', { cookie: await signIn(hub, 'owner') })).body,
  );
  const actions = new Set(rows.map(({ action }) => action));
  for (const action of [
    'user-invited',
    'invitation-accepted',
    'user-reset',
    'password-changed',
    'second-factor-on',
  ])
    expect(actions).toContain(action);
  expect(JSON.stringify(rows)).not.toMatch(/argon|token|twelve letters/);
  const { auditKey } = createKeyring([{ id: 'a', secret: Buffer.alloc(32, 1) }]);
  expect(await verifyChain(hub.database, auditKey)).toMatchObject({
    brokenAt: null,
    lines: rows[0]?.sequence,
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

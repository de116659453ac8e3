import { errorViewSchema, invitedUserSchema } from '@np-hub/model';
import { ask, password, signIn, startTestHub, type TestHub } from './http-support.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub?.close());

const signedIn = async (login: string): Promise<number> =>
  (await ask(hub, 'POST', '/api/v1/session', { body: { login, password } })).status;

test('who is invited in full width has the same login as in half width', async () => {
  const cookie = await signIn(hub, 'owner');
  const invite = (login: string) =>
    ask(hub, 'POST', '/api/v1/users', { cookie, body: { login, name: '全角', role: 'viewer' } });
  const made = await invite('　ｗｉｄｅ０１');
  expect([made.status, invitedUserSchema.parse(made.body).user.login]).toEqual([201, 'wide01']);
  const again = await invite('wide01');
  expect([again.status, errorViewSchema.parse(again.body).error]).toEqual([409, 'login-taken']);
});

test('either width signs in, also to an account that was made in full width before that was so', async () => {
  expect([await signedIn('ｓｕｐｐｏｒｔ'), await signedIn('support')]).toEqual([200, 200]);
  await hub.database.query(`update users set login = 'ｓｕｐｐｏｒｔ' where login = 'support'`);
  expect([await signedIn('ｓｕｐｐｏｒｔ'), await signedIn('support')]).toEqual([200, 200]);
});

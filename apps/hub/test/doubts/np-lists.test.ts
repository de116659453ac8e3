import { randomUUID } from 'node:crypto';
import { writeTable } from '@np-hub/kit';
import type { NpFilePreview, NpFileView, NpListSource, NpRowPage } from '@np-hub/model';
import { cartOf, type Cart } from '../path/cart.js';
import { startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub({
    gatewaySettings: { duplicateGuardConfirmed: false, duplicateGuardCode: '' },
    timing: { retryMs: 50 },
  });
  cart = cartOf(hub);
}, 60_000);
afterAll(() => hub.stop());

const usualHeader = ['加盟店取引ID', '購入者氏名', 'NP取引ID'];

/** NP's list as its console might give it, in code page 932. */
const listOf = (rows: readonly (readonly [shopId: string, npId: string])[], header = usualHeader): Buffer =>
  writeTable(
    'cp932',
    header,
    rows.map(([shopId, npId]) => [shopId, '山田　太郎', npId]),
  ).bytes;

async function send<Body>(path: string, content: Buffer, login = 'support') {
  await hub.as(login);
  const signedIn = await fetch(`${hub.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: 'correct horse battery' }),
  });
  const response = await fetch(`${hub.url}/api/v1/np-lists/${hub.connectionId}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      cookie: signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '',
      'idempotency-key': randomUUID(),
    },
    body: new Uint8Array(content),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

const take = (content: Buffer) => send<NpFileView>('?name=np.csv', content);

async function lostRegistration(): Promise<string> {
  await cart.fault({ fault: 'drop-answer', operation: 'register', times: 1 });
  const number = await cart.place();
  await hub.until(number, 'in-doubt');
  await cart.noFaults();
  return number;
}

test('NP’s own list ends doubts: each id is checked with NP, and the person stands in the history', async () => {
  const number = await lostRegistration();
  const { npTransactionId } = cart.theOneAtNp(number);
  const list = listOf([[number, npTransactionId]]);
  const seen = await send<NpFilePreview>('/preview', list);
  expect(seen).toMatchObject({ status: 200, body: { rows: 1, matched: 1, preview: { encoding: 'cp932' } } });
  expect((await hub.stored(number))?.state).toBe('in-doubt');

  expect(await take(list)).toMatchObject({ status: 200, body: { by: 'support', counts: { taken: 1 } } });
  await hub.until(number, 'approved');
  const page = await hub.page(number);
  expect(page.timeline).toContainEqual(expect.objectContaining({ name: 'np-id-entered', by: 'support' }));
  expect(await take(list)).toMatchObject({ body: { counts: { agrees: 1 } } });
});

test('a row that NP does not confirm, that is another order’s, or torn, ends no doubt; nobody’s name is kept', async () => {
  const lost = await lostRegistration();
  const other = await cart.place();
  await hub.until(other, 'approved');
  const mine = cart.theOneAtNp(lost).npTransactionId;
  const theirs = cart.theOneAtNp(other).npTransactionId;
  const counts = async (...rows: (readonly [string, string])[]) => (await take(listOf(rows))).body.counts;
  expect(await counts([lost, theirs])).toEqual({ 'id-in-use': 1 });
  expect(await counts([lost, '99999999999'])).toEqual({ 'not-at-np': 1 });
  expect(await counts([lost, mine], [lost, '99999999999'])).toEqual({ 'several-ids': 2 });
  expect(await counts(['nobody-1', '88888888888'], [lost, '12'])).toEqual({ unknown: 1, malformed: 1 });
  await cart.fault({ fault: 'garbage', operation: 'find' });
  const unanswered = await take(listOf([[lost, mine]]));
  await cart.noFaults();
  expect(unanswered.body.counts).toEqual({ unanswered: 1 });
  const support = await hub.as('support');
  const rows = await support.get<NpRowPage>(`/np-lists/${hub.connectionId}/${unanswered.body.id}/rows`);
  expect(rows.body.rows).toMatchObject([{ line: 2, shopTransactionId: lost, npTransactionId: mine }]);
  const kept = await hub.database.query<unknown[]>('select * from np_file_rows');
  expect(JSON.stringify(kept)).not.toContain('山田');
});

test('an id that contradicts the hub is pointed out at the order, and changes nothing there', async () => {
  const number = await cart.place();
  await hub.until(number, 'approved');
  const before = await hub.page(number);
  expect(await take(listOf([[number, '77777777777']]))).toMatchObject({
    body: { counts: { contradicts: 1 } },
  });
  const after = await hub.page(number);
  expect(after).toMatchObject({ state: 'approved', npTransactionId: before.npTransactionId, actor: 'shop' });
  expect(after.attentions).toContain('second-np-id');
});

test('a list under other headers is read once somebody has named them; without them it is a clear 400', async () => {
  const number = await lostRegistration();
  const list = listOf([[number, cart.theOneAtNp(number).npTransactionId]], ['ご注文No', '氏名', 'お取引No']);
  expect(await take(list)).toMatchObject({ status: 400, body: { error: 'columns-missing' } });
  const columns = `shopTransactionId=${encodeURIComponent('ご注文No')}&npTransactionId=${encodeURIComponent('お取引No')}`;
  const taken = await send<NpFileView>(`?name=np.csv&remember=1&${columns}`, list);
  expect(taken.body.counts).toEqual({ taken: 1 });
  expect(await take(list)).toMatchObject({ body: { counts: { agrees: 1 } } });
});

test('viewers may not, another connection is a 404, and open doubts are counted for each connection', async () => {
  const number = await lostRegistration();
  const viewer = await hub.as('viewer');
  expect((await viewer.get('/np-lists')).status).toBe(403);
  const { body } = await (await hub.as('support')).get<readonly NpListSource[]>('/np-lists');
  expect(body.find(({ connectionId }) => connectionId === hub.connectionId)?.doubts).toBeGreaterThan(0);
  const strange = await (await hub.as('support')).get(`/np-lists/${randomUUID()}/${randomUUID()}/rows`);
  expect(strange.status).toBe(404);
  const page = await hub.page(number);
  expect(page.doubt).toMatchObject({ operation: 'register', way: 'person', arrived: false, guarded: false });
  expect(page.doubt?.absenceFrom).not.toBeNull();
});

import { Accounts } from '../../src/accounts/accounts.js';
import { ChangeFeed } from '../../src/http/stream.js';
import { cartOf } from '../path/cart.js';
import { request } from '../support/client.js';
import { addShop, password, startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let otherShop: string;
let feed: ChangeFeed;

beforeAll(async () => {
  hub = await startTestHub();
  otherShop = await addShop(hub, { connectionId: hub.connectionId, name: '二号店' });
  await (await hub.as('operator')).post(`/shops/${otherShop}/pause`);
  feed = hub.app.get(ChangeFeed, { strict: false });
});
afterAll(() => hub.stop());

async function person(login: string, shopIds?: readonly string[]): Promise<string> {
  await hub.app
    .get(Accounts, { strict: false })
    .ensureUser({ login, name: login, role: 'support', password, ...(shopIds ? { shopIds } : {}) });
  const { headers } = await request(hub.url, 'POST', '/api/v1/session', { body: { login, password } });
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** An open page: what its stream says next, and whether it ends. */
async function opened(headers: Record<string, string>) {
  const abort = new AbortController();
  const response = await fetch(`${hub.url}/api/v1/stream`, { headers, signal: abort.signal });
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  if (!reader) throw new Error('No stream');
  let text = '';
  const read = async (): Promise<boolean> => {
    const { value, done } = await reader.read();
    if (value) text += Buffer.from(value).toString('utf8');
    return done;
  };
  while (!text.includes('connected')) await read();
  return {
    /** When the first `changed` happened that it tells of. */
    changed: async (): Promise<string> => {
      for (;;) {
        const [, at] = /event: changed[\s\S]*?"at":"([^"]+)"/u.exec(text) ?? [];
        if (at !== undefined) return at;
        if (await read()) throw new Error('The stream ended');
      }
    },
    ended: async (): Promise<boolean> => {
      while (!(await read()));
      return true;
    },
    close: () => abort.abort(),
  };
}

test('a page hears of changes in its own shops alone', async () => {
  await (await hub.as('operator')).post(`/shops/${hub.shopId}/pause`);
  await hub.settle();
  const told = jest.spyOn(feed, 'notify').mockImplementation(() => undefined);
  const everything = await opened({ cookie: await person('everything') });
  const elsewhere = await opened({ cookie: await person('elsewhere', [otherShop]) });
  told.mockRestore();
  feed.notify([hub.shopId]);
  const first = await everything.changed();
  hub.clock.forward(3_600_000);
  const later = hub.clock.now().toISOString();
  feed.notify([otherShop]);
  expect((await elsewhere.changed()) >= later).toBe(true);
  expect(first < later).toBe(true);
  everything.close();
  elsewhere.close();
  await (await hub.as('operator')).post(`/shops/${hub.shopId}/resume`);
});

test('what changes is told with its shop', async () => {
  const told = jest.spyOn(feed, 'notify');
  await hub.until(await cartOf(hub).place(), 'approved');
  await hub.eventually(async () => told.mock.calls.length > 0);
  expect(told.mock.calls.flat(2)).not.toContain(otherShop);
  expect(told.mock.calls.flat(2)).not.toContain(null);
  told.mockRestore();
});

test('a stream ends with its session, its key, and the role and shops it was opened with; others go on', async () => {
  const owner = await hub.as('owner');
  const users = async () => (await owner.get<{ id: string; login: string }[]>('/users')).body;
  const made = await owner.post<{ id: string; key: string }>('/api-keys', {
    name: 'reader',
    role: 'viewer',
    shopIds: null,
  });
  const leaving = await person('leaving');
  const staying = await opened({ cookie: await person('staying') });
  const out = await opened({ cookie: leaving });
  const raised = await opened({ cookie: await person('raised') });
  const narrowed = await opened({ cookie: await person('narrowed') });
  const key = await opened({ authorization: `Bearer ${made.body.key}` });
  const idOf = async (login: string) => (await users()).find((user) => user.login === login)?.id ?? '';
  const left = await request(hub.url, 'DELETE', '/api/v1/session', { cookie: leaving });
  expect(left.status).toBe(204);
  expect((await owner.patch(`/users/${await idOf('raised')}`, { role: 'viewer' })).status).toBe(200);
  expect((await owner.patch(`/users/${await idOf('narrowed')}`, { shopIds: [otherShop] })).status).toBe(200);
  expect((await owner.delete(`/api-keys/${made.body.id}`)).status).toBe(204);
  for (const page of [out, raised, narrowed, key]) expect(await page.ended()).toBe(true);
  feed.notify(null);
  expect(await staying.changed()).toMatch(/^20/u);
  staying.close();
});

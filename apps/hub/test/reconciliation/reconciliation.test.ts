import { randomUUID } from 'node:crypto';
import type { FindingPage, FindingView, ReconciliationView } from '@np-hub/model';
import { Accounts } from '../../src/accounts/accounts.js';
import { CartStep } from '../../src/reconciliation/cart-step.js';
import { FindingList } from '../../src/reconciliation/finding-list.js';
import { Reconciler } from '../../src/reconciliation/reconciler.js';
import { Runs, RunTaken, type Run } from '../../src/reconciliation/runs.js';
import { Shops, type OpenShop } from '../../src/shops/shops.js';
import { cartOf, type Cart } from '../path/cart.js';
import { password, startTestHub, type TestHub } from '../support/hub.js';

/** Nobody looks at carts and NP by himself: what is found, the reconciliation has found. */
const never = 24 * 3_600_000;
const timing = {
  pullMs: never,
  pullQuietMs: never,
  sweepMs: never,
  read: {
    soon: { firstMs: 50, longestMs: 150 },
    slow: { firstMs: never, longestMs: never },
    idle: { firstMs: never, longestMs: never },
  },
};

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub({ timing, policies: { reregisterAfterLapse: false } });
  cart = cartOf(hub);
}, 60_000);
afterAll(() => hub.stop());

const support = () => hub.as('support');
const pull = async () => (await support()).post(`/shops/${hub.shopId}/run-now`);
const atNp = (action: string, number: string) =>
  hub.control('POST', `/np/${action}`, { shop_transaction_id: number });

/** Orders that NP has approved and whose cart says so. */
async function approved(count: number): Promise<string[]> {
  const numbers = await Promise.all(Array.from({ length: count }, () => cart.place()));
  for (const number of numbers) {
    // A run that is just ending may not have seen the last of them.
    await hub.eventually(async () => {
      const known = await hub.stored(number);
      if (!known) await pull();
      return known !== undefined;
    });
    await hub.until(number, 'approved');
    await hub.eventually(async () => cart.word(number) === '審査OK');
    await hub.eventually(async () => (await hub.page(number)).pushed.unsent === null);
  }
  return numbers;
}

async function ended(id: string): Promise<ReconciliationView> {
  let run: ReconciliationView | undefined;
  await hub.eventually(async () => {
    const path = `/shops/${hub.shopId}/reconciliations/${id}`;
    run = (await (await support()).get<ReconciliationView>(path)).body;
    return run.finishedAt !== null;
  });
  return run as ReconciliationView;
}

async function reconcile(): Promise<ReconciliationView> {
  const asked = await (await support()).post<ReconciliationView>(`/shops/${hub.shopId}/reconciliations`);
  expect(asked.status).toBe(202);
  return ended(asked.body.id);
}

async function findings(query: string): Promise<FindingView[]> {
  const path = `/findings?shopId=${hub.shopId}&${query}`;
  return (await (await support()).get<FindingPage>(path)).body.rows;
}

const openAbout = async (number: string): Promise<FindingView> => {
  const [found] = (await findings('state=open')).filter(({ orderNumber }) => orderNumber === number);
  if (!found) throw new Error(`Nothing is open about ${number}`);
  return found;
};

const eventsOf = async (number: string) => (await hub.page(number)).timeline.map(({ name }) => name);

test('drift of every kind is found, repaired or offered; once settled, nothing is found any more', async () => {
  const [gone, refused, paid, alive, unknown, painted, dearer, closed, missing, fine] = (await approved(
    10,
  )) as [string, string, string, string, string, string, string, string, string, string];
  await hub.act(alive, 'cancel');
  await hub.until(alive, 'cancelled');
  expect((await reconcile()).counts).toEqual({});

  await atNp('cancel', gone);
  await hub.control('POST', '/np/outcome', {
    shop_transaction_id: refused,
    outcome: { result: 'ng', ng: 'NG001' },
  });
  await atNp('report', paid);
  await atNp('pay', paid);
  await atNp('revive', alive);
  await atNp('forget', unknown);
  await cart.paint(painted, '審査NG');
  await cart.edit(dearer, { items: [{ productName: 'タオル', priceYen: 4321, quantity: 1 }] });
  await cart.cancel(closed);
  await cart.remove(missing);
  await reconcile();
  // Only a second whole reading without the order makes anybody ask.
  const second = await reconcile();

  const kinds = Object.fromEntries(
    (await findings('limit=100')).map(({ orderNumber, kind, state }) => [orderNumber, `${kind} ${state}`]),
  );
  expect(kinds).toEqual({
    [gone]: 'np-cancelled repaired',
    [refused]: 'np-state repaired',
    [paid]: 'np-paid repaired',
    [alive]: 'np-alive open',
    [unknown]: 'np-unknown open',
    [painted]: 'cart-word repaired',
    [dearer]: 'cart-amount repaired',
    [closed]: 'cart-cancelled repaired',
    [missing]: 'cart-missing open',
  });
  expect(second.counts).toEqual({ 'np-alive': 1, 'np-unknown': 1, 'cart-missing': 1 });
  await hub.until(gone, 'lapsed');
  await hub.until(refused, 'rejected');
  await hub.until(paid, 'paid');
  await hub.until(closed, 'cancelled');
  await hub.until(unknown, ({ gate }) => gate === 'wait');
  await hub.eventually(async () => cart.word(painted) === '審査OK');
  await hub.until(dearer, 'approved');
  expect(cart.theOneAtNp(dearer).edits).toBe(1);
  expect((await hub.stored(fine))?.gate).toBe('ship');
  expect(await eventsOf(gone)).toContain('drift-found');
  const entry = (await hub.page(painted)).timeline.find(({ name }) => name === 'word-drift-found');
  expect(entry?.details).toMatchObject({ shown: '審査NG', expected: '審査OK' });

  await (await support()).post(`/findings/${(await openAbout(alive)).id}/repair`);
  await hub.eventually(async () => cart.theOneAtNp(alive).state === 'cancelled');
  await hub.until(alive, 'cancelled');
  await (await support()).post(`/findings/${(await openAbout(missing)).id}/repair`);
  await hub.until(missing, 'cancelled');
  const aside = await openAbout(unknown);
  const dismissed = await (await support()).post<FindingView>(`/findings/${aside.id}/dismiss`);
  expect(dismissed.body).toMatchObject({ state: 'resolved', resolution: 'dismissed', resolvedBy: 'support' });
  expect((await (await support()).post(`/findings/${aside.id}/repair`)).status).toBe(409);
  const last = await reconcile();
  expect(last).toMatchObject({ counts: {}, outcome: 'done', phase: 'done', error: null });
  expect(last.checked).toBe(last.total);
  expect(await findings('state=open')).toEqual([]);
});

test('what NP does not answer is asked again, and a run that stopped half-way goes on from where it stood', async () => {
  const [first, other] = (await approved(2)) as [string, string];
  await atNp('cancel', first);
  await cart.paint(other, '審査NG');
  await cart.fault({ fault: 'server-error', target: 'np', operation: 'find' });
  const { body } = await (await support()).post<ReconciliationView>(`/shops/${hub.shopId}/reconciliations`);
  const again = await (await support()).post<ReconciliationView>(`/shops/${hub.shopId}/reconciliations`);
  expect(again.body.id).toBe(body.id);
  await hub.eventually(async () => {
    const [row] = await hub.database.query<{ error: string | null }[]>(
      'select error from reconciliations where id = $1',
      [body.id],
    );
    return row?.error !== null;
  });
  // As a hub leaves it that dies after the side of NP: its name is nobody's, and its lease is still running.
  await cart.noFaults();
  await hub.database.query(
    `update reconciliations set phase = 'cart', token = $2, lease_owner = $3, lease_until = $4, next_at = asked_at
     where id = $1 and finished_at is null`,
    [body.id, hub.shopId, 'gone', new Date(hub.clock.now().getTime() + 600_000)],
  );
  await hub.eventually(async () => {
    await hub.app.get(Reconciler, { strict: false }).begin();
    const [row] = await hub.database.query<{ finished: boolean }[]>(
      'select finished_at is not null as finished from reconciliations where id = $1',
      [body.id],
    );
    return row?.finished ?? false;
  });
  expect((await ended(body.id)).counts).toEqual({ 'cart-word': 1 });
  expect((await hub.stored(first))?.state).toBe('approved');
  expect((await reconcile()).counts).toEqual({ 'np-cancelled': 1 });
  await hub.until(first, 'lapsed');
});

test('a run stays in its hub’s hands while one long day is read, and writes nothing once another hub has it', async () => {
  await approved(1);
  const parts = [CartStep, Runs, Shops].map((type) => hub.app.get(type as never, { strict: false }));
  const [step, runs, shops] = parts as unknown as [CartStep, Runs, Shops];
  const run: Run = {
    id: randomUUID(),
    shopId: hub.shopId,
    token: randomUUID(),
    phase: 'cart',
    position: null,
    tries: 0,
  };
  const now = hub.clock.now();
  await hub.database.query(
    `insert into reconciliations (id, shop_id, asked_at, next_at, started_at, phase, token, lease_owner, lease_until)
     values ($1, $2, $3, $3, $3, 'cart', $4, 'other', $5)`,
    [run.id, hub.shopId, now, run.token, new Date(now.getTime() + 600_000)],
  );
  const open = await shops.open(hub.shopId);
  const taken: number[] = [];
  const pages = async function* () {
    for (let page = 0; page < 3; page += 1) {
      hub.clock.forward(6 * 60_000);
      yield [];
      taken.push((await runs.claim(9)).length);
    }
    await hub.database.query('update reconciliations set token = $2 where id = $1', [run.id, randomUUID()]);
    yield [];
  };
  const pull = { ...open.adapter.pull, fetchOrders: pages } as NonNullable<OpenShop['adapter']['pull']>;
  const reading = step.step(run, { ...open, adapter: { ...open.adapter, pull } }, () => false);
  await expect(reading).rejects.toBeInstanceOf(RunTaken);
  expect(taken).toEqual([0, 0, 0]);
  await hub.database.query('delete from reconciliations where id = $1', [run.id]);
});

test('by the shop’s rules a word is offered and not sent, and what is alive at NP is cancelled by itself', async () => {
  const operator = await hub.as('operator');
  const rule = (policies: object) => operator.patch(`/shops/${hub.shopId}`, { policies });
  const [painted, alive] = (await approved(2)) as [string, string];
  await rule({ wordDrift: 'offered', endedAlive: 'automatic' });
  await hub.act(alive, 'cancel');
  await hub.until(alive, 'cancelled');
  await atNp('revive', alive);
  await cart.paint(painted, '審査NG');
  expect((await reconcile()).counts).toEqual({ 'np-alive': 1, 'cart-word': 1 });
  await hub.eventually(async () => cart.theOneAtNp(alive).state === 'cancelled');
  expect((await reconcile()).counts).toEqual({ 'cart-word': 1 });
  expect(cart.word(painted)).toBe('審査NG');
  expect((await eventsOf(painted)).filter((name) => name === 'word-drift-found')).toHaveLength(1);
  const found = await openAbout(painted);
  await (await support()).post(`/findings/${found.id}/repair`);
  await hub.eventually(async () => cart.word(painted) === '審査OK');
  const entry = (await hub.page(painted)).timeline.find(({ name }) => name === 'word-repair-requested');
  expect(entry?.by).toBe('support');

  // An NP that goes on telling the last result of what has ended: the cancel is repeated once, and its answer is proof.
  await hub.control('PATCH', '/settings', { findAfterCancel: 'last-result' });
  expect((await reconcile()).counts['np-alive']).toBeGreaterThan(0);
  await hub.eventually(async () => {
    const rows = await hub.database.query<unknown[]>(`select 1 from effects where lane = 'write'`);
    return rows.length === 0;
  });
  expect((await reconcile()).counts).toEqual({});
  await hub.control('PATCH', '/settings', { findAfterCancel: 'refuse' });
  await rule({ wordDrift: 'automatic', endedAlive: 'offered' });
});

test('a viewer reads and asks for nothing; people of another shop are told that there is none', async () => {
  const [known] = await findings('limit=1');
  const viewer = await hub.as('viewer');
  expect((await viewer.get<FindingPage>('/findings')).body.rows.length).toBeGreaterThan(0);
  expect((await viewer.post(`/shops/${hub.shopId}/reconciliations`)).status).toBe(403);
  expect((await viewer.post(`/findings/${known?.id ?? ''}/dismiss`)).status).toBe(403);
  const accounts = hub.app.get(Accounts, { strict: false });
  await accounts.ensureUser({
    login: 'elsewhere',
    name: 'よその店',
    role: 'support',
    password,
    shopIds: [hub.connectionId],
  });
  const foreign = await hub.as('elsewhere');
  const paths = [`/shops/${hub.shopId}/reconciliations`, `/findings?shopId=${hub.shopId}`];
  for (const path of paths) expect((await foreign.get(path)).status).toBe(404);
  expect((await foreign.post(`/shops/${hub.shopId}/reconciliations`)).status).toBe(404);
  expect((await foreign.post(`/findings/${known?.id ?? ''}/dismiss`)).status).toBe(404);
  expect((await foreign.get<FindingPage>('/findings')).body.rows).toEqual([]);
});

test('nightly: asked for once when the shop’s hour in Japan comes, and not where it is switched off', async () => {
  const reconciler = hub.app.get(Reconciler, { strict: false });
  const overview = () => hub.app.get(FindingList, { strict: false }).overview(hub.shopId);
  await hub.eventually(async () => {
    await reconciler.wake();
    return (await overview()).nextAt !== null;
  });
  const before = await overview();
  const nextAt = new Date(before.nextAt ?? '');
  expect(nextAt.toLocaleString('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit' })).toBe('03');
  hub.clock.forward(nextAt.getTime() - hub.clock.now().getTime() + 1);
  await reconciler.wake();
  await reconciler.wake();
  await hub.eventually(async () => (await overview()).runs.every(({ finishedAt }) => finishedAt !== null));
  const after = await overview();
  // Another night may have begun while the tests before moved the time on.
  const asked = after.runs.filter(
    ({ by, askedAt }) => by === null && Date.parse(askedAt) >= nextAt.getTime(),
  );
  expect(asked).toHaveLength(1);
  expect(Date.parse(after.nextAt ?? '') - nextAt.getTime()).toBe(24 * 3_600_000);

  await hub.app.get(Shops, { strict: false }).update(hub.shopId, { policies: { reconcileNightly: false } });
  await reconciler.wake();
  hub.clock.forward(25 * 3_600_000);
  await reconciler.wake();
  await reconciler.idle();
  const off = await overview();
  expect(off.nextAt).toBeNull();
  const nightly = ({ runs }: typeof off) => runs.filter(({ by }) => by === null);
  expect(nightly(off)).toEqual(nightly(after));
});

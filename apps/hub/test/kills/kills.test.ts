import { setTimeout as sleep } from 'node:timers/promises';
import { limits, type TransactionView } from '@np-hub/model';
import { asked, say } from '../chaos/asked.js';
import { judge, type HubRow as JudgedRow } from '../chaos/simulation/verdict.js';
import { byOrder, doubles, orderOf } from './support/lives.js';
import { actAtOnce, between, cancelInHub, chance } from './support/people.js';
import { type HubRow, type Scene, setScene } from './support/scene.js';
import { complaintAbout } from './support/verdict.js';

const ordersPerWave = 100;
const seed = asked?.seed ?? 20_261_121;
const orders = asked?.orders ?? 500;
const waves = Math.ceil(orders / ordersPerWave);
const othersAtOnce = asked ? asked.hubs - 1 : 1;
const restarts = asked?.restarts ?? 1;
const random = chance(seed);

let scene: Scene;
const cancelledInHub = new Set<string>();
const figures = { kills: 0, heldAtKills: 0, restarts: 0, doubts: 0, resolved: 0, waiting: 0 };

/** Every tenth answer of each writing operation is lost after the work was done, and calls take their time. */
async function spoilTheLine(): Promise<void> {
  const dropped = { fault: 'drop-answer', every: 10 };
  for (const operation of ['register', 'edit', 'cancel', 'report', 'find']) {
    await scene.control('POST', '/faults', { ...dropped, target: 'np', operation });
  }
  await scene.control('POST', '/faults', {
    ...dropped,
    target: 'makeshop',
    operation: 'updateOrderPaymentStatus',
  });
  await scene.control('POST', '/faults', { fault: 'latency', target: 'np', delayMs: 80 });
}

/** New orders in both shops, of every kind, with people who act on them by the words in the cart. */
async function placeOrders(wave: number): Promise<void> {
  const count = Math.min(ordersPerWave, orders - (wave - 1) * ordersPerWave);
  const shares = { guarded: Math.ceil(count / 2), unknown: Math.floor(count / 2) };
  for (const [shopId, share] of Object.entries(shares)) {
    const order = { count: share, seed: between(random, 1, 1e9), mix: 'demo', alive: true, shopId };
    if (share > 0) await scene.control('POST', '/makeshop/orders/bulk', order);
  }
}

/** Waits for a moment by chance at which writing calls are under way; gives how many transactions they carry. */
async function worstMoment(): Promise<number> {
  await sleep(between(random, 200, 1_200));
  const lagMs = between(random, 0, 60);
  for (const limit = performance.now() + 10_000; performance.now() < limit; await sleep(10)) {
    const [row] = await scene.query<{ held: number }>(
      `select count(*)::int as held from transactions where facts -> 'inFlight' ->> 'phase' = 'sent'`,
    );
    if (!row || row.held === 0) continue;
    await sleep(lagMs);
    return row.held;
  }
  return 0;
}

/** In which waves the database goes away, spread over all of them. */
const restartsIn = (wave: number): number =>
  Math.floor((wave * restarts) / waves) - Math.floor(((wave - 1) * restarts) / waves);

/** One wave: orders come, people act, the database goes away, and a hub dies in the middle of its calls. */
async function surviveWave(wave: number): Promise<void> {
  await placeOrders(wave);
  const others = await Promise.all(
    Array.from({ length: asked || wave === 3 ? othersAtOnce : 0 }, () => scene.startAnother()),
  );
  for (let time = 0; time < restartsIn(wave); time += 1) {
    await worstMoment();
    await scene.restartDatabase(between(random, 100, 1_500));
    figures.restarts += 1;
  }
  figures.heldAtKills += await worstMoment();
  const [other] = others.splice(0, asked ? 1 : 0);
  await Promise.all([scene.hub().kill(), other?.kill()]);
  figures.kills += other ? 2 : 1;
  await Promise.all([actAtOnce(scene, random), scene.start()]);
  for (const number of await cancelInHub(scene, 2, random)) cancelledInHub.add(number);
  await Promise.all(others.map((hub) => hub.stop('SIGTERM')));
}

async function complaints(): Promise<string[]> {
  const rows = new Map((await scene.rows()).map((row) => [row.order_number, row]));
  const lives = byOrder(scene.sandbox.transactions());
  return scene.sandbox.orders().flatMap((order) => {
    const number = order.displayOrderNumber;
    const complaint = complaintAbout({
      order,
      lives: lives.get(number) ?? [],
      row: rows.get(number),
      cancelledInHub: cancelledInHub.has(number),
    });
    return complaint === null ? [] : [complaint];
  });
}

const inDoubt = async (): Promise<HubRow[]> =>
  (await scene.rows()).filter(({ state }) => state === 'in-doubt');

/** As a person does it: looks the order up at NP, and enters its id, or says that there is none: not before its time. */
async function resolve({ shop_id: shopId, id }: HubRow): Promise<'entered' | 'absent' | 'too-early'> {
  const path = `/transactions/${shopId}/${id}`;
  const view = await scene.operator.ask<TransactionView>('GET', path);
  const shopTransactionId = view.attempts.at(-1)?.shopTransactionId ?? '';
  const [atNp] = scene.sandbox.transactions(shopTransactionId);
  if (!atNp) {
    const lostAt = view.timeline.find(({ name }) => name === 'answer-lost')?.at ?? '';
    const isOver = (): boolean => Date.now() - Date.parse(lostAt) >= limits.absenceAfterMs;
    const wasOver = isOver();
    const answer = await scene.operator.call('POST', `${path}/actions/confirm-absence`, {});
    if (answer.status === 200) {
      expect(isOver()).toBe(true);
      return 'absent';
    }
    expect(answer).toMatchObject({ status: 409, body: { error: 'too-early' } });
    expect(wasOver).toBe(false);
    return 'too-early';
  }
  const { npTransactionId } = atNp;
  await scene.operator.ask('POST', `${path}/actions/enter-np-id`, { npTransactionId });
  return 'entered';
}

/** The line of figures that the command prints. Doubts that nobody can resolve yet are counted apart: `waiting`. */
async function report(startedMs: number): Promise<void> {
  const rows = await scene.query<JudgedRow>(
    'select id, shop_id, order_number, state, actor, attentions, facts from transactions order by order_number',
  );
  const findings = judge(scene.sandbox, rows, cancelledInHub);
  const isWaiting = (number: string): boolean => scene.sandbox.transactions(number).length === 0;
  findings.inDoubtOpen = findings.inDoubtOpen.filter((number) => !isWaiting(number));
  const counts = Object.fromEntries(Object.entries(findings).map(([name, of]) => [name, of.length]));
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  say(JSON.stringify({ orders, ...counts, seconds, seed, ...figures }));
  const wrong = Object.entries(findings).filter(([, of]) => of.length > 0);
  for (const [name, of] of wrong) say(`  ${name}: ${of.join('; ')}`);
  const again = `--mode process --seed ${seed} --orders ${orders} --hubs ${asked?.hubs ?? 2} --restarts ${restarts}`;
  if (wrong.length > 0) say(`  again: npm run chaos -- ${again}`);
  expect(wrong).toEqual([]);
}

beforeAll(async () => {
  scene = await setScene();
});

afterAll(() => scene?.close());

test(
  'kills in the middle of calls, a restart of the database, every tenth answer lost: nothing is lost, nothing is doubled',
  async () => {
    const startedMs = performance.now();
    await spoilTheLine();
    await scene.control('POST', '/life', { on: true, ordersPerMinute: 0, paceMs: [100, 500] });
    for (let wave = 1; wave <= waves; wave += 1) await surviveWave(wave);
    await scene.control('DELETE', '/faults');
    await scene.settle(180_000 + orders * 60);
    expect(scene.sandbox.orders()).toHaveLength(orders);
    expect(doubles(scene.sandbox.transactions())).toEqual([]);
    if (!asked) expect(await complaints()).toEqual([]);

    const doubts = await inDoubt();
    figures.doubts = doubts.length;
    const answers = await Promise.all(doubts.map(resolve));
    figures.resolved = answers.filter((answer) => answer !== 'too-early').length;
    await scene.settle(180_000);
    figures.waiting = (await inDoubt()).length;
    await report(startedMs);
    expect(figures.waiting).toBe(doubts.length - figures.resolved);
    expect(doubles(scene.sandbox.transactions())).toEqual([]);
    expect(await complaints()).toEqual([]);
    // Each transaction at NP is known by its id.
    const ids = await scene.query<{ id: string }>('select np_transaction_id as id from attempts');
    const known = new Set(ids.map(({ id }) => id));
    const unknown = scene.sandbox.transactions().filter(({ npTransactionId }) => !known.has(npTransactionId));
    expect(unknown.map(orderOf)).toEqual([]);
  },
  asked ? 4 * 3_600_000 : 240_000,
);

test('no shop was ever read by two hubs at once', async () => {
  const overlaps = await scene.query(
    `select one.shop_id, one.started_at, other.started_at from runs one join runs other
       on other.shop_id = one.shop_id and other.id <> one.id and other.started_at >= one.started_at
     where other.started_at < coalesce(one.finished_at, 'infinity')`,
  );
  expect(overlaps).toEqual([]);
  const [counted] = await scene.query<{ runs: number }>(`select count(*)::int as runs from runs`);
  expect(counted?.runs).toBeGreaterThan(orders / 25);
});

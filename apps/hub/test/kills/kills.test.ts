import { setTimeout as sleep } from 'node:timers/promises';
import type { TransactionView } from '@np-hub/model';
import { byOrder, doubles, orderOf } from './support/lives.js';
import { actAtOnce, between, cancelInHub, chance } from './support/people.js';
import { type HubRow, type Scene, setScene } from './support/scene.js';
import { complaintAbout } from './support/verdict.js';

const waves = 5;
const ordersPerWave = 100;
const random = chance(20_261_121);

let scene: Scene;
const cancelledInHub = new Set<string>();
const figures = {
  orders: waves * ordersPerWave,
  kills: 0,
  heldAtKills: 0,
  doubts: 0,
  resolved: 0,
  waiting: 0,
};

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
  for (const shopId of ['guarded', 'unknown']) {
    const order = { count: ordersPerWave / 2, seed: wave, mix: 'demo', alive: true, shopId };
    await scene.control('POST', '/makeshop/orders/bulk', order);
  }
}

/** Waits for a moment by chance at which writing calls are under way; gives how many transactions they carry. */
async function worstMoment(): Promise<number> {
  await sleep(between(random, 200, 1_200));
  for (const limit = performance.now() + 10_000; performance.now() < limit; await sleep(10)) {
    const [row] = await scene.query<{ held: number }>(
      `select count(*)::int as held from transactions where facts -> 'inFlight' ->> 'phase' = 'sent'`,
    );
    if (!row || row.held === 0) continue;
    await sleep(between(random, 0, 60));
    return row.held;
  }
  throw new Error('No call was under way for ten seconds');
}

/** One wave: orders come, people act, and the hub dies in the middle of its calls and is started again. */
async function surviveKill(wave: number): Promise<void> {
  await placeOrders(wave);
  const another = wave === 3 ? await scene.startAnother() : null;
  figures.heldAtKills += await worstMoment();
  await scene.hub().kill();
  figures.kills += 1;
  await Promise.all([actAtOnce(scene, random), scene.start()]);
  for (const number of await cancelInHub(scene, 2, random)) cancelledInHub.add(number);
  await another?.stop('SIGTERM');
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

/** As a person does it: looks the order up at NP, and enters its id, or says that there is none. */
async function resolve({ shop_id: shopId, id }: HubRow): Promise<'entered' | 'too-early'> {
  const path = `/transactions/${shopId}/${id}`;
  const view = await scene.operator.ask<TransactionView>('GET', path);
  const shopTransactionId = view.attempts.at(-1)?.shopTransactionId ?? '';
  const [atNp] = scene.sandbox.transactions(shopTransactionId);
  if (!atNp) {
    const answer = await scene.operator.call('POST', `${path}/actions/confirm-absence`, {});
    expect(answer).toMatchObject({ status: 409, body: { error: 'too-early' } });
    return 'too-early';
  }
  const { npTransactionId } = atNp;
  await scene.operator.ask('POST', `${path}/actions/enter-np-id`, { npTransactionId });
  return 'entered';
}

beforeAll(async () => {
  scene = await setScene();
}, 60_000);

afterAll(() => scene?.close());

test('five kills during 500 orders, every tenth answer lost: nothing is lost, nothing is doubled', async () => {
  await spoilTheLine();
  await scene.control('POST', '/life', { on: true, ordersPerMinute: 0, paceMs: [100, 500] });
  for (let wave = 1; wave <= waves; wave += 1) await surviveKill(wave);
  await scene.control('DELETE', '/faults');
  await scene.settle(90_000);
  expect(scene.sandbox.orders()).toHaveLength(figures.orders);
  expect(doubles(scene.sandbox.transactions())).toEqual([]);
  expect(await complaints()).toEqual([]);

  const doubts = await inDoubt();
  figures.doubts = doubts.length;
  const answers = await Promise.all(doubts.map(resolve));
  figures.resolved = answers.filter((answer) => answer === 'entered').length;
  await scene.settle(60_000);
  const left = await inDoubt();
  figures.waiting = left.length;
  expect(left).toHaveLength(doubts.length - figures.resolved);
  expect(doubles(scene.sandbox.transactions())).toEqual([]);
  expect(await complaints()).toEqual([]);
  // Each transaction at NP is known by its id.
  const ids = await scene.query<{ id: string }>('select np_transaction_id as id from attempts');
  const known = new Set(ids.map(({ id }) => id));
  const unknown = scene.sandbox.transactions().filter(({ npTransactionId }) => !known.has(npTransactionId));
  expect(unknown.map(orderOf)).toEqual([]);
  process.stdout.write(`kills: ${JSON.stringify({ ...figures, doubles: 0, lost: 0 })}\n`);
}, 240_000);

test('no shop was ever read by two hubs at once', async () => {
  const overlaps = await scene.query(
    `select one.shop_id, one.started_at, other.started_at from runs one join runs other
       on other.shop_id = one.shop_id and other.id <> one.id and other.started_at >= one.started_at
     where other.started_at < coalesce(one.finished_at, 'infinity')`,
  );
  expect(overlaps).toEqual([]);
  const [counted] = await scene.query<{ runs: number }>(`select count(*)::int as runs from runs`);
  expect(counted?.runs).toBeGreaterThan(20);
});

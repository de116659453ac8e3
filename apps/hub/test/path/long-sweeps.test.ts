import { SchedulerRegistry } from '@nestjs/schedule';
import { anySystem } from '@np-hub/adapter-any-system';
import type { CartAdapter } from '@np-hub/kit';
import { adapters } from '../../src/adapters.js';
import { Pull } from '../../src/intake/pull.js';
import { startTestHub, TestClock, type TestHub } from '../support/hub.js';
import { pausedShop } from '../words/paused-shop.js';

const dayMs = 86_400_000;
/** A page of this cart shows one day. */
const pageMs = 30_000;
const days = 12;

const clock = new TestClock();
let pagesOfDay = 1;
let starts: Date[] = [];
/** How many hubs could take the shop at each page. */
let lookers: number[] = [];
/** Comes between the first page of an old day and the next one. */
let meanwhile: (() => Promise<unknown>) | null = null;
let hub: TestHub;

beforeAll(async () => {
  async function* fetchOrders(_: unknown, window: { from: Date; to: Date }) {
    starts.push(window.from);
    for (let at = window.from.getTime(); at < window.to.getTime(); at += dayMs / pagesOfDay) {
      clock.forward(pageMs);
      lookers.push(await claimable());
      if (starts.length > 1) await meanwhile?.();
      meanwhile = starts.length > 1 ? null : meanwhile;
      yield await Promise.resolve([]);
    }
  }
  const checkConnection = () => Promise.reject(new Error('Nobody asks'));
  const slow = { ...anySystem, id: 'slow', pull: { fetchOrders, checkConnection } };
  (adapters as CartAdapter[]).push(slow as CartAdapter);
  hub = await startTestHub({ clock, timing: { recentWindowMs: 2 * dayMs, sweepMs: dayMs } });
  hub.app.get(SchedulerRegistry, { strict: false }).deleteInterval('pull');
});
afterAll(() => hub.stop());

/** Shops of which another hub would say that nobody holds them. */
async function claimable(): Promise<number> {
  const rows = await hub.database.query<unknown[]>(
    `select 1 from shops where mode = 'live' and next_run_at <= $1 and lease_until < $1`,
    [hub.clock.now()],
  );
  return rows.length;
}

/** One run of the shop, whose cart has so many pages a day; gives how it ended and from where it swept. */
async function run(shopId: string, pages = 1): Promise<{ outcome: string; from: Date | undefined }> {
  starts = [];
  lookers = [];
  pagesOfDay = pages;
  await hub.database.query('update shops set next_run_at = case when id = $1 then $2::timestamptz end', [
    shopId,
    hub.clock.now(),
  ]);
  const pull = hub.app.get(Pull, { strict: false });
  await pull.work();
  await pull.idle();
  const [row] = await hub.database.query<{ outcome: string }[]>(
    'select outcome from runs where shop_id = $1 order by started_at desc limit 1',
    [shopId],
  );
  return { outcome: row?.outcome ?? '', from: starts[1] };
}

/** A shop with an open order on each of so many days, the only one that is read. */
async function shopWith(prefix: string, count: number) {
  const shop = await pausedShop(hub, { adapter: 'slow' });
  const numbers = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  await shop.take(numbers.map((number) => shop.order(number)));
  await hub.database.query(
    `update transactions set ordered_at = $2::timestamptz - interval '3 days' - substr(order_number, 3)::int * interval '1 day'
     where shop_id = $1`,
    [shop.id, hub.clock.now()],
  );
  await hub.database.query(`update shops set mode = case when id = $1 then 'live' else 'paused' end`, [
    shop.id,
  ]);
  return shop;
}

test('a sweep that a change of the shop has overtaken begins anew, even where no order came since', async () => {
  const shop = await shopWith('M', 3);
  meanwhile = () => shop.patch({ policies: { contractedCarrier: true } });
  const overtaken = await run(shop.id);
  expect(overtaken.outcome).toBe('unfinished');
  const [row] = await hub.database.query<object[]>('select swept_at, swept_to from shops where id = $1', [
    shop.id,
  ]);
  expect(row).toEqual({ swept_at: null, swept_to: null });
  expect((await run(shop.id)).from).toEqual(overtaken.from);
});

test('the recent days and a single old one are read to their end, however many pages they have, and by one hub', async () => {
  const shop = await shopWith('P', 1);
  expect((await run(shop.id, 30)).outcome).toBe('done');
  expect(lookers).toEqual(Array.from({ length: 3 * 30 }, () => 0));
  const [row] = await hub.database.query<{ swept: boolean }[]>(
    'select swept_at is not null as swept from shops where id = $1',
    [shop.id],
  );
  expect(row?.swept).toBe(true);
});

test('a cart whose pages have no end is left after two hours', async () => {
  const shop = await shopWith('E', 1);
  expect((await run(shop.id, 10_000)).outcome).toBe('unfinished');
  expect(lookers.length * pageMs).toBeLessThanOrEqual(2 * 3_600_000 + 2 * pageMs);
});

// Last: the day that it lets pass ends the sessions of the others.
test('a sweep that does not fit into one run goes on in the next from where it was, and comes to its end', async () => {
  const shop = await shopWith('L', days);
  const runs = [await run(shop.id)];
  while (runs.length < 6 && runs.at(-1)?.outcome === 'unfinished') runs.push(await run(shop.id));
  expect(runs.at(-1)?.outcome).toBe('done');
  const [first = 0, second = 0, ...later] = runs.map(({ from }) => Number(from));
  expect(second).toBe(first);
  // Days that did not fit together were read one by one.
  expect(Math.min(...later)).toBeGreaterThan(second + dayMs);
  expect(new Set(later).size).toBe(later.length);
  clock.forward(dayMs);
  expect(Number((await run(shop.id)).from)).toBe(first);
});

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeshop } from '@np-hub/adapter-makeshop';
import type { ChangeView } from '@np-hub/model';
import type { DataSource, EntityManager } from 'typeorm';
import { cursorOf } from '../../src/changes/cursor.js';
import { Numbering } from '../../src/changes/numbering.js';
import { ChangePages } from '../../src/changes/pages.js';
import { recordChanges, type ChangeRow } from '../../src/changes/record.js';
import { openDataSource } from '../../src/database/data-source.js';
import { dropOldPartitions, ensurePartitions } from '../../src/database/partitions.js';
import { ApiProblem } from '../../src/http/problem.js';
import type { OpenShop } from '../../src/shops/shops.js';
import { createTestDatabase } from '../support/database.js';

let database: DataSource;
let drop: () => Promise<void>;
const shop = randomUUID();
const otherShop = randomUUID();

beforeAll(async () => {
  const made = await createTestDatabase();
  drop = made.drop;
  database = await openDataSource(made.url, 20);
});
afterAll(async () => {
  await database.destroy();
  await drop();
});

/** As after a restart: nothing of it is in memory. */
const newPages = (): ChangePages =>
  new ChangePages(database, new Numbering(database), {
    settingsOf: (ids) =>
      Promise.resolve(
        new Map(ids.map((id) => [id, { adapter: makeshop as OpenShop['adapter'], settings: {} }])),
      ),
  });

const rowOf = (orderNumber: string, fields: Partial<ChangeRow> = {}): ChangeRow => ({
  shopId: shop,
  transactionId: randomUUID(),
  orderNumber,
  at: new Date().toISOString(),
  state: 'approved',
  gate: 'ship',
  wordKey: 'approved',
  npTransactionId: null,
  reasons: [],
  previousState: null,
  ...fields,
});

const write = (...rows: ChangeRow[]): Promise<void> =>
  database.transaction((manager) => recordChanges(manager, rows));

async function readAll(
  after: string | undefined,
  limit = 1_000,
): Promise<{ rows: ChangeView[]; next: string }> {
  const rows: ChangeView[] = [];
  for (let cursor = after; ;) {
    const page = await newPages().page({ after: cursor, limit, shopIds: null });
    rows.push(...page.rows);
    if (!page.more) return { rows, next: page.next };
    cursor = page.next;
  }
}

const end = async (): Promise<string> => (await readAll(undefined)).next;

describe('many writers and readers at once', () => {
  const orders = ['A', 'B', 'C', 'D', 'E'];
  const versions = new Map<string, number>();

  /** As `Transactions` does it: the transaction's own row is locked first; then it moves, and its change is noted. */
  async function move(manager: EntityManager, order: string): Promise<void> {
    await manager.query('select pg_advisory_xact_lock(hashtext($1))', [order]);
    const version = (versions.get(order) ?? 0) + 1;
    versions.set(order, version);
    await recordChanges(manager, [rowOf(order, { npTransactionId: String(version) })]);
  }

  async function writer(seed: number): Promise<number> {
    let written = 0;
    for (let round = 0; round < 40; round += 1) {
      const [first, second] = [orders[(seed + round) % 5], orders[(seed * 3 + round) % 5]].sort();
      await database.transaction(async (manager) => {
        // Takes its number among the database's transactions early, and commits late.
        await manager.query('select pg_current_xact_id()');
        await sleep((seed * 7 + round * 3) % 11);
        for (const order of new Set([first, second])) {
          await move(manager, order ?? '');
          written += 1;
        }
        await sleep((seed * 5 + round) % 7);
      });
    }
    return written;
  }

  async function reader(limit: number, isOver: () => boolean): Promise<ChangeView[]> {
    const rows: ChangeView[] = [];
    let cursor: string | undefined = start;
    for (let last = false; ;) {
      const page = await newPages().page({ after: cursor, limit, shopIds: null });
      rows.push(...page.rows);
      cursor = page.next;
      if (last && !page.more) return rows;
      // What is committed before this look is in the pages after it.
      last = isOver();
      await sleep(limit % 5);
    }
  }

  let start: string;

  test('every reader gets every row once, all in one order, and each order’s changes as they happened', async () => {
    start = await end();
    let over = false;
    const reading = [1, 2, 3, 7, 100].map((limit) => reader(limit, () => over));
    const written = await Promise.all(Array.from({ length: 8 }, (_, seed) => writer(seed + 1)));
    over = true;
    const seen = await Promise.all(reading);
    const count = written.reduce((sum, each) => sum + each, 0);
    for (const rows of seen) {
      expect(rows).toHaveLength(count);
      expect(new Set(rows.map(({ cursor }) => cursor)).size).toBe(count);
      expect(rows.map(({ cursor }) => cursor)).toEqual(seen[0]?.map(({ cursor }) => cursor));
    }
    for (const order of orders) {
      const told = seen[0]?.filter(({ orderNumber }) => orderNumber === order) ?? [];
      expect(told.map(({ npTransactionId }) => Number(npTransactionId))).toEqual(
        told.map((_, index) => index + 1),
      );
      expect(told).toHaveLength(versions.get(order) ?? 0);
    }
  });
});

test('a transaction that stays open holds nobody up, and its rows come once it commits', async () => {
  const start = await end();
  const runner = database.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  await recordChanges(runner.manager, [rowOf('slow-1'), rowOf('slow-2')]);
  await write(rowOf('quick-1'));
  const before = await readAll(start, 1);
  expect(before.rows.map(({ orderNumber }) => orderNumber)).toEqual(['quick-1']);
  await write(rowOf('quick-2'));
  await runner.commitTransaction();
  await runner.release();
  const after = await readAll(before.next, 1);
  expect(after.rows.map(({ orderNumber }) => orderNumber).sort()).toEqual(['quick-2', 'slow-1', 'slow-2']);
  expect((await readAll(after.next)).rows).toEqual([]);
});

test('what is rolled back never appears', async () => {
  const start = await end();
  const undone = database.transaction(async (manager) => {
    await recordChanges(manager, [rowOf('undone')]);
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  await write(rowOf('done'));
  expect((await readAll(start)).rows.map(({ orderNumber }) => orderNumber)).toEqual(['done']);
});

test('more than one step of numbering keeps the order', async () => {
  const start = await end();
  const rows = Array.from({ length: 11_000 }, (_, index) => rowOf(`bulk-${index}`));
  for (let from = 0; from < rows.length; from += 1_000) await write(...rows.slice(from, from + 1_000));
  const { rows: told } = await readAll(start);
  expect(told.map(({ orderNumber }) => orderNumber)).toEqual(rows.map(({ orderNumber }) => orderNumber));
});

test('a row says what the transaction is now, in the shop’s own word, with what the codes mean', async () => {
  const start = await end();
  await write(
    rowOf('held', {
      state: 'held',
      gate: 'wait',
      wordKey: 'held',
      reasons: ['RE009', 'XX999'],
      npTransactionId: '1',
    }),
  );
  const [row] = (await readAll(start)).rows;
  expect(row).toMatchObject({ orderNumber: 'held', state: 'held', gate: 'wait', word: '審査保留' });
  expect(row?.reasons[0]?.title.ja).not.toBe('RE009');
  expect(row?.reasons[1]).toEqual({ code: 'XX999', title: { ja: 'XX999', en: 'XX999' } });
});

test('a scope shows its own shops alone, and its cursor goes on over the rows of others', async () => {
  const start = await end();
  await write(rowOf('mine'), rowOf('theirs', { shopId: otherShop }));
  const page = await newPages().page({ after: start, limit: 10, shopIds: [shop] });
  expect(page.rows.map(({ orderNumber }) => orderNumber)).toEqual(['mine']);
  expect(page.next).toBe(await end());
  expect(await newPages().page({ after: start, limit: 10, shopIds: [] })).toMatchObject({
    rows: [],
    more: false,
  });
});

async function problemOfPage(after: string): Promise<ApiProblem> {
  const failure: unknown = await newPages()
    .page({ after, limit: 10, shopIds: null })
    .catch((error: unknown) => error);
  if (!(failure instanceof ApiProblem)) throw new Error(`Not refused: ${after}`);
  return failure;
}

describe('cursors', () => {
  test.each([
    '',
    'x',
    '0',
    '-1',
    'MQ',
    Buffer.from('c1.-1').toString('base64url'),
    'YzEuMQ==',
    ' YzEuMQ',
    'YzEuMDE',
  ])('%j is none: 400, and the field is named', async (after) => {
    const problem = await problemOfPage(after);
    expect(problem.getStatus()).toBe(400);
    expect(problem.view.fields.map(({ field }) => field)).toEqual(['after']);
  });

  test('one that is ahead of the feed, as after a restore, is refused instead of skipping what comes', async () => {
    const problem = await problemOfPage(cursorOf(10n ** 12n));
    expect([problem.getStatus(), problem.view.error]).toEqual([410, 'cursor-expired']);
  });

  test('old months go, and a cursor before their end has expired; one at the end goes on', async () => {
    const now = new Date();
    const old = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 15, 10));
    await ensurePartitions(database, old);
    const before = await end();
    await write(rowOf('old-1', { at: old.toISOString() }), rowOf('old-2', { at: old.toISOString() }));
    const atEnd = await end();
    await write(rowOf('kept'));
    await dropOldPartitions(database, now);
    await dropOldPartitions(database, now);
    expect((await problemOfPage(before)).getStatus()).toBe(410);
    expect((await readAll(atEnd)).rows.map(({ orderNumber }) => orderNumber)).toEqual(['kept']);
    expect((await readAll(undefined)).rows.map(({ orderNumber }) => orderNumber)).toContain('kept');
  });

  test('a time gives a place before everything of that time and later', async () => {
    const start = await end();
    const moment = new Date(Date.now() + 60_000);
    await write(
      rowOf('early'),
      rowOf('late', { at: new Date(moment.getTime() + 1).toISOString() }),
      rowOf('early-2'),
    );
    const position = await newPages().positionAt(moment);
    const { rows } = await readAll(cursorOf(position));
    expect(rows.map(({ orderNumber }) => orderNumber)).toEqual(['late', 'early-2']);
    expect((await readAll(start)).rows).toHaveLength(3);
    const later = await newPages().positionAt(new Date(moment.getTime() + 3_600_000));
    expect(cursorOf(later)).toBe(await end());
  });
});

import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../../src/database/data-source.js';
import { Presence } from '../../src/dispatch/presence.js';
import { createTestDatabase } from '../support/database.js';

const ids = { next: () => randomUUID() };
const now = '2026-11-21T10:00:00.000Z';
const inOneMinute = '2026-11-21T10:01:00.000Z';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let one: DataSource;
let other: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  [one, other] = await Promise.all([openDataSource(database.url, 4), openDataSource(database.url, 4)]);
});

afterAll(async () => {
  await Promise.all([one.destroy(), other.destroy()]);
  await database.drop();
});

/** A shop that is being pulled and an effect that is being run, both held under this name for a minute. */
async function hold(owner: string): Promise<string> {
  const [connectionId, shopId, transactionId] = [ids.next(), ids.next(), ids.next()];
  await one.query(
    `insert into connections (id, name, gateway, merchant, settings, created_at) values ($1, 'c', 'g', 'm', '', $2)`,
    [connectionId, now],
  );
  await one.query(
    `insert into shops (id, name, adapter, connection_id, settings, policies, mode, lease_owner, lease_until, created_at)
     values ($1, 's', 'a', $2, '', '{}', 'live', $3, $4, $5)`,
    [shopId, connectionId, owner, inOneMinute, now],
  );
  await one.query(`insert into runs (id, shop_id, started_at, outcome) values ($1, $2, $3, 'running')`, [
    ids.next(),
    shopId,
    now,
  ]);
  await one.query(
    `insert into transactions (shop_id, id, order_number, connection_id, merchant, version, facts, state, state_since, gate,
       actor, attentions, billed_yen, reasons, ordered_at, reading_hash, content_hash, blind, created_at, updated_at)
     values ($1, $2, 'O', $3, 'm', 1, '{}', 'received', $4, 'wait', 'none', '{}', 1, '[]', $4, '', '', '{}', $4, $4)`,
    [shopId, transactionId, connectionId, now],
  );
  await one.query(
    `insert into effects (shop_id, transaction_id, lane, connection_id, operation, attempt, due_at, token, lease_owner, lease_until)
     values ($1, $2, 'write', $3, 'register', 1, $4, $5, $6, $7)`,
    [shopId, transactionId, connectionId, now, ids.next(), owner, inOneMinute],
  );
  return shopId;
}

/** What is left of the leases on a shop, its run and its effect. */
async function heldOf(shopId: string) {
  const [row] = (await one.query(
    `select s.lease_owner as shop, r.outcome as run, e.lease_until >= $2 as effect from shops s
     join runs r on r.shop_id = s.id join effects e on e.shop_id = s.id where s.id = $1`,
    [shopId, now],
  )) as { shop: string | null; run: string; effect: boolean }[];
  return row;
}

/** As when the process dies: the server ends its session. */
async function cut(owner: string): Promise<void> {
  const [row] = (await other.query(
    `select pg_terminate_backend(pid, 10000) as cut from pg_locks where locktype = 'advisory'
     and ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0)`,
    [owner],
  )) as { cut: boolean }[];
  expect(row).toEqual({ cut: true });
}

test('what a living hub holds is left alone, whoever looks', async () => {
  const [living, looking] = [new Presence(one, ids), new Presence(other, ids)];
  const [owner, again] = await Promise.all([living.owner(), living.owner()]);
  expect(again).toBe(owner);
  expect([living.isHeld(owner), looking.isHeld(owner)]).toEqual([true, false]);
  const shopId = await hold(owner);
  await looking.endLeasesOfGone(now);
  await living.endLeasesOfGone(now);
  expect(await heldOf(shopId)).toEqual({ shop: owner, run: 'running', effect: true });
  await living.onApplicationShutdown();
  await looking.onApplicationShutdown();
});

test('what a hub held whose session has ended is free at once, and its run is told as interrupted', async () => {
  const [dying, looking] = [new Presence(one, ids), new Presence(other, ids)];
  const owner = await dying.owner();
  const shopId = await hold(owner);
  await cut(owner);
  await looking.endLeasesOfGone(now);
  expect(await heldOf(shopId)).toEqual({ shop: null, run: 'interrupted', effect: false });
  await dying.onApplicationShutdown();
  await looking.onApplicationShutdown();
});

test('a hub that has lost its session knows, and goes on under another name', async () => {
  const presence = new Presence(one, ids);
  const owner = await presence.owner();
  await cut(owner);
  await presence.endLeasesOfGone(now);
  expect(presence.isHeld(owner)).toBe(false);
  const next = await presence.owner();
  expect(next).not.toBe(owner);
  expect(presence.isHeld(next)).toBe(true);
  await presence.onApplicationShutdown();
  expect(presence.isHeld(next)).toBe(false);
});

import { DataSource } from 'typeorm';
import { verifyChain } from '../../src/audit/verify.js';
import { runCommand } from '../../src/cli/command.js';
import { BackupError } from '../../src/maintenance/backup-frames.js';
import { restoreBackup } from '../../src/maintenance/restore.js';
import { rotateKeys } from '../../src/maintenance/rotate.js';
import { sealedColumns } from '../../src/maintenance/sealed-columns.js';
import { CipherError } from '../../src/security/cipher.js';
import { createKeyring, renewKeyring, type Keyring } from '../../src/security/keyring.js';
import { KEYRING } from '../../src/tokens.js';
import { cartOf } from '../path/cart.js';
import { emptyTestDatabase } from '../support/database.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { backupOf, streamOf } from './backups.js';

const oldKey = { id: 'test', secret: Buffer.alloc(32, 7) };
const newKey = { id: 'newer', secret: Buffer.alloc(32, 8) };
const oldRing = createKeyring([oldKey]);
const newRing = createKeyring([newKey, oldKey]);

let hub: TestHub;
/** Of the first order, sealed with the old key. */
let oldFile: Buffer;
let first: string;

beforeAll(async () => {
  hub = await startTestHub();
  first = await cartOf(hub).place();
  await hub.until(first, 'approved');
  oldFile = await backedUp(oldRing);
});
afterAll(() => hub.stop());

const backedUp = (keyring: Keyring) => backupOf(hub, keyring);

/** What restoring a file into an empty database leaves there. */
async function restored<T>(
  file: Buffer,
  keyring: Keyring,
  look: (database: DataSource) => Promise<T>,
): Promise<T> {
  const target = await emptyTestDatabase();
  try {
    await restoreBackup(target.url, keyring, streamOf(file));
    const database = await new DataSource({ type: 'postgres', url: target.url }).initialize();
    try {
      return await look(database);
    } finally {
      await database.destroy();
    }
  } finally {
    await target.drop();
  }
}

const tables = ['attempts', 'payloads', 'changes', 'shops', 'users', 'api_keys', 'audit'];
/** Every row, but for the one thing that a restore itself writes down: that a transaction's memory ends there. */
const rowsIn = async (database: DataSource): Promise<unknown> => {
  const plain = tables.map((table) => `select '${table}', t::text as row from ${table} t order by 2`);
  const rows = await Promise.all(
    [
      ...plain,
      `select (to_jsonb(t) - 'version' - 'updated_at')::text as row from transactions t order by t.id`,
      `select t::text as row from history t where event->>'type' <> 'backup-restored' order by 1`,
    ].map((sql) => database.query<{ row: string }[]>(sql)),
  );
  return rows.map((each) => each.map(({ row }) => row.replaceAll(/"restoredAt": (?:null|"[^"]*")/gu, '')));
};

/** Columns of bytes that hold hashes and no sealed record. */
const hashes = ['api_keys.secret_hash', 'audit.hash', 'audit.previous_hash', 'audit_head.hash'].concat([
  'sessions.token_hash',
  'user_links.token_hash',
  'users.recovery_hashes',
  'buyer_links.token_hash',
]);

test('every column of bytes is known: sealed and rotated, or a hash', async () => {
  const columns = await hub.database.query<{ name: string }[]>(
    `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and a.atttypid in ('bytea'::regtype, 'bytea[]'::regtype)`,
  );
  const known = [...sealedColumns.map(({ table, column }) => `${table}.${column}`), ...hashes];
  expect(columns.map(({ name }) => name).sort()).toEqual(known.sort());
});

test('keys are rotated under load: no request fails, everything is sealed anew, and old backups still open', async () => {
  const cart = cartOf(hub);
  const support = await hub.as('support');
  renewKeyring(hub.app.get<Keyring>(KEYRING, { strict: false }), [newKey, oldKey]);
  const statuses: number[] = [];
  let rotating = true;
  const page = `/transactions/${hub.shopId}/${(await hub.stored(first))?.id ?? ''}`;
  const busy = Array.from({ length: 3 }, async (_, each) => {
    for (let round = each; rotating; round += 1) {
      const ask = round % 3;
      // What is sealed is opened by the page, and sealed by the note, with whichever key stands in front at that moment.
      if (ask === 0) statuses.push((await support.get('/transactions')).status);
      if (ask === 1) statuses.push((await support.get(page)).status);
      if (ask === 2) statuses.push((await support.post(`${page}/notes`, { text: `${round}` })).status);
    }
  });
  const placed = Promise.all(Array.from({ length: 6 }, () => cart.place()));
  const rotated = await rotateKeys(hub.database, newRing);
  rotating = false;
  await Promise.all(busy);
  expect(rotated.reduce((sum, { records }) => sum + records, 0)).toBeGreaterThan(4);
  expect(statuses.length).toBeGreaterThan(2);
  expect(statuses.filter((status) => status !== 200 && status !== 204)).toEqual([]);
  for (const number of await placed) await hub.until(number, 'approved');
  const stale = await Promise.all(
    sealedColumns.map(({ table, column }) =>
      hub.database.query<{ count: number }[]>(
        `select count(*)::int from ${table} where ${column} is not null
           and substring(${column} from 3 for get_byte(${column}, 1)) <> 'newer'::bytea`,
      ),
    ),
  );
  expect(stale.flat().every(({ count }) => count === 0)).toBe(true);
  expect((await rotateKeys(hub.database, newRing)).every(({ records }) => records === 0)).toBe(true);
  for (const keyring of [oldRing, newRing]) {
    const orders = await restored(oldFile, keyring, (database) =>
      database.query('select order_number from transactions'),
    );
    expect(orders).toEqual([{ order_number: first }]);
  }
  // With the key of then in the list every sealed record of then opens; without it the backup itself does not.
  const thirdRing = createKeyring([{ id: 'third', secret: Buffer.alloc(32, 9) }, newKey, oldKey]);
  const sealedAnew = await restored(oldFile, thirdRing, (database) => rotateKeys(database, thirdRing));
  expect(sealedAnew.reduce((sum, { records }) => sum + records, 0)).toBeGreaterThan(4);
  const withoutOld = createKeyring([newKey]);
  await expect(restored(oldFile, withoutOld, async () => undefined)).rejects.toBeInstanceOf(CipherError);
});

test('a backup is the whole database of one moment, to the letter', async () => {
  await hub.settle();
  // Nothing of it may move between the file and the look at the database.
  await (await hub.as('owner')).post(`/shops/${hub.shopId}/pause`);
  await hub.eventually(async () => {
    const read = await hub.database.query<unknown[]>('select 1 from shops where lease_until is not null');
    return read.length === 0;
  });
  const file = await backedUp(newRing);
  const before = await rowsIn(hub.database);
  const after = await restored(file, newRing, async (database) => {
    expect(await verifyChain(database, newRing.auditKey)).toMatchObject({ brokenAt: null });
    return rowsIn(database);
  });
  await (await hub.as('owner')).post(`/shops/${hub.shopId}/resume`);
  expect(after).toEqual(before);
  const told = await restored(file, newRing, (database) =>
    database.query(`select count(*)::int as live,
      count(*) filter (where facts::text like '%"restoredAt":"%')::int as told from transactions
      where exists (select 1 from attempts a where a.transaction_id = id and a.live)`),
  );
  expect(told).toEqual([{ live: 7, told: 7 }]);
  expect(file.includes(Buffer.from(first))).toBe(false);
});

test('a file that is cut off, changed, of another key or none at all is refused, and so is a database in use', async () => {
  const changed = Buffer.from(oldFile);
  changed[changed.length - 20] = (changed[changed.length - 20] ?? 0) ^ 1;
  const strange = createKeyring([{ id: 'test', secret: Buffer.alloc(32, 9) }]);
  const never = async () => undefined;
  await expect(restored(oldFile.subarray(0, -30), oldRing, never)).rejects.toBeInstanceOf(BackupError);
  await expect(restored(Buffer.from('PK'), oldRing, never)).rejects.toBeInstanceOf(BackupError);
  await expect(restored(changed, oldRing, never)).rejects.toBeInstanceOf(CipherError);
  await expect(restored(oldFile, strange, never)).rejects.toBeInstanceOf(CipherError);
  await expect(restoreBackup(hub.databaseUrl, oldRing, streamOf(oldFile))).rejects.toThrow(/not empty/u);
});

test('the audit trail only grows, and tells where somebody has gone around that', async () => {
  await expect(hub.database.query(`update audit set by_login = 'nobody'`)).rejects.toThrow(/only grows/u);
  await expect(hub.database.query('delete from audit')).rejects.toThrow(/only grows/u);
  await expect(hub.database.query('truncate audit')).rejects.toThrow(/only grows/u);
  const check = (earlier?: string) => verifyChain(hub.database, newRing.auditKey, earlier);
  const { head, lines } = await check();
  expect(await check(head)).toMatchObject({ brokenAt: null, holdsEarlierHead: true });
  expect(await check(`${lines}:00`)).toMatchObject({ holdsEarlierHead: false });
  const tampered = async (statement: string) => {
    const runner = hub.database.createQueryRunner();
    await runner.startTransaction();
    await runner.query('alter table audit disable trigger audit_only_grows');
    await runner.query(statement);
    await runner.commitTransaction();
    await runner.release();
  };
  await tampered(`update audit set details = '{"name":"x"}' where sequence = 2`);
  expect(await check()).toMatchObject({ brokenAt: 2 });
  await tampered('delete from audit where sequence > 1');
  expect(await check()).toMatchObject({ brokenAt: 2, lines: 1 });
});

test('the command line makes, refuses and verifies', async () => {
  let text = '';
  const output = { isTerminal: false, write: (told: string) => void (text += told) };
  const environment = { url: 'http://127.0.0.1:9', apiKey: null, folder: '/' };
  for (const words of [['backup'], ['keys'], ['audit', 'verify', '1:ab', 'more'], ['restore', 'a', 'b']]) {
    expect(await runCommand(words, environment, output)).toBe(2);
  }
  expect(text).toMatch(/npm run hub -- backup <file>/u);
});

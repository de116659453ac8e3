import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import pg from 'pg';
import { isOpenToOthers, serverAccount } from '../src/database/embedded-account.js';
import { startEmbeddedPostgres } from '../src/database/embedded.js';
import { createTestDatabase } from './support/database.js';

const settings = { fsync: false };
const nobody = serverAccount();

/** The launcher in a process of its own: `<data folder> [stop]`. */
const launcher = join(process.env.NP_HUB_TEST_LAUNCHER ?? '', 'main.mjs');

/** The run's own folder: whatever is left running in it is ended with the run. */
const folder = process.env.NP_HUB_TEST_FOLDER ?? '';

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const isReachable = (url: string) =>
  query(url, 'select 1').then(
    () => true,
    () => false,
  );

test('starts, answers on 127.0.0.1 in UTF-8 whatever the machine speaks, and is gone after stop', async () => {
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'first'), settings });
  expect(server.attached).toBe(false);
  expect(new URL(server.url).hostname).toBe('127.0.0.1');
  const sql = `select current_setting('server_encoding') as encoding, datlocprovider as provider, datlocale as locale,
               current_setting('timezone') as zone, current_setting('unix_socket_directories') as sockets
               from pg_database where datname = 'postgres'`;
  expect(await query(server.url, sql)).toEqual([
    { encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8', zone: 'UTC', sockets: '' },
  ]);
  await server.stop();
  expect(await isReachable(server.url)).toBe(false);
});

test('keeps its data over a restart, and the password in a file for the server alone', async () => {
  const dataDir = join(folder, 'kept');
  const first = await startEmbeddedPostgres({ dataDir, settings });
  await query(first.url, `create table kept as select '後払い' as word`);
  await first.stop();
  const second = await startEmbeddedPostgres({ dataDir, settings });
  expect(await query(second.url, 'select word from kept')).toEqual([{ word: '後払い' }]);
  expect(statSync(join(dataDir, 'data', 'np-hub-password')).mode & 0o777).toBe(0o600);
  const wrong = Object.assign(new URL(second.url), { password: 'wrong' }).href;
  await expect(query(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  await second.stop();
});

test('attaches to the server that a killed hub left behind, and ends it', async () => {
  const dataDir = join(folder, 'killed');
  const hub = spawn(process.execPath, [launcher, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((done, fail) => {
    hub.stdout.once('data', (chunk: Buffer) => done(chunk.toString('utf8')));
    hub.once('exit', (code) => fail(new Error(`ended with ${code} before it said anything`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  const gone = new Promise((done) => hub.once('close', done));
  hub.kill('SIGKILL');
  await gone;
  expect(await isReachable(url)).toBe(true);
  const next = await startEmbeddedPostgres({ dataDir, settings });
  expect(next).toMatchObject({ attached: true, url });
  await next.stop();
  expect(await isReachable(url)).toBe(false);
});

test('two hubs share one server, started in the same moment, and the last one ends it', async () => {
  const dataDir = join(folder, 'shared');
  const [one, other] = await Promise.all([
    startEmbeddedPostgres({ dataDir, settings }),
    startEmbeddedPostgres({ dataDir, settings }),
  ]);
  expect(one.url).toBe(other.url);
  expect([one.attached, other.attached].sort()).toEqual([false, true]);
  await one.stop();
  expect(await isReachable(other.url)).toBe(true);
  await other.stop();
  expect(await isReachable(other.url)).toBe(false);
});

test('starts over a lock that a dead server left, even where its number now belongs to another process', async () => {
  const dataDir = join(folder, 'stale');
  await (await startEmbeddedPostgres({ dataDir, settings })).stop();
  const lockFile = join(dataDir, 'data', 'postmaster.pid');
  writeFileSync(lockFile, `${process.pid}\n${join(dataDir, 'data')}\n0\n1\n\n127.0.0.1\n`);
  if (nobody) chownSync(lockFile, nobody.uid, nobody.gid);
  const server = await startEmbeddedPostgres({ dataDir, settings });
  expect(server.attached).toBe(false);
  await server.stop();
});

test('says so when the server dies, and not when it is stopped', async () => {
  const dataDir = join(folder, 'crash');
  const stopped = jest.fn();
  await (await startEmbeddedPostgres({ dataDir, settings, onExit: stopped })).stop();
  const reason = await new Promise<Error>((onExit, fail) => {
    startEmbeddedPostgres({ dataDir, settings, onExit }).then(() => {
      process.kill(
        Number(readFileSync(join(dataDir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]),
        'SIGKILL',
      );
    }, fail);
  });
  expect(reason.message).toContain('postgres.log');
  expect(stopped).not.toHaveBeenCalled();
});

test('explains a data folder of another PostgreSQL version in plain words', async () => {
  const dataDir = join(folder, 'version');
  await (await startEmbeddedPostgres({ dataDir, settings })).stop();
  writeFileSync(join(dataDir, 'data', 'PG_VERSION'), '15\n');
  await expect(startEmbeddedPostgres({ dataDir, settings })).rejects.toThrow(/別のバージョンの PostgreSQL/);
});

// Run by an ordinary user, every test above is this one; under a closed folder such as /root nobody else can run Node here.
const asOrdinaryUser = nobody && isOpenToOthers(__dirname) ? test : test.skip;

asOrdinaryUser('runs as an ordinary user too', () => {
  const dataDir = join(folder, 'ordinary');
  mkdirSync(dataDir);
  chownSync(dataDir, nobody?.uid ?? 0, nobody?.gid ?? 0);
  const output = execFileSync(process.execPath, [launcher, dataDir, 'stop'], {
    ...nobody,
    cwd: dataDir,
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toMatchObject({ attached: false });
});

test('each test database is its own copy', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await query(one.url, 'create table only_here ()');
  const tables = `select tablename from pg_tables where tablename = 'only_here'`;
  expect(await query(one.url, tables)).toHaveLength(1);
  expect(await query(other.url, tables)).toHaveLength(0);
  const name = basename(new URL(one.url).pathname);
  await one.drop();
  expect(await query(other.url, `select 1 from pg_database where datname = '${name}'`)).toHaveLength(0);
  await other.drop();
});

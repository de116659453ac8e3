import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import pg from 'pg';
import { askServer, holderName, isAlive, poll, readLock } from './embedded-lock.js';
import { choosePlace, execute, initialise, type Place, spawnOptions, urlOf } from './embedded-place.js';
import { embeddedProblem } from './embedded-problems.js';

interface EmbeddedPostgresOptions {
  /** A folder for the server alone. As root it has to be reachable by `nobody`; else `/var/lib/np-hub` is used. */
  readonly dataDir: string;
  /** Hears one line about each step. */
  readonly log?: (line: string) => void;
  /** Called once where the server goes away without having been stopped here. */
  readonly onExit?: (reason: Error) => void;
  /** `fsync: false` trades safety for speed: only for tests. */
  readonly settings?: { readonly fsync?: boolean };
}

export interface EmbeddedPostgres {
  /** Of the database `postgres`, with the password. Other databases are made by `create database`. */
  readonly url: string;
  /** True where the server was running already: left by a killed hub, or shared with another one. */
  readonly attached: boolean;
  /** Ends the server (rolling open transactions back) unless another hub still uses it; `always` ends it regardless. */
  stop(options?: { readonly always?: boolean }): Promise<void>;
}

interface Running {
  readonly url: string;
  readonly holder: pg.Client;
  readonly attached: boolean;
}

/** A server in recovery after a crash may need long; one that does not even listen is given up sooner. */
const startTimeoutMs = 60_000;
const silentTimeoutMs = 10_000;
const logLimitBytes = 10_000_000;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('No free TCP port on 127.0.0.1');
  return address.port;
}

async function commandLineOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return (await execute('ps', ['-p', String(pid), '-o', 'args='])).stdout;
}

/** True where a live process is a PostgreSQL of this data folder, and not one that got a dead server's number. */
async function holdsFolder(pid: number, place: Place): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  const command = await commandLineOf(pid).catch(() => undefined);
  return command === undefined ? isAlive(pid) : command.includes(place.dataFolder);
}

async function halt(place: Place): Promise<void> {
  const lock = readLock(place.lockFile);
  if (!lock?.pid || !(await holdsFolder(lock.pid, place))) return;
  try {
    await execute(
      place.binaries.pgCtl,
      ['stop', '-D', place.dataFolder, '-m', 'fast', '-w', '-t', '60'],
      spawnOptions(place),
    );
  } catch (error) {
    if (isAlive(lock.pid))
      throw embeddedProblem(
        'PostgreSQL を停止できません。 / Could not stop PostgreSQL.',
        String(error),
        error,
      );
  }
}

/** Connects to a server that holds the data folder already. One that does not answer is stopped, a stale lock is removed. */
async function attach(place: Place): Promise<Running | undefined> {
  const startedAt = performance.now();
  const found = await poll<Running | 'free' | 'stale'>(async () => {
    const lock = readLock(place.lockFile);
    if (!lock) return 'free';
    const givenUp = performance.now() - startedAt > silentTimeoutMs;
    if (!lock.pid || !lock.port) return givenUp ? 'stale' : undefined;
    if (!(await holdsFolder(lock.pid, place))) return 'stale';
    const url = urlOf(place, lock.port);
    const answer = await askServer(url, place.dataFolder);
    if (answer.kind === 'ours') return { url, holder: answer.holder, attached: true };
    return answer.kind === 'stranger' || (answer.kind === 'silent' && givenUp) ? 'stale' : undefined;
  }, startTimeoutMs);
  if (found === 'free') return undefined;
  if (found !== undefined && found !== 'stale') return found;
  await halt(place);
  rmSync(place.lockFile, { force: true });
  return undefined;
}

function openLog(place: Place): number {
  const size = statSync(place.logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logLimitBytes) renameSync(place.logFile, `${place.logFile}.1`);
  return openSync(place.logFile, 'a', 0o600);
}

/** In a process group of its own: Ctrl-C in a terminal reaches the hub, which ends its work before the server. */
function spawnServer(place: Place, port: number, fsync: boolean): ChildProcess {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const logFile = openLog(place);
  try {
    return spawn(place.binaries.postgres, ['-D', place.dataFolder, ...flags], {
      ...spawnOptions(place),
      detached: true,
      stdio: ['ignore', logFile, logFile],
    });
  } finally {
    closeSync(logFile);
  }
}

async function launch(place: Place, fsync: boolean): Promise<Running | undefined> {
  const port = await freePort();
  const logStart = statSync(place.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const child = spawnServer(place, port, fsync);
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  child.unref();
  const url = urlOf(place, port);
  const running = await poll<Running | 'failed'>(async () => {
    if (failure || child.exitCode !== null || child.signalCode !== null) return 'failed';
    const answer = await askServer(url, place.dataFolder);
    return answer.kind === 'ours' ? { url, holder: answer.holder, attached: false } : undefined;
  }, startTimeoutMs);
  if (running !== undefined && running !== 'failed') return running;
  const output = failure?.message ?? readFileSync(place.logFile).subarray(logStart).toString('utf8');
  // Lost a race for the port or the folder: worth another round.
  if (/could not bind|lock file "postmaster.pid" already exists/.test(output)) return undefined;
  child.kill('SIGKILL');
  throw embeddedProblem('PostgreSQL を起動できません。 / Could not start PostgreSQL.', output, failure);
}

async function open(place: Place, fsync: boolean): Promise<Running> {
  for (let round = 0; round < 3; round += 1) {
    if (!existsSync(place.passwordFile)) await initialise(place, fsync);
    const running = (await attach(place)) ?? (await launch(place, fsync));
    if (running) return running;
  }
  throw embeddedProblem(
    'PostgreSQL を起動できません。 / Could not start PostgreSQL.',
    readFileSync(place.logFile, 'utf8'),
  );
}

async function otherHolders(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const sql = 'select count(*)::int as holders from pg_stat_activity where application_name = $1';
    const { rows } = await client.query<{ holders: number }>(sql, [holderName]);
    return rows[0]?.holders ?? 0;
  } finally {
    await client.end();
  }
}

/**
 * Starts the PostgreSQL that comes with the hub, or attaches to the one that already serves `dataDir`, and makes the data
 * folder at the first start. It listens on 127.0.0.1 only. Throws an `Error` in plain words where it cannot.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const place = choosePlace(options.dataDir, log);
  const { url, holder, attached } = await open(place, options.settings?.fsync ?? true);
  log(
    `PostgreSQL ${place.binaries.version} ${attached ? 'was running' : 'started'}, data in ${place.folder}`,
  );
  let stopping = false;
  holder.once('end', () => {
    if (!stopping) options.onExit?.(new Error(`PostgreSQL stopped unexpectedly: see ${place.logFile}`));
  });
  return {
    url,
    attached,
    stop: async ({ always = false } = {}) => {
      if (stopping) return;
      stopping = true;
      await holder.end();
      const holders = always ? 0 : await otherHolders(url).catch(() => 0);
      if (holders > 0) return log(`PostgreSQL left running for ${holders} other hub(s)`);
      await halt(place);
      log('PostgreSQL stopped');
    },
  };
}

/**
 * What every bench stands on: a PostgreSQL with fsync, the sandbox, and hubs as `npm start` runs them, each a process
 * of its own; and a person at the hub. Everything goes away with the stage.
 */
import { fork, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/database/embedded.js';

const hubProgram = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const sandboxProgram = fileURLToPath(new URL('../../sandbox/dist/main.js', import.meta.url));
const admin = { login: 'bench', password: 'a password for benches' };
const clockTicksPerSecond = 100;

/** One JSON call. Throws with the answer where it is refused. */
export async function call(method, url, body, headers = {}) {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 500)}`);
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}

/** Asks until the answer is true. Throws after `limitMs`. */
export async function until(what, work, { pauseMs = 100, limitMs = 900_000 } = {}) {
  for (const end = performance.now() + limitMs; !(await work()); await sleep(pauseMs))
    if (performance.now() > end) throw new Error(`Not in time: ${what}`);
}

/** Runs `work` over the items, so many at once; gives the results in their order. */
export async function each(items, atOnce, work) {
  const results = [];
  let next = 0;
  const one = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return results;
}

/** The value below which this share of the numbers lies. */
export function percentile(numbers, share) {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Seconds of processor time that a process has used; null where the system does not say. */
export function processorSeconds(pid) {
  const times = timesOf(pid);
  return times && times.own;
}

/** The same with its children, those that have ended included. */
function familySeconds(pid) {
  const times = timesOf(pid);
  if (!times) return null;
  const children = readdirSync('/proc').flatMap((name) => {
    const child = /^\d+$/u.test(name) && timesOf(name);
    return child && child.parent === pid ? [child.own] : [];
  });
  return times.own + times.ended + children.reduce((sum, seconds) => sum + seconds, 0);
}

function timesOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').map(Number);
    return {
      parent: fields[1],
      own: (fields[11] + fields[12]) / clockTicksPerSecond,
      ended: (fields[13] + fields[14]) / clockTicksPerSecond,
    };
  } catch {
    return null;
  }
}

/** The most memory that a process has held, in MB; null where the system does not say. */
export const peakMemoryMb = (pid) => statusMb(pid, 'VmHWM');

/** The memory that a process holds now, in MB; null where the system does not say. */
export const memoryMb = (pid) => statusMb(pid, 'VmRSS');

function statusMb(pid, name) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(new RegExp(`${name}:\\s+(\\d+) kB`, 'u').exec(status)[1]) / 1024);
  } catch {
    return null;
  }
}

export class Stage {
  #children = [];
  #databases = [];

  static async open(options = {}) {
    const stage = new Stage();
    try {
      return await stage.#begin(options);
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  async #begin({ hubs = 1, variables = {}, settings = {} }) {
    this.folder = mkdtempSync(join(tmpdir(), 'np-hub-bench-'));
    // As root, PostgreSQL runs as another account that has to pass through here.
    chmodSync(this.folder, 0o711);
    this.postgres = await startEmbeddedPostgres({ dataDir: join(this.folder, 'postgres') });
    await this.#startSandbox();
    await call('PATCH', `${this.sandboxUrl}/control/settings`, {
      reviewDelayMs: 0,
      payDelayMs: 0,
      ...settings,
    });
    this.variables = {
      DATABASE_URL: this.postgres.url,
      NP_HUB_ENCRYPTION_KEYS: `bench:${Buffer.alloc(32, 9).toString('base64')}`,
      NP_HUB_ADMIN_LOGIN: admin.login,
      NP_HUB_ADMIN_PASSWORD: admin.password,
      NP_HUB_GATEWAY_HOSTS: new URL(this.sandboxUrl).host,
      NP_HUB_PORT: '0',
      NP_HUB_LOG_LEVEL: 'fatal',
      NP_HUB_PACE: 'brisk',
      ...variables,
    };
    this.hubs = [await this.#startHub()];
    for (let more = 1; more < hubs; more += 1) this.hubs.push(await this.#startHub());
    this.url = this.hubs[0].url;
    this.database = await this.connect();
    const session = await call('POST', `${this.url}/api/v1/session`, admin);
    this.cookie = session.headers.getSetCookie()[0].split(';')[0];
    return this;
  }

  /** Processor time so far, in seconds, of the hubs, of PostgreSQL and of the sandbox; null where the system does not say. */
  async processors() {
    const server = timesOf(await this.value('select pg_backend_pid()'))?.parent;
    return {
      hub: this.hubs.reduce((sum, { pid }) => sum + processorSeconds(pid), 0),
      postgres: familySeconds(server),
      sandbox: processorSeconds(this.sandboxPid),
    };
  }

  /** A connection to this database of the stage's server. */
  async connect(name = 'postgres') {
    const url = Object.assign(new URL(this.postgres.url), { pathname: `/${name}` });
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    this.#databases.push(client);
    return client;
  }

  /** What the first column of the first row says. */
  async value(sql, parameters = []) {
    const { rows } = await this.database.query({ text: sql, values: parameters, rowMode: 'array' });
    return rows[0]?.[0];
  }

  /** A call of the person at the hub. */
  async ask(method, path, body) {
    const headers = { cookie: this.cookie, 'idempotency-key': crypto.randomUUID() };
    return (await call(method, `${this.url}/api/v1${path}`, body, headers)).body;
  }

  /** A connection of a merchant of its own at the sandbox's NP; gives its id. */
  async addConnection(number, mode = 'asynchronous') {
    const merchant = {
      merchantCode: `BENCH${String(number).padStart(5, '0')}`,
      spCode: `SPB${String(number).padStart(7, '0')}`,
      terminalId: '2000099001',
      mode,
    };
    await call('POST', `${this.sandboxUrl}/control/merchants`, merchant);
    const settings = { ...merchant, baseUrl: `${this.sandboxUrl}/np/v1` };
    const made = { name: merchant.merchantCode, gateway: 'np-connect-pro', settings };
    return (await this.ask('POST', '/connections', made)).id;
  }

  /** A live shop; gives its id. */
  async addShop({ adapter, connectionId, settings = {}, policies = {}, name = adapter }) {
    const { id } = await this.ask('POST', '/shops', { name, adapter, connectionId, settings, policies });
    const takeoverAt = new Date(Date.now() - 3_600_000).toISOString();
    await this.ask('POST', `/shops/${id}/go-live`, { takeoverAt, ownLinkIsOff: true });
    return id;
  }

  async close() {
    for (const client of this.#databases) await client.end().catch(() => undefined);
    for (const child of this.#children) child.kill('SIGKILL');
    await this.postgres?.stop({ always: true });
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #startSandbox() {
    const child = fork(sandboxProgram, ['--port', '0', '--data-dir', join(this.folder, 'sandbox')], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#children.push(child);
    this.sandboxPid = child.pid;
    this.sandboxUrl = await new Promise((done, fail) => {
      child.once('message', ({ url }) => done(url));
      child.once('exit', () => fail(new Error('The sandbox ended at its start')));
    });
  }

  #startHub() {
    const child = spawn(process.execPath, [hubProgram], {
      env: this.variables,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#children.push(child);
    let output = '';
    return new Promise((done, fail) => {
      child.once('exit', () => fail(new Error(`The hub ended at its start:\n${output}`)));
      child.stdout.setEncoding('utf8').on('data', (text) => {
        output += text;
        const url = /np-hub is running: (\S+)/u.exec(output)?.[1];
        if (url) done({ url, pid: child.pid });
      });
    });
  }
}

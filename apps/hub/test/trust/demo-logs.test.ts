import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TransactionPage } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Person, request } from '../kills/support/api.js';
import { type HubProcess, killAll, startHub } from '../kills/support/hub-process.js';
import { createTestDatabase } from '../support/database.js';
import { found, personalValues } from './demo-leaks.js';
import { dumpOf } from './dump.js';

const demoPassword = 'np-hub-demo-2026';
const stranger = { name: '探索 値一', phone: '070-4821-7395', mail: 'atai.tansaku@example.jp' };
/** What a person hands over to have messages sent: known to whoever reads it. */
const channelSecrets = ['T0GEHEIM/B0KANAL/xq7781', 'chatwork-token-7781'];
const patienceMs = 120_000;

let hub: HubProcess;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let source: DataSource;
const folder = mkdtempSync(join(tmpdir(), 'np-hub-demo-logs-'));

beforeAll(async () => {
  database = await createTestDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  hub = await startHub({
    DATABASE_URL: database.url,
    NP_HUB_ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 5).toString('base64')}`,
    NP_HUB_DATA_DIR: join(folder, 'data'),
    NP_HUB_DEMO: 'on',
    NP_HUB_PORT: '0',
    NP_HUB_SANDBOX_PORT: '0',
    NP_HUB_LOG_LEVEL: 'trace',
  });
});
afterAll(async () => {
  killAll();
  await source?.destroy();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function eventually(work: () => Promise<boolean>): Promise<void> {
  for (const limit = performance.now() + patienceMs; !(await work());) {
    if (performance.now() > limit) throw new Error(`Not in time: ${work.toString()}\n${hub.output()}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

interface LogLine {
  readonly cause?: string;
  readonly callId?: string;
  readonly runId?: string;
  readonly operation?: string;
  readonly transactionIds?: readonly string[];
  readonly by?: string;
  readonly msg?: string;
  readonly req?: { readonly id: string };
}
const linesOf = (output: string): LogLine[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine);

/** Everything by which somebody's data could get into a log: searches, refusals, broken bodies, files, names of files. */
async function speakOfPeople(person: Person): Promise<void> {
  const { name, phone, mail } = stranger;
  for (const text of [name, phone, mail]) {
    await person.call('GET', `/transactions?q=${encodeURIComponent(text)}`);
    await person.call('GET', `/find?q=${encodeURIComponent(text)}`);
    await person.call('POST', '/privacy/buyers/find', { q: text });
  }
  const shops = await person.ask<{ id: string }[]>('GET', '/shops');
  for (const { id } of shops) {
    await person.call('POST', `/shops/${id}/orders`, { orders: [{ buyer: stranger }, stranger] });
    await fetch(`${hub.url}/api/v1/shops/${id}/imports?name=${encodeURIComponent(`${name}.csv`)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', cookie: person.cookie },
      body: `注文番号,注文者名,電話番号\n1,${name},${phone}\n`,
    });
  }
  await handOverLists(person);
  await tellElsewhere(person);
  await request('POST', `${hub.url}/api/v1/session`, { body: { login: name, password: `${phone}${mail}` } });
  await fetch(`${hub.url}/api/v1/transactions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: person.cookie },
    body: `{"name":"${name}`,
  });
}

/** NP's list of transactions and its list of what it pays out, for the NP and the SBPS connection alike. */
async function handOverLists(person: Person): Promise<void> {
  const content = `加盟店取引ID,購入者氏名,電話番号,NP取引ID,立替金額\nP1,${stranger.name},${stranger.phone},30000000001,1000\n`;
  const connections = await person.ask<{ id: string }[]>('GET', '/connections');
  expect(connections.length).toBeGreaterThan(1);
  for (const { id } of connections) {
    for (const kind of ['np-lists', 'deposits']) {
      const { status } = await fetch(`${hub.url}/api/v1/${kind}/${id}?name=np.csv`, {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          'idempotency-key': crypto.randomUUID(),
          cookie: person.cookie,
        },
        body: content,
      });
      expect([kind, status < 500]).toEqual([kind, true]);
    }
  }
}

/** Channels for messages with their secrets, and a move of a shop. */
async function tellElsewhere(person: Person): Promise<void> {
  const [path, token] = channelSecrets;
  const usual = { name: 'x', topics: ['ng', 'hold', 'stop', 'drift'], shopIds: null, language: 'ja' };
  const always = { quietFrom: null, quietTo: null, digestAt: null };
  const targets = [
    { kind: 'slack', url: `https://hooks.slack.com/services/${path}` },
    { kind: 'chatwork', token, room: '12345' },
  ];
  for (const target of targets)
    await person.ask('POST', '/notifications/channels', { ...usual, ...always, target });
  const [shop] = await person.ask<{ id: string }[]>('GET', '/shops');
  await person.call('POST', '/moves', {
    shopId: shop?.id,
    settings: { kind: 'batch-to-real-time', switchOn: '2099-02-01' },
  });
}

test('the demo’s database and logs, down to the last detail, hold nobody and no secret in the clear', async () => {
  const operator = await Person.signIn(() => hub.url, 'operator', demoPassword);
  await speakOfPeople(operator);
  await eventually(async () => {
    const { rows } = await operator.ask<TransactionPage>('GET', '/transactions?state=approved');
    return rows.length > 5;
  });
  const sandboxUrl = /sandbox: (\S+)\//u.exec(hub.output())?.[1];
  const get = async (path: string): Promise<unknown> => (await request('GET', `${sandboxUrl}${path}`)).body;
  const offices = ['cagolab', 'goqsystem', 'subscription-store'];
  const orders = await Promise.all(
    ['/control/makeshop/orders', ...offices.map((office) => `/control/offices/${office}/orders`)].map(
      (path) => get(`${path}?limit=15`),
    ),
  );
  const info = (await get('/control/info')) as {
    merchants: { spCode: string }[];
    shops: { token: string; apiKey: string; webhookSecret: string }[];
    sbpsServices: { basicPassword: string; hashKey: string }[];
  };
  expect(info.sbpsServices.length).toBeGreaterThan(0);
  const secrets = [
    ...info.merchants.map(({ spCode }) => spCode),
    ...info.shops.flatMap(({ token, apiKey, webhookSecret }) => [token, apiKey, webhookSecret]),
    ...info.sbpsServices.flatMap(({ basicPassword, hashKey }) => [basicPassword, hashKey]),
    ...channelSecrets,
    Buffer.alloc(32, 5).toString('base64'),
    operator.cookie.split('=')[1] ?? '',
  ];
  const people = [...personalValues(orders), ...Object.values(stranger)];
  expect(people.length).toBeGreaterThan(100);

  const { everything, bytes } = await dumpOf(source);
  // A file's name is what its sender calls it, and is shown as such: the one thing a person could write a name into.
  const dump = everything.replaceAll(`${stranger.name}.csv`, '') + bytes.toString('latin1');
  expect(found(people, dump)).toEqual([]);
  expect(found([...secrets, demoPassword], dump)).toEqual([]);
  const raw = bytes.toString('hex');
  expect(people.filter((value) => raw.includes(Buffer.from(value).toString('hex')))).toEqual([]);

  const output = hub.output();
  expect(linesOf(output).length).toBeGreaterThan(40);
  expect(found(people, output)).toEqual([]);
  // The password of the demo is told at its start, on purpose, and nowhere else.
  const logged = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .join('\n');
  expect(found([...secrets, demoPassword], logged)).toEqual([]);
});

test('one order is followed through the log: read from the cart, registered at NP, told to the cart', async () => {
  const operator = await Person.signIn(() => hub.url, 'operator', demoPassword);
  const causesOf = async () =>
    source.query<{ id: string; type: string; call_id: string | null }[]>(
      `select h.transaction_id as id, h.event->>'type' as type, h.call_id from history h
       join transactions t on t.id = h.transaction_id join shops s on s.id = t.shop_id
       join connections c on c.id = t.connection_id
       where s.adapter = 'makeshop' and c.gateway = 'np-connect-pro' and t.state in ('approved', 'reporting', 'reported', 'paid')
       order by h.transaction_id, h.sequence`,
    );
  await eventually(async () => {
    const told = new Set(linesOf(hub.output()).flatMap(({ transactionIds = [] }) => transactionIds));
    return (await causesOf()).some(({ id, type }) => type === 'credit-approved' && told.has(id));
  });
  const log = linesOf(hub.output());
  const told = new Set(log.flatMap(({ transactionIds = [] }) => transactionIds));
  const history = await causesOf();
  const order = history.find(({ id, type }) => type === 'credit-approved' && told.has(id))?.id;
  const idOf = (type: string) =>
    history.find((line) => line.id === order && line.type === type)?.call_id ?? 'none';
  expect(log.some(({ runId }) => runId === idOf('order-received'))).toBe(true);
  const call = (id: string) => log.find(({ callId }) => callId === id)?.operation;
  expect(call(idOf('registration-accepted'))).toBe('register');
  expect(call(idOf('credit-approved'))).toBe('find-credit');

  // What a person does stands under the id that the answer named, and so does who it was.
  let requestId: string | null = null;
  await eventually(async () => {
    const [row] = await source.query<{ shop_id: string; id: string }[]>(
      `select shop_id, id from transactions where state = 'approved' limit 1`,
    );
    if (!row) return false;
    const path = `/api/v1/transactions/${row.shop_id}/${row.id}/actions/cancel`;
    const headers = { cookie: operator.cookie, 'idempotency-key': crypto.randomUUID() };
    const answer = await request('POST', `${hub.url}${path}`, { headers, body: {} });
    requestId = answer.headers.get('x-request-id');
    return answer.status === 200;
  });
  const asked = await source.query<{ type: string }[]>(
    `select event->>'type' as type from history where call_id = $1`,
    [requestId],
  );
  expect(asked).toEqual([{ type: 'cancel-requested' }]);
  await eventually(async () =>
    linesOf(hub.output()).some(({ req, by }) => req?.id === requestId && by !== undefined),
  );
});

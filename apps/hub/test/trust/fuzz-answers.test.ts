import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { startSandbox, type Sandbox } from '@np-hub/sandbox';
import { Pull } from '../../src/intake/pull.js';
import { cartOf } from '../path/cart.js';
import { startTestHub, TestClock, type TestHub } from '../support/hub.js';
import { anyText } from './arbitrary.js';
import { count, limits, tell } from './fuzzing.js';

/** A cart that answers with something else than it should: its API's genuine answer, changed on its way. */

let folder: string;
let sandbox: Sandbox;
let server: Server;
let hub: TestHub;
let genuine: Json;
/** What the hub gets; null: what the cart really said. */
let answer: { readonly status: number; readonly body: Buffer } | null = null;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Path = readonly (string | number)[];

beforeAll(async () => {
  const clock = new TestClock();
  folder = mkdtempSync(join(tmpdir(), 'np-hub-answers-'));
  sandbox = await startSandbox({ port: 0, dataDir: folder, now: () => clock.now() });
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on(
      'end',
      () =>
        void pass(request.headers, Buffer.concat(parts)).then(({ status, body }) => {
          response.writeHead(status, { 'content-type': 'application/json' }).end(body);
        }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const here = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  hub = await startTestHub({
    sandbox,
    clock,
    variables: { NP_HUB_GATEWAY_HOSTS: `${new URL(sandbox.url).host},${here}` },
    shopSettings: { endpoint: `http://${here}/graphql` },
    timing: { tickMs: 3_600_000, pullMs: 3_600_000 },
  });
  for (let index = 0; index < 3; index += 1) await cartOf(hub).place();
  expect(await pulled()).toMatchObject({ outcome: 'done', orders: 3, unreadable: 0 });
  expect(JSON.stringify(genuine)).toContain('displayOrderNumber');
});
/** The time limit leaves a run alone that is under way: it is waited for. */
let underWay: Promise<void> = Promise.resolve();
afterAll(async () => {
  await underWay.catch(() => undefined);
  tell();
  await hub.stop();
  await new Promise((done) => server.close(done));
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

async function pass(headers: NodeJS.Dict<string | string[]>, body: Buffer) {
  if (answer) return answer;
  const own = ['content-length', 'host', 'connection', 'transfer-encoding'];
  const kept = Object.entries(headers).filter(([name]) => !own.includes(name));
  const response = await fetch(sandbox.makeshopUrl, {
    method: 'POST',
    headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    body,
  });
  const text = await response.text();
  if (text.includes('displayOrderNumber')) genuine = JSON.parse(text) as Json;
  return { status: response.status, body: Buffer.from(text) };
}

interface Run {
  readonly outcome: string;
  readonly orders: number;
  readonly changed: number;
  readonly unreadable: number;
  readonly error: string | null;
}

/** One reading of the cart, to its end. */
async function pulled(): Promise<Run> {
  const pull = hub.app.get(Pull, { strict: false });
  const before = await hub.database.query<{ id: string }[]>('select id from runs');
  // A cart that fails rests: here it is read again at once.
  await hub.database.query(
    'update shops set next_run_at = $1, lease_until = null, cart_failures = 0, cart_paused_until = null',
    [hub.clock.now()],
  );
  // A tick of the hub's own that has just looked for what is due does not look again for it.
  for (const limit = Date.now() + 30_000; Date.now() < limit;) {
    await pull.wake();
    await pull.idle();
    const [run] = await hub.database.query<Run[]>(
      'select outcome, orders, changed, unreadable, error from runs where not id = any($1)',
      [before.map(({ id }) => id)],
    );
    if (run) return run;
  }
  throw new Error('Nothing was read');
}

const pathsOf = (value: Json, path: Path = []): Path[] =>
  value === null || typeof value !== 'object'
    ? [path]
    : [path, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))];

function changed(value: Json, [name, ...rest]: Path, put: Json | undefined): Json | undefined {
  if (name === undefined) return put;
  if (value === null || typeof value !== 'object') return value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as { [name: string]: Json };
  const inner = changed(copy[name] ?? null, rest, put);
  if (inner === undefined) delete copy[name];
  else copy[name] = inner;
  return copy;
}

const deep = (levels: number): Json => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as Json;
const hostile: fc.Arbitrary<Json | undefined> = fc.oneof(
  anyText,
  fc.constantFrom<Json | undefined>(null, undefined, true, {}, [], -1, 0.5, 2 ** 53, 1e308, '--', 'N'),
  fc.constantFrom<Json>(
    deep(2_000),
    'あ'.repeat(200_000),
    Array.from({ length: 5_000 }, () => null),
  ),
  fc.jsonValue({ maxDepth: 3 }).map((value) => value as Json),
);
const nulls = (value: Json): Json =>
  value === null || typeof value !== 'object'
    ? null
    : Array.isArray(value)
      ? value.map(nulls)
      : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, nulls(inner)]));

const whole = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.jsonValue({ maxDepth: 4 }).map((value) => Buffer.from(JSON.stringify(value))),
  fc
    .record({ data: fc.jsonValue({ maxDepth: 2 }), errors: fc.array(fc.record({ message: anyText })) })
    .map((value) => Buffer.from(JSON.stringify(value))),
);

/** No run may fail inside, or leave anything behind of what it refuses. */
async function expectOrder(given: { readonly status: number; readonly body: Buffer }): Promise<Run> {
  const before = await written();
  answer = given;
  const run = await pulled();
  answer = null;
  count('answer', run.outcome);
  const seen = JSON.stringify([run, given.body.toString('utf8').slice(0, 2_000)]);
  expect([
    seen,
    ['done', 'malformed', 'rejected', 'unauthorized', 'throttled', 'unavailable'].includes(run.outcome),
  ]).toEqual([seen, true]);
  if (run.outcome !== 'done') {
    expect(run.error).toMatch(/\S/u);
    expect([seen, await written()]).toEqual([seen, before]);
  }
  return run;
}

/** What readings of the cart have written; what the hub goes on doing meanwhile is none of it. */
async function written(): Promise<string> {
  return JSON.stringify(
    await hub.database.query(
      `select (select count(*) from transactions) as orders, (select count(*) from payloads) as payloads,
         (select count(*) from history where event->>'seenAt' is not null) as history`,
    ),
  );
}

test('answers of every form: each run ends with a clear result, and nothing is written of what is refused', async () => {
  const paths = pathsOf(genuine);
  const places = fc.array(fc.tuple(fc.constantFrom(...paths), hostile), { minLength: 1, maxLength: 3 });
  const edited = places.map((list) =>
    list.reduce<Json>((value, [path, put]) => changed(value, path, put) ?? null, genuine),
  );
  const bodies = fc.oneof(
    { weight: 4, arbitrary: edited.map((value) => Buffer.from(JSON.stringify(value))) },
    { weight: 1, arbitrary: whole },
  );
  await fc.assert(
    fc.asyncProperty(bodies, fc.constantFrom(200, 200, 200, 200, 400, 401), (body, status) => {
      underWay = expectOrder({ status, body }).then(() => undefined);
      return underWay;
    }),
    limits(1),
  );
});

test.each<[string, () => Buffer]>([
  ['null everywhere', () => Buffer.from(JSON.stringify(nulls(genuine)))],
  ['deeper than any reader goes', () => Buffer.from('['.repeat(5_000_000))],
  ['deep and whole', () => Buffer.from(`${'{"data":'.repeat(200_000)}1${'}'.repeat(200_000)}`)],
  ['larger than an answer may be', () => Buffer.alloc(40 * 1024 * 1024, 'a')],
  [
    'a number of a million digits',
    () => Buffer.from(`{"data":{"searchOrder":{"searchedCount":${'9'.repeat(1_000_000)},"orders":[]}}}`),
  ],
  ['nothing', () => Buffer.alloc(0)],
  ['squeezed without saying so', () => Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
])('%s: refused, within bounds of memory', async (name, body) => {
  const before = process.memoryUsage().rss;
  const run = await expectOrder({ status: 200, body: body() });
  expect([name, run.outcome]).not.toEqual([name, 'done']);
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
});

test('an error text that no database takes ends the run all the same', async () => {
  const body = Buffer.from(JSON.stringify({ data: '', errors: [{ message: 'a\u0000\nb' }] }));
  expect(await expectOrder({ status: 200, body })).toMatchObject({ outcome: 'rejected' });
});

test.each([
  ['too long', 'あ'.repeat(5_000)],
  ['of a NUL', 'a\0b'],
])(
  'an order whose number nothing could be found by (%s) is left out, and holds up no other',
  async (_, put) => {
    const [place] = pathsOf(genuine).filter((path) => path.at(-1) === 'displayOrderNumber');
    const body = Buffer.from(JSON.stringify(changed(genuine, place ?? [], put)));
    const run = await expectOrder({ status: 200, body });
    expect(run).toMatchObject({ outcome: 'done', orders: 3, unreadable: 1 });
  },
);

test('afterwards the cart is read as ever', async () => {
  expect(await pulled()).toMatchObject({ outcome: 'done', unreadable: 0 });
  const [state] = await hub.database.query<{ bare: number }[]>(
    'select count(*)::int as bare from transactions where sealed_order is null',
  );
  expect(state?.bare).toBe(0);
});

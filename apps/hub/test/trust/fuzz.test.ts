import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { ImportView } from '@np-hub/model';
import { Accounts } from '../../src/accounts/accounts.js';
import { request } from '../support/client.js';
import { addConnection, addShop, password, startTestHub, type TestHub } from '../support/hub.js';
import { pausedShop } from '../words/paused-shop.js';
import { anyFile, anyText, arbitraryOf, type Schema } from './arbitrary.js';
import { expectClear, fromElsewhere, isOrdinary, limits, manyAddresses, tell } from './fuzzing.js';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly body: Schema | undefined;
  readonly query: readonly string[];
}

let hub: TestHub;
let cookie: string;
let shopId: string;
let makeshopId: string;
let operations: readonly Operation[];

beforeAll(async () => {
  hub = await startTestHub({
    shop: false,
    variables: manyAddresses,
    timing: { tickMs: 3_600_000, pullMs: 3_600_000 },
  });
  const connectionId = await addConnection(hub);
  makeshopId = await addShop(hub, { connectionId });
  shopId = (await pausedShop(hub, { adapter: 'cagolab', connectionId })).id;
  await hub.app
    .get(Accounts, { strict: false })
    .ensureUser({ login: 'fuzz', name: 'fuzz', role: 'owner', password });
  const signedIn = await request(hub.url, 'POST', '/api/v1/session', { body: { login: 'fuzz', password } });
  cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  operations = await operationsOf();
});
/** The time limit leaves a run alone that is under way: it is waited for. */
let underWay: Promise<void> = Promise.resolve();
const counted =
  <Inputs extends readonly unknown[]>(work: (...inputs: Inputs) => Promise<void>) =>
  (...inputs: Inputs): Promise<void> =>
    (underWay = work(...inputs));
afterEach(() => underWay.catch(() => undefined));
afterAll(async () => {
  tell();
  await hub.stop();
});

interface Described {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

/** Every operation that the API describes, but for the stream, and for those that would end the one session. */
async function operationsOf(): Promise<readonly Operation[]> {
  const document = (await request(hub.url, 'GET', '/api/docs/json')).body as {
    paths: Record<string, Record<string, Described>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody, parameters = [] }]) =>
      /stream|\/session$|\/webhooks\/\{shopId\}$/u.test(path) && !path.includes('shops')
        ? []
        : [
            {
              method: method.toUpperCase(),
              path,
              body: requestBody?.content['application/json']?.schema,
              query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
            },
          ],
    ),
  );
}

/** Grows with everything that is written for a person, and with every order and import. */
async function written(): Promise<string> {
  return JSON.stringify(
    await hub.database.query(
      `select (select sequence from audit_head) as lines, (select count(*) from transactions) as orders,
         (select count(*) from imports) as imports, (select count(*) from users) as users,
         (select count(*) from shops) as shops, (select count(*) from user_links) as links`,
    ),
  );
}

/** And nothing is written by what is refused. */
async function expectOrder(
  kind: string,
  before: string,
  answer: { status: number; body: unknown },
  of: { readonly mayTire?: boolean } = {},
): Promise<void> {
  expectClear(kind, answer, of);
  if (answer.status >= 400) expect(await written()).toBe(before);
}

const inPath = (text: string): string => encodeURIComponent(Buffer.from(text).toString());

test('requests of every form to every operation', async () => {
  const request_ = fc.constantFrom(...operations).chain((operation) =>
    fc.record({
      operation: fc.constant(operation),
      body: arbitraryOf(operation.body),
      place: fc.array(fc.oneof(fc.constant(shopId), anyText), { minLength: 4, maxLength: 4 }),
      query: fc.dictionary(fc.constantFrom('after', 'limit', 'q', ...operation.query), anyText, {
        maxKeys: 3,
      }),
      key: fc.option(fc.constantFrom('a', 'b'.repeat(300))),
    }),
  );
  await fc.assert(
    fc.asyncProperty(
      request_,
      counted(async ({ operation, body, place, query, key }) => {
        const rest = [...place];
        const path = operation.path.replace(/\{\w+\}/gu, () => inPath(rest.shift() ?? '') || '-');
        const search = Object.entries(query)
          .map(([name, value]) => `${name}=${inPath(value)}`)
          .join('&');
        const before = await written();
        const answer = await request(hub.url, operation.method, `${path}?${search}`, {
          cookie,
          headers: fromElsewhere(),
          ...(['GET', 'HEAD'].includes(operation.method) ? {} : { body: JSON.stringify(body) ?? '' }),
          ...(key === null ? {} : { key }),
        });
        // In a long look a person's own password and codes are tried more often than anybody may, from wherever.
        const guesses = operation.body !== undefined && operation.path.startsWith('/api/v1/account/');
        const mayTire = !isOrdinary && guesses;
        await expectOrder('API', before, answer, { mayTire });
      }),
    ),
    limits(0.5),
  );
});

test('a NUL in any place of any address', async () => {
  for (const { method, path, query } of operations.filter((one) => one.method === 'GET')) {
    const places = path.match(/\{\w+\}/gu) ?? [];
    const paths = places.map((place) => path.replace(place, 'a%00').replaceAll(/\{\w+\}/gu, shopId));
    const plain = path.replaceAll(/\{\w+\}/gu, shopId);
    for (const address of [...paths, ...query.map((name) => `${plain}?${name}=a%00`)])
      expectClear(
        `NUL in ${address}`,
        await request(hub.url, method, address, { cookie, headers: fromElsewhere() }),
      );
  }
});

test('files of every form', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyFile(['注文番号', '注文者名', '合計金額']),
      anyText,
      counted(async (bytes, name) => {
        const before = await written();
        const response = await fetch(
          `${hub.url}/api/v1/shops/${shopId}/imports?name=${inPath(name)}&start=1`,
          {
            method: 'POST',
            headers: { cookie, 'content-type': 'application/octet-stream', ...fromElsewhere() },
            body: bytes,
          },
        );
        const body = (await response.json()) as ImportView;
        await expectOrder('file', before, { status: response.status, body });
        if (response.ok && body.state === 'uploaded') expect(body.error?.ja).toMatch(/\S/u);
      }),
    ),
    limits(0.25),
  );
});

test('notices of every form, signed and unsigned', async () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.jsonValue({ maxDepth: 3 }).map((value) => Buffer.from(JSON.stringify(value))),
    fc
      .record({ shop_id: fc.constantFrom('demoshop', 'x'), event: anyText, orders: fc.jsonValue() })
      .map((value) => Buffer.from(JSON.stringify(value))),
  );
  await fc.assert(
    fc.asyncProperty(
      content,
      fc.boolean(),
      fc.constantFrom('', 'x', '9'.repeat(40)),
      counted(async (body, signed, odd) => {
        const before = await written();
        const time = odd || String(Math.floor(hub.clock.now().getTime() / 1_000));
        const text = body.toString('utf8');
        const signature = signed
          ? createHmac('sha256', 'demo-webhook-secret').update(`${time}.${text}`).digest('hex')
          : text.slice(0, 64).replace(/[^\x20-\x7e]/gu, '?');
        const response = await fetch(`${hub.url}/webhooks/${makeshopId}`, {
          method: 'POST',
          headers: {
            'x-makeshop-signature': signature,
            'x-makeshop-request-timestamp': time,
            ...fromElsewhere(),
          },
          body,
        });
        const answer = await response.text();
        await expectOrder('webhook', before, {
          status: response.status,
          body: answer === '' ? null : JSON.parse(answer),
        });
      }),
    ),
    limits(0.25),
  );
});

test('sign-ins and links of every form', async () => {
  const given = fc.oneof(
    fc.record({ login: anyText, password: anyText, code: anyText }, { requiredKeys: [] }),
    fc.record({ token: anyText, password: anyText }, { requiredKeys: [] }),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const place = fc.constantFrom('/session', '/links/show', '/links/accept', '/buyer-link/read');
  await fc.assert(
    fc.asyncProperty(
      place,
      given,
      anyText,
      counted(async (path, body, agent) => {
        // So that it is looked at, and not refused for being one of many.
        hub.clock.forward(60_000);
        const before = await written();
        const answer = await request(hub.url, 'POST', `/api/v1${path}`, {
          body: JSON.stringify(body) ?? '',
          headers: { 'user-agent': agent.replace(/[^\x20-\x7e]/gu, '?'), ...fromElsewhere() },
        });
        await expectOrder('sign-in', before, answer);
      }),
    ),
    limits(0.15),
  );
});

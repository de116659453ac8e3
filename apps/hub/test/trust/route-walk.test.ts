import {
  isAtLeast,
  type ImportView,
  type NewApiKeyView,
  type NewWebhookView,
  type Role,
} from '@np-hub/model';
import { Accounts } from '../../src/accounts/accounts.js';
import { AlertCollector } from '../../src/notifications/collector.js';
import { request, type ApiAnswer } from '../support/client.js';
import { addConnection, password, startTestHub, type TestHub } from '../support/hub.js';
import { pausedShop, type PausedShop } from '../words/paused-shop.js';
import type { Foreign, Route } from './route-terms.js';
import { routes } from './routes.js';

const roles: readonly Role[] = ['owner', 'operator', 'support', 'viewer'];
/** Of the foreign shop, its connection, people and orders: no answer may hold any. */
const words = ['秘密', 'SECRET-1'];

/** Somebody who asks: a person by a cookie, a program by a key. */
interface Asker {
  readonly name: string;
  readonly role: Role | null;
  readonly isKey: boolean;
  readonly access: { readonly cookie?: string; readonly headers?: Readonly<Record<string, string>> };
}

let hub: TestHub;
let own: PausedShop;
let foreign: Foreign;
let askers: readonly Asker[];

beforeAll(async () => {
  hub = await startTestHub({ shop: false });
  const [near, far] = [await addConnection(hub), await addConnection(hub)];
  own = await pausedShop(hub, { adapter: 'goqsystem', connectionId: near });
  foreign = await foreignShop(far);
  const accounts = hub.app.get(Accounts, { strict: false });
  for (const role of roles) {
    const login = `branch-${role}`;
    await accounts.ensureUser({ login, name: login, role, password, shopIds: [own.id] });
  }
  const people = await Promise.all(roles.map(async (role) => personOf(role)));
  const keys = await Promise.all(roles.filter((role) => role !== 'owner').map(keyOf));
  askers = [...people, ...keys];
});
afterAll(() => hub.stop());

/** A shop with everything that a shop can have, under names that are searched for in every answer. */
async function foreignShop(connectionId: string): Promise<Foreign> {
  const owner = await hub.as('owner');
  await owner.patch(`/connections/${connectionId}`, { name: '秘密の接続' });
  const shop = await pausedShop(hub, { adapter: 'goqsystem', connectionId });
  await shop.patch({ name: '秘密の店' });
  const { buyer } = shop.order('SECRET-1');
  await shop.take([shop.order('SECRET-1', { buyer: { ...buyer, name: '秘密 花子' } })]);
  const made = <Body>({ status, body }: ApiAnswer<Body>): Body => {
    if (status >= 300) throw new Error(JSON.stringify(body));
    return body;
  };
  const webhook = made(
    await owner.post<NewWebhookView>(`/shops/${shop.id}/webhooks`, {
      name: '秘密の店',
      url: 'https://example.com/',
    }),
  );
  const key = made(
    await owner.post<NewApiKeyView>('/api-keys', { name: '秘密の店', role: 'viewer', shopIds: [shop.id] }),
  );
  const invited = made(
    await owner.post<{ user: { id: string } }>('/users', {
      login: '秘密の店',
      name: '秘密の店',
      role: 'viewer',
      shopIds: [shop.id],
    }),
  );
  const cookie = await cookieOf('owner');
  const uploaded = await fetch(
    `${hub.url}/api/v1/shops/${shop.id}/imports?name=${encodeURIComponent('秘密の店.csv')}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', cookie },
      body: 'SECRET-1,1\n',
    },
  );
  const stored = await hub.stored('SECRET-1', shop.id);
  const fileId = crypto.randomUUID();
  await hub.database.query(
    `insert into result_files (id, shop_id, name, created_at, by_login, bytes, rows, lost, sealed)
     values ($1, $2, '秘密の店.csv', $3, 'owner', 1, 1, '[]', '\\x00')`,
    [fileId, shop.id, hub.clock.now()],
  );
  const [runId, findingId] = [crypto.randomUUID(), crypto.randomUUID()];
  await hub.database.query(
    `insert into reconciliations (id, shop_id, asked_at, next_at, finished_at, phase) values ($1, $2, $3, $3, $3, 'done')`,
    [runId, shop.id, hub.clock.now()],
  );
  await hub.database.query(
    `insert into findings (id, shop_id, transaction_id, run_id, kind, state, action, found_at)
     values ($1, $2, $3, $4, 'np-alive', 'open', 'cancel-again', $5)`,
    [findingId, shop.id, stored?.id, runId, hub.clock.now()],
  );
  const move = made(
    await owner.post<{ id: string }>('/moves', {
      shopId: shop.id,
      settings: { kind: 'batch-to-real-time', switchOn: '2099-02-01' },
    }),
  );
  await hub.database.query(
    `insert into seen_codes (code, first_seen_at, shop_id, transaction_id, order_number)
     values ('E0109999', $1, $2, $3, 'SECRET-1')`,
    [hub.clock.now(), shop.id, stored?.id],
  );
  return {
    shopId: shop.id,
    moveId: move.id,
    transactionId: stored?.id ?? '',
    runId,
    findingId,
    linkId: crypto.randomUUID(),
    webhookId: webhook.id,
    importId: ((await uploaded.json()) as ImportView).id,
    fileId,
    connectionId,
    userId: invited.user.id,
    keyId: key.id,
    orderNumber: 'SECRET-1',
  };
}

async function cookieOf(login: string): Promise<string> {
  const answer = await request(hub.url, 'POST', '/api/v1/session', { body: { login, password } });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

const personOf = async (role: Role): Promise<Asker> => ({
  name: role,
  role,
  isKey: false,
  access: { cookie: await cookieOf(`branch-${role}`) },
});

async function keyOf(role: Role): Promise<Asker> {
  const answer = await (
    await hub.as('owner')
  ).post<NewApiKeyView>('/api-keys', {
    name: `branch ${role}`,
    role,
    shopIds: [own.id],
  });
  return {
    name: `key of ${role}`,
    role,
    isKey: true,
    access: { headers: { authorization: `Bearer ${answer.body.key}` } },
  };
}

/** The address with every parameter filled in; the shop is the foreign one, or the asker's own. */
function addressOf(name: string, route: Route, shopId: string): { method: string; path: string } {
  const [method = '', template = ''] = name.split(' ');
  const others = route.path?.(foreign) ?? {};
  const path = template.replace(/\{(\w+)\}/gu, (_, parameter: string) =>
    encodeURIComponent(others[parameter] ?? shopId),
  );
  return { method, path: path + (route.query?.(foreign) ?? '') };
}

async function ask(
  asker: Asker | null,
  name: string,
  route: Route,
  shopId = foreign.shopId,
): Promise<ApiAnswer<unknown>> {
  const { method, path } = addressOf(name, route, shopId);
  const isUpload = uploads.includes(name);
  const body = ['GET', 'HEAD'].includes(method) ? undefined : (route.body?.(foreign) ?? {});
  const { cookie = '', headers = {} } = asker?.access ?? {};
  return request(hub.url, method, path, {
    cookie,
    body: isUpload ? 'SECRET-1' : body,
    headers: { ...headers, ...(isUpload ? { 'content-type': 'application/octet-stream' } : {}) },
  });
}

const uploads = [
  'POST /api/v1/shops/{id}/imports',
  'POST /api/v1/np-lists/{connectionId}/preview',
  'POST /api/v1/np-lists/{connectionId}',
];

const protectedRoutes = Object.entries(routes).filter(([, { least }]) => least !== 'public');
const isStream = (name: string): boolean => name.endsWith('/stream');

const mayUse = ({ role, isKey }: Asker, { least, people, everyShop }: Route): boolean =>
  role !== null && least !== 'public' && isAtLeast(role, least) && !(people && isKey) && !everyShop;

/**
 * Everything of the foreign shop, whichever table it stands in, and everything that belongs to no shop. Not the audit trail,
 * which only grows, and not the sums of days, which the hub fills by its own clock. Alerts of what was before are waited for.
 */
async function fingerprint(): Promise<string> {
  const ofShops = await hub.database.query<{ table: string }[]>(
    `select c.relname as table from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'shop_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and not a.attisdropped and c.relname <> 'audit' and c.relname not like 'report\\_%' order by 1`,
  );
  expect(ofShops.length).toBeGreaterThan(20);
  const tables = [
    ...ofShops.map(
      ({ table }) =>
        `select '${table}', md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from ${table} t where shop_id = $1`,
    ),
    `select 'shops', md5(string_agg(t::text, '|' order by t::text)) from shops t where id = $1`,
    ...['connections', 'users', 'api_keys', 'channels'].map(
      (table) =>
        `select '${table}', md5(string_agg((to_jsonb(t) - 'last_used_at')::text, '|' order by t.id)) from ${table} t where $1::uuid is not null`,
    ),
  ];
  return JSON.stringify(await hub.database.query(tables.join(' union all '), [foreign.shopId]));
}

/** What happened so far has become alerts. */
async function allAlerted(): Promise<boolean> {
  await hub.app.get(AlertCollector, { strict: false }).run();
  const [row] = await hub.database.query<{ done: boolean }[]>(
    `select r.position >= (select coalesce(max(c.position), 0) from changes c)
       and not exists (select from changes c where c.position is null) as done
     from feed_readers r where r.name = 'alerts'`,
  );
  return row?.done ?? false;
}

test('the table names every route that there is, and no other', async () => {
  const document = (await (await fetch(`${hub.url}/api/docs/json`)).json()) as {
    paths: Record<string, object>;
  };
  const known = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(Object.keys(routes).sort()).toEqual(known.sort());
});

test('every route says what it does, and what it answers', async () => {
  const { paths } = (await (await fetch(`${hub.url}/api/docs/json`)).json()) as {
    paths: Record<string, Record<string, { summary?: string; responses: Record<string, object> }>>;
  };
  const silent = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { summary, responses }]) => {
      const [success = '', ...others] = Object.keys(responses);
      const isSaid = summary && success.startsWith('2') && others.join() === 'default';
      return isSaid ? [] : [`${method.toUpperCase()} ${path}`];
    }),
  );
  expect(silent).toEqual([]);
});

/** What the server answers besides: the dashboard's files, the description itself, and what a gateway tells. */
const undescribed = [
  'GET *',
  'GET /api/docs',
  'GET /api/docs/',
  'GET /api/docs/*',
  'GET /api/docs/LICENSE',
  'GET /api/docs/docs/swagger-ui-init.js',
  'GET /api/docs/index.html',
  'GET /api/docs/json',
  'GET /api/docs/swagger-ui-init.js',
  'POST /gateways/:/notifications',
];

test('the server has no route that the description leaves out, but for those that are named', async () => {
  const { paths } = (await (await fetch(`${hub.url}/api/docs/json`)).json()) as {
    paths: Record<string, object>;
  };
  const described = new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/gu, ':')}`),
    ),
  );
  const left = servedRoutes().filter((route) => !described.has(route));
  expect(left.sort()).toEqual(undescribed);
});

/** Method and path of everything that the server answers, with `:` for a parameter; from its own tree of routes. */
function servedRoutes(): string[] {
  const server = hub.app.getHttpAdapter().getInstance() as { printRoutes(options: object): string };
  const path: string[] = [];
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, lead = '', name = '', methods = ''] =
        /^([│├└─ ]*)(.*?)(?: \(([A-Z, -]+)\))?$/u.exec(line) ?? [];
      if (lead === '') return [];
      path.splice(lead.length / 4 - 1, Infinity, name);
      const whole = path.join('').replaceAll(/:\w+(?:\|:\w+)*/gu, ':');
      return methods
        .split(', ')
        .flatMap((method) => (['', 'HEAD', 'OPTIONS'].includes(method) ? [] : [`${method} ${whole}`]));
    });
}

test('nobody who has not signed in gets anything but what is public', async () => {
  for (const [name, route] of protectedRoutes) {
    const { status } = await ask(null, name, route);
    expect([name, status]).toEqual([name, 401]);
  }
});

test('no role reaches above itself, and nobody another shop: every route, every role, people and keys', async () => {
  await hub.eventually(allAlerted);
  const before = await fingerprint();
  const crossings: string[] = [];
  for (const [name, route] of protectedRoutes.filter(([route]) => !isStream(route))) {
    for (const asker of askers) {
      const answer = await ask(asker, name, route);
      const allowed = mayUse(asker, route);
      const told = JSON.stringify(answer.body);
      const isCrossing =
        words.some((word) => told.includes(word)) ||
        (allowed ? !route.shared && !isHarmless(name, answer) : answer.status !== 403);
      if (isCrossing || answer.status >= 500)
        crossings.push(`${asker.name}: ${name} → ${answer.status} ${told.slice(0, 300)}`);
    }
  }
  expect(crossings).toEqual([]);
  expect(await fingerprint()).toBe(before);
});

/** The things that a shop has, asked for through one's own shop. */
test('a foreign thing is not there under one’s own shop either', async () => {
  const operator = askers.find(({ name }) => name === 'operator') ?? null;
  const nested = protectedRoutes.filter(
    ([name, { path }]) => path && /\/\{(shopId|id)\}\/.*\{(id|importId|fileId|runId)\}/u.test(name),
  );
  expect(nested.length).toBeGreaterThan(15);
  for (const [name, route] of nested) {
    const { status } = await ask(operator, name, route, own.id);
    expect([name, status]).toEqual([name, 404]);
  }
});

/** Lists are empty of the foreign shop; whatever names it answers that there is no such thing. */
function isHarmless(name: string, { status, body }: ApiAnswer<unknown>): boolean {
  if (status === 404) return true;
  if (lists.has(name)) return status === 200;
  if (name.includes('/bulk/')) return JSON.stringify(body).includes('"ok":false');
  return status === 400 && JSON.stringify(body).includes('"field":"shopIds"');
}

/** They name no shop in their path, and answer with what the asker may see: the words are searched for in it. */
const lists = new Set([
  'GET /api/v1/users',
  'GET /api/v1/api-keys',
  'GET /api/v1/audit',
  'POST /api/v1/privacy/buyers/find',
  'GET /api/v1/shops',
  'GET /api/v1/connections',
  'GET /api/v1/transactions',
  'GET /api/v1/transactions/counts',
  'GET /api/v1/findings',
  'GET /api/v1/np-lists',
  'GET /api/v1/troubles',
  'GET /api/v1/health-board',
  'GET /api/v1/codes/unknown',
  'GET /api/v1/find',
  'GET /api/v1/inbox',
  'POST /api/v1/inbox/marks',
  'GET /api/v1/repairs',
  'GET /api/v1/repairs/orders',
  'POST /api/v1/repairs/apply',
  'GET /api/v1/gate',
  'GET /api/v1/gate/export.csv',
  'GET /api/v1/deadlines',
  'GET /api/v1/deadlines/orders',
]);

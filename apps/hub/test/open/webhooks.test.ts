import { randomUUID } from 'node:crypto';
import {
  deliveryPageSchema,
  deliveryViewSchema,
  newWebhookViewSchema,
  webhookViewSchema,
  type DeliveryPage,
  type NewWebhookView,
  type WebhookView,
} from '@np-hub/model';
import { recordChanges, type ChangeRow } from '../../src/changes/record.js';
import { WebhookSender } from '../../src/webhooks-out/sender.js';
import { request, type ApiAnswer } from '../support/client.js';
import { addShop, startTestHub, type TestHub } from '../support/hub.js';
import { isSigned, startReceiver, type Receiver } from './receiver.js';

let hub: TestHub;
let second: TestHub;
let receiver: Receiver;
let otherShop: string;

beforeAll(async () => {
  receiver = await startReceiver();
  const variables = { NP_HUB_WEBHOOK_PRIVATE: 'on' };
  hub = await startTestHub({ variables });
  otherShop = await addShop(hub, { connectionId: hub.connectionId, name: '二号店' });
  second = await startTestHub({ ...hub, variables, shop: false });
});
afterAll(async () => {
  await second.stop();
  await hub.stop();
  await receiver.stop();
});

/** Changes as transactions make them, written directly. */
async function change(names: readonly string[], shopId = hub.shopId): Promise<void> {
  const rows = names.map((orderNumber): ChangeRow => ({
    shopId,
    transactionId: randomUUID(),
    orderNumber,
    at: hub.clock.now().toISOString(),
    state: 'approved',
    gate: 'ship',
    wordKey: 'approved',
    npTransactionId: null,
    reasons: [],
    previousState: 'reviewing',
  }));
  await hub.database.transaction((manager) => recordChanges(manager, rows));
}

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

const pathOf = (id: string): string => `/shops/${hub.shopId}/webhooks/${id}`;

async function newWebhook(path: string, shopId = hub.shopId): Promise<NewWebhookView> {
  const operator = await hub.as('operator');
  const made = await operator.post<NewWebhookView>(`/shops/${shopId}/webhooks`, {
    name: path,
    url: receiver.url + path,
  });
  expect(made.status).toBe(201);
  return newWebhookViewSchema.strict().parse(made.body);
}

async function viewOf(id: string): Promise<WebhookView> {
  const { body } = await (await hub.as('operator')).get<WebhookView[]>(`/shops/${hub.shopId}/webhooks`);
  const found = body.find((webhook) => webhook.id === id);
  return webhookViewSchema.strict().parse(found);
}

async function replay(id: string, from: string): Promise<ApiAnswer<WebhookView>> {
  return (await hub.as('operator')).post<WebhookView>(`${pathOf(id)}/replay`, { from });
}

async function deliveries(id: string): Promise<DeliveryPage> {
  const { body } = await (await hub.as('operator')).get<DeliveryPage>(`${pathOf(id)}/deliveries`);
  return deliveryPageSchema.parse(body);
}

const ordersAt = (path: string): string[] => receiver.changesTo(path).map(({ orderNumber }) => orderNumber);

test('every change of the shop arrives once, in order, a hundred a call at most, signed with the secret', async () => {
  await change(['before']);
  const webhook = await newWebhook('/plain');
  const names = numbered('plain', 250);
  await change(names);
  await change(['elsewhere'], otherShop);
  await hub.eventually(async () => (await viewOf(webhook.id)).waiting === 0);
  expect(ordersAt('/plain')).toEqual(names);
  const calls = receiver.callsTo('/plain');
  expect(Math.max(...calls.map(({ body }) => body.changes.length))).toBeLessThanOrEqual(100);
  expect(calls.every((call) => isSigned(call, webhook.secret))).toBe(true);
  expect(calls.every((call) => !isSigned(call, `${webhook.secret}x`))).toBe(true);
  expect(calls[0]?.headers['x-np-hub-delivery']).toBe(calls[0]?.body.id);
  const page = await (
    await hub.as('operator')
  ).get<{ rows: unknown[] }>(`/changes?shopId=${hub.shopId}&limit=1000&after=${webhook.cursor}`);
  expect(calls.flatMap(({ body }) => body.changes)).toEqual(page.body.rows);
});

test('two hubs never call one endpoint at once, and nothing is sent twice', async () => {
  receiver.behaviour.set('/two-hubs', { delayMs: 15 });
  const webhook = await newWebhook('/two-hubs');
  const names = numbered('two', 150);
  for (let from = 0; from < names.length; from += 5) {
    await change(names.slice(from, from + 5));
    await Promise.all([hub, second].map((each) => each.app.get(WebhookSender, { strict: false }).wake()));
  }
  await hub.eventually(async () => (await viewOf(webhook.id)).waiting === 0);
  expect(ordersAt('/two-hubs')).toEqual(names);
  expect(receiver.mostAtOnce.get('/two-hubs')).toBe(1);
});

test('an endpoint that fails gets everything later, in order; a slow one holds nobody up', async () => {
  receiver.behaviour.set('/failing', { status: 503, text: '<html>'.repeat(100) });
  receiver.behaviour.set('/slow', { delayMs: 3_000 });
  const [failing, slow, quick] = [
    await newWebhook('/failing'),
    await newWebhook('/slow'),
    await newWebhook('/quick'),
  ];
  await change(['one', 'two']);
  await hub.eventually(async () => (await viewOf(failing.id)).failures >= 2);
  await hub.eventually(() => Promise.resolve(ordersAt('/quick').length === 2));
  expect(receiver.callsTo('/slow')).toHaveLength(0);
  expect((await viewOf(quick.id)).trouble).toBeNull();
  const troubled = await viewOf(failing.id);
  expect(troubled).toMatchObject({ trouble: 'refused: HTTP 503', waiting: 2, cursor: failing.cursor });
  expect(troubled.nextTryAt).not.toBeNull();
  const [last] = (await deliveries(failing.id)).rows;
  expect(last).toMatchObject({ outcome: 'refused', status: 503, changes: 2 });
  expect(last?.answer).toHaveLength(200);
  await change(['three']);
  receiver.behaviour.delete('/failing');
  await hub.eventually(async () => (await viewOf(failing.id)).waiting === 0);
  expect(ordersAt('/failing')).toEqual(['one', 'two', 'three']);
  expect(await viewOf(failing.id)).toMatchObject({ failures: 0, trouble: null, nextTryAt: null });
  receiver.behaviour.delete('/slow');
  await hub.eventually(async () => (await viewOf(slow.id)).waiting === 0);
  expect(ordersAt('/slow')).toEqual(['one', 'two', 'three']);
});

test('the pause after failures grows to an hour at most, spread; the receiver may ask for longer', async () => {
  receiver.behaviour.set('/gone', { status: 500 });
  const webhook = await newWebhook('/gone');
  const pauseAfter = async (failures: number): Promise<number> => {
    // Not while a call is under way, which would be counted before it.
    await hub.eventually(async () => {
      const [, updated] = await hub.database.query<[unknown, number]>(
        'update webhook_endpoints set failures = $2, next_at = $3 where id = $1 and lease_token is null',
        [webhook.id, failures, hub.clock.now()],
      );
      return updated === 1;
    });
    await hub.eventually(async () => (await viewOf(webhook.id)).failures > failures);
    return Date.parse((await viewOf(webhook.id)).nextTryAt ?? '') - hub.clock.now().getTime();
  };
  await change(['gone']);
  await hub.eventually(async () => (await viewOf(webhook.id)).failures > 0);
  const pauses = [await pauseAfter(40), await pauseAfter(41), await pauseAfter(1_000)];
  for (const pauseMs of pauses) {
    expect(pauseMs).toBeGreaterThan(29 * 60_000);
    expect(pauseMs).toBeLessThanOrEqual(60 * 60_000);
  }
  receiver.behaviour.set('/gone', { status: 429, headers: { 'retry-after': '300' } });
  const asked = await pauseAfter(1);
  expect(asked).toBeGreaterThan(290_000);
  expect(asked).toBeLessThanOrEqual(300_000);
});

test('the pause after a failure is that of the failures as they are then, not as they were when the run began', async () => {
  const webhook = await newWebhook('/back');
  const operator = await hub.as('operator');
  receiver.behaviour.set('/back', { status: 500, delayMs: 1_000 });
  await operator.patch(pathOf(webhook.id), { paused: true });
  await change(['back']);
  await hub.database.query('update webhook_endpoints set failures = 40, paused = false where id = $1', [
    webhook.id,
  ]);
  await hub.eventually(() => Promise.resolve(receiver.open('/back') === 1));
  // Somebody has repaired it, and says so while a call is under way that still fails.
  await operator.patch(pathOf(webhook.id), { paused: false });
  await hub.eventually(async () => (await viewOf(webhook.id)).failures > 0);
  receiver.behaviour.delete('/back');
  const { failures, nextTryAt } = await viewOf(webhook.id);
  expect(failures).toBe(1);
  expect(Date.parse(nextTryAt ?? '') - hub.clock.now().getTime()).toBeLessThan(60_000);
  await hub.eventually(() => Promise.resolve(ordersAt('/back').length === 1));
});

test('a paused endpoint gets nothing, and everything in order once it goes on', async () => {
  const webhook = await newWebhook('/paused');
  const operator = await hub.as('operator');
  expect((await operator.patch<WebhookView>(pathOf(webhook.id), { paused: true })).body.paused).toBe(true);
  await change(['p1', 'p2']);
  await hub.eventually(async () => (await viewOf(webhook.id)).waiting === 2);
  expect(receiver.callsTo('/paused')).toEqual([]);
  await operator.patch(pathOf(webhook.id), { paused: false });
  await hub.eventually(() => Promise.resolve(ordersAt('/paused').length === 2));
  expect(ordersAt('/paused')).toEqual(['p1', 'p2']);
});

test('a replay sends everything again, from a cursor or a time; the log names the cursor of each call', async () => {
  const webhook = await newWebhook('/replay');
  await change(['r1']);
  await hub.eventually(() => Promise.resolve(ordersAt('/replay').length === 1));
  // Less than the lease of a call: this one may not have ended yet, and would be made once more.
  hub.clock.forward(30_000);
  const moment = hub.clock.now().toISOString();
  await change(['r2', 'r3']);
  await hub.eventually(() => Promise.resolve(ordersAt('/replay').length === 3));
  expect((await replay(webhook.id, webhook.cursor)).status).toBe(200);
  await hub.eventually(() => Promise.resolve(ordersAt('/replay').length === 6));
  await replay(webhook.id, moment);
  await hub.eventually(() => Promise.resolve(ordersAt('/replay').length === 8));
  expect(ordersAt('/replay')).toEqual(['r1', 'r2', 'r3', 'r1', 'r2', 'r3', 'r2', 'r3']);
  const { rows } = await deliveries(webhook.id);
  await replay(webhook.id, rows[0]?.from ?? '');
  await hub.eventually(() => Promise.resolve(ordersAt('/replay').length === 10));
  for (const [from, status] of [
    ['nonsense', 400],
    ['2026-99-99T00:00:00Z', 400],
    [Buffer.from('c1.999999999999').toString('base64url'), 410],
  ] as const) {
    const refused = (await replay(webhook.id, from)) as ApiAnswer<unknown> as ApiAnswer<{ fields: object[] }>;
    expect([refused.status, refused.body.fields]).toMatchObject([status, [{ field: 'from' }]]);
  }
});

test('a replay during a call takes over once the call has ended, and no call is made beside it', async () => {
  const webhook = await newWebhook('/during');
  await change(['d1']);
  await hub.eventually(() => Promise.resolve(ordersAt('/during').length === 1));
  receiver.behaviour.set('/during', { delayMs: 1_000 });
  await change(['d2']);
  await hub.eventually(() => Promise.resolve(receiver.open('/during') === 1));
  await replay(webhook.id, webhook.cursor);
  await hub.eventually(() => Promise.resolve(ordersAt('/during').length === 4));
  expect(ordersAt('/during')).toEqual(['d1', 'd2', 'd1', 'd2']);
  expect(receiver.mostAtOnce.get('/during')).toBe(1);
});

test('a test call says how it went and moves nothing; a redirect is not followed', async () => {
  const webhook = await newWebhook('/test');
  const operator = await hub.as('operator');
  const tried = await operator.post(`${pathOf(webhook.id)}/test`);
  expect(deliveryViewSchema.strict().parse(tried.body)).toMatchObject({
    kind: 'test',
    outcome: 'done',
    status: 200,
    answer: 'ok',
    from: null,
  });
  const [call] = receiver.callsTo('/test');
  expect(call?.body).toMatchObject({ kind: 'test', changes: [], next: null });
  receiver.behaviour.set('/test', { status: 302, headers: { location: `${receiver.url}/target` } });
  expect((await operator.post(`${pathOf(webhook.id)}/test`)).body).toMatchObject({
    outcome: 'redirected',
    status: 302,
  });
  expect(receiver.callsTo('/target')).toEqual([]);
  await operator.patch(pathOf(webhook.id), { url: 'http://127.0.0.1:9/' });
  expect((await operator.post(`${pathOf(webhook.id)}/test`)).body).toMatchObject({
    outcome: 'unreachable',
    status: null,
  });
  expect(await viewOf(webhook.id)).toMatchObject({ failures: 0, cursor: webhook.cursor });
});

test('secrets are sealed, and only the first answer shows one', async () => {
  const { id, secret } = await newWebhook('/secret');
  const stored = await hub.database.query<unknown[]>('select * from webhook_endpoints where id = $1', [id]);
  const shown = await viewOf(id);
  expect(JSON.stringify([stored, shown])).not.toContain(secret);
  expect(
    Buffer.concat(stored.map((row) => (row as { secret: Buffer }).secret)).toString('latin1'),
  ).not.toContain(secret);
});

test('only operators of the shop reach them; wrong addresses name the field', async () => {
  const webhook = await newWebhook('/access');
  const elsewhere = `/shops/${otherShop}/webhooks/${webhook.id}`;
  const operator = await hub.as('operator');
  expect((await operator.get(`${elsewhere}/deliveries`)).status).toBe(404);
  expect((await operator.patch(elsewhere, { paused: true })).status).toBe(404);
  expect((await operator.post(`${elsewhere}/test`)).status).toBe(404);
  expect(
    (await operator.post(`/shops/${randomUUID()}/webhooks`, { name: 'x', url: receiver.url })).status,
  ).toBe(404);
  expect((await (await hub.as('support')).get(`/shops/${hub.shopId}/webhooks`)).status).toBe(403);
  for (const url of [
    '',
    'x',
    'ftp://example.jp/',
    'https://user:secret@example.jp/',
    'https://example.jp/#x',
  ]) {
    const refused = await operator.post<{ fields: { field: string }[] }>(`/shops/${hub.shopId}/webhooks`, {
      name: 'x',
      url,
    });
    expect([url, refused.status, refused.body.fields[0]?.field]).toEqual([url, 400, 'url']);
  }
  const cookie = await cookieOf();
  const removed = await request(hub.url, 'DELETE', `/api/v1${pathOf(webhook.id)}`, { cookie });
  expect(removed.status).toBe(204);
  await change(['after removal']);
  expect((await operator.get(`${pathOf(webhook.id)}/deliveries`)).status).toBe(404);
});

async function cookieOf(): Promise<string> {
  const body = { login: 'operator', password: 'correct horse battery' };
  const { headers } = await request(hub.url, 'POST', '/api/v1/session', { body });
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

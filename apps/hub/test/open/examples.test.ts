import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { anySystem } from '@np-hub/adapter-any-system';
import {
  carriers,
  cartStatusSchema,
  paymentRouteSchema,
  type DeliveryView,
  type NewWebhookView,
} from '@np-hub/model';
import { request } from '../support/client.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { addOpenShop, programOf, type Program } from './any-system.js';

const folder = join(__dirname, '../../../../docs/api/examples');
const run = promisify(execFile);

let hub: TestHub;
let shopId: string;
let program: Program;
let scratch: string;
const receivers: ChildProcess[] = [];

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'np-hub-examples-'));
  hub = await startTestHub({ variables: { NP_HUB_WEBHOOK_PRIVATE: 'on' } });
  shopId = await addOpenShop(hub);
  program = await programOf(hub, shopId);
});
afterAll(async () => {
  for (const receiver of receivers) receiver.kill();
  await hub.stop();
  rmSync(scratch, { recursive: true, force: true });
});

async function example(name: string, ...values: string[]): Promise<string> {
  const env = { NP_HUB_URL: hub.url, NP_HUB_API_KEY: program.key, NP_HUB_SHOP: shopId };
  const { stdout } = await run(process.execPath, [join(folder, name), ...values], { env, timeout: 60_000 });
  return stdout;
}

/** Starts the receiver of the documentation; gives its port and what it has printed. */
async function startExample(secret: string): Promise<{ port: string; printed: () => string }> {
  const receiver = spawn(process.execPath, [join(folder, 'receive-webhook.mjs')], {
    env: { NP_HUB_WEBHOOK_SECRET: secret, PORT: '0' },
  });
  receivers.push(receiver);
  let text = '';
  receiver.stdout.on('data', (chunk) => (text += String(chunk)));
  const portOf = () => /listening on (\d+)/u.exec(text)?.[1];
  await hub.eventually(() => Promise.resolve(portOf() !== undefined));
  return { port: portOf() ?? '', printed: () => text };
}

test('an order is sent, approved, shipped and reported; the feed and the webhook tell of it', async () => {
  const operator = await hub.as('operator');
  const path = `/shops/${shopId}/webhooks`;
  const made = await operator.post<NewWebhookView>(path, { name: 'doc', url: 'http://127.0.0.1:9/' });
  const receiver = await startExample(made.body.secret);
  const url = `http://127.0.0.1:${receiver.port}/`;
  await operator.patch(`${path}/${made.body.id}`, { url });
  const told = await example('send-order.mjs', 'W-1001');
  expect(told).toMatch(/^W-1001: created\n(.*\n)*W-1001: 審査OK \(ship\)\nW-1001: shipment changed\n/u);
  expect((await hub.stored('W-1001', shopId))?.state).toBe('reported');
  const cursor = join(scratch, 'cursor.txt');
  const changes = await example('follow-changes.mjs', cursor, '--once');
  expect(changes).toMatch(/W-1001 approved ship 審査OK\n/u);
  expect(await example('follow-changes.mjs', cursor, '--once')).toBe('');
  await hub.eventually(() => Promise.resolve(receiver.printed().includes('W-1001 reported')));
  const lines = receiver.printed().match(/^W-1001 .*$/gmu) ?? [];
  expect(lines).toEqual(changes.match(/W-1001 \S+ \S+/gu));
});

test('an order like another one: the program says why it waits and where it is answered, and ends', async () => {
  await example('send-order.mjs', 'EX-1');
  const operator = await hub.as('operator');
  await operator.patch(`/shops/${shopId}`, { policies: { duplicates: 'ask' } });
  const { stdout, stderr } = await example('send-order.mjs', 'EX-2').then(
    () => ({ stdout: 'It was sent.', stderr: '' }),
    (failure: { stdout: string; stderr: string }) => failure,
  );
  expect(stdout).toMatch(/^EX-2: created\n(.*\n)*EX-2: 要確認 \(wait\)\n$/u);
  const row = await hub.stored('EX-2', shopId);
  expect(stderr).toBe(
    `EX-2: 同じ購入者・同じ請求金額の注文があります（重複の疑い）\n${hub.url}/transactions/${shopId}/${row?.id}\n`,
  );
  const answer = `/transactions/${shopId}/${row?.id}/actions/confirm-repeat`;
  expect((await program.send('POST', answer, {})).status).toBe(200);
  await hub.until('EX-2', 'approved', { shopId });
});

test('the documentation lists what a word may mean, and every key of the words that a shop may choose', () => {
  const text = readFileSync(join(folder, '../README.md'), 'utf8').replaceAll(/\s+/gu, ' ');
  const meanings = [...cartStatusSchema.options, ...paymentRouteSchema.options, ...Object.keys(carriers)];
  const listed = text.slice(text.indexOf('Values of the axis `status`'));
  for (const meaning of meanings) expect(listed).toContain(`\`${meaning}\``);
  for (const [key, word] of Object.entries(anySystem.words))
    expect(text).toContain(`\`${key}\` ${String(word)}`);
});

test('the receiver of the documentation turns away what is unsigned, changed, or old', async () => {
  const operator = await hub.as('operator');
  const path = `/shops/${shopId}/webhooks`;
  const made = await operator.post<NewWebhookView>(path, { name: 'other', url: 'http://127.0.0.1:9/' });
  const [right, wrong] = [await startExample(made.body.secret), await startExample(`${made.body.secret}x`)];
  const tryAt = async (port: string): Promise<DeliveryView> => {
    await operator.patch(`${path}/${made.body.id}`, { url: `http://127.0.0.1:${port}/` });
    return (await operator.post<DeliveryView>(`${path}/${made.body.id}/test`)).body;
  };
  expect(await tryAt(right.port)).toMatchObject({ outcome: 'done', status: 204 });
  expect(await tryAt(wrong.port)).toMatchObject({ outcome: 'refused', status: 401, answer: 'bad signature' });
  hub.clock.forward(6 * 60_000);
  expect(await tryAt(right.port)).toMatchObject({ outcome: 'refused', status: 401 });
  const url = `http://127.0.0.1:${right.port}`;
  expect((await request(url, 'POST', '/', { body: { changes: [] } })).status).toBe(401);
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { request } from '../support/client.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf } from '../path/cart.js';

const rootFile = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8');
const token = 'a token of sixteen letters';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ variables: { NP_HUB_METRICS_TOKEN: token } });
  await hub.until(await cartOf(hub).place(), 'approved');
});
afterAll(() => hub.stop());

const scrape = (headers: Record<string, string> = {}) => request(hub.url, 'GET', '/metrics', { headers });

test('the token opens the metrics, and nothing else does', async () => {
  expect((await scrape()).status).toBe(401);
  expect((await scrape({ authorization: 'Bearer wrong' })).status).toBe(401);
  const { status, headers } = await scrape({ authorization: `Bearer ${token}` });
  expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
});

test('states, queues, lag, calls and deadlines are told; every alert and panel asks for something that is there', async () => {
  await hub.settle();
  const text = (await scrape({ authorization: `Bearer ${token}` })).body as string;
  expect(text).toMatch(/^np_hub_transactions\{state="approved"\} 1$/mu);
  expect(text).toMatch(/^np_hub_queue_due\{lane="write"\} 0$/mu);
  expect(text).toMatch(/^np_hub_calls_total\{operation="register",outcome="done"\} [1-9]/mu);
  expect(text).toMatch(/^np_hub_shop_lag_seconds\{shop="[0-9a-f-]{36}",name="テストショップ"\} \d/mu);
  expect(text).toMatch(/^np_hub_deadlines\{within="passed"\} 0$/mu);
  expect(text).toMatch(/^process_resident_memory_bytes \d/mu);
  const asked = new Set(
    [
      ...(rootFile('ops/prometheus/np-hub.rules.yml') + rootFile('ops/grafana/np-hub.json')).matchAll(
        /np_hub_\w+/gu,
      ),
    ].map(([name]) => name.replace(/_bucket$/u, '')),
  );
  for (const name of asked) expect(text).toContain(`# TYPE ${name} `);
});

test('every alert is explained in the runbook, and nothing there is about an alert that is none', () => {
  const runbook = rootFile('docs/runbook.md');
  const alerts = [...rootFile('ops/prometheus/np-hub.rules.yml').matchAll(/- alert: (\w+)/gu)].map(
    ([, name]) => name,
  );
  expect(alerts.length).toBeGreaterThan(8);
  const sections = [...runbook.matchAll(/^## (\w+)$/gmu)].map(([, name]) => name);
  expect(sections.sort()).toEqual(alerts.sort());
});

test('without a token only this machine reads them, and nobody through a proxy', async () => {
  const [{ MetricsController }, { Metrics }] = await Promise.all([
    import('../../src/metrics/metrics.controller.js'),
    import('../../src/metrics/metrics.js'),
  ]);
  const controller = new MetricsController(hub.app.get(Metrics, { strict: false }), { metricsToken: null });
  const reply = { type: () => reply } as never;
  const from = (remoteAddress: string, headers: object = {}) =>
    controller.show({ headers, raw: { socket: { remoteAddress } } } as never, reply);
  await expect(from('127.0.0.1')).resolves.toContain('np_hub_transactions');
  await expect(from('::ffff:127.0.0.1')).resolves.toContain('np_hub');
  await expect(from('10.0.0.5')).rejects.toMatchObject({ status: 401 });
  await expect(from('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).rejects.toMatchObject({
    status: 401,
  });
});

import * as fc from 'fast-check';
import { isPublicAddress } from '../../src/webhooks-out/addresses.js';
import { send } from '../../src/webhooks-out/send.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { startReceiver, type Receiver } from './receiver.js';

let receiver: Receiver;
let hub: TestHub;
beforeAll(async () => {
  receiver = await startReceiver();
  hub = await startTestHub();
});
afterAll(async () => {
  await hub.stop();
  await receiver.stop();
});

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '192.0.0.192',
  '198.19.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::',
  'localhost',
  '',
])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

test.each([
  '8.8.8.8',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '203.104.128.1',
  '2404:6800:4004::1',
  '2606:4700::1111',
])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

test('no IPv4 address becomes public by being written as IPv6', () => {
  fc.assert(
    fc.property(
      fc.ipV4(),
      (address) => !isPublicAddress(`::ffff:${address}`) && !isPublicAddress(`::${address}`),
    ),
  );
});

test('nothing leaves for a private address, however it is written, nor for a name that leads to one', async () => {
  const { port } = new URL(receiver.url);
  const hosts = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost',
  ];
  for (const host of hosts) {
    const sent = await send({ url: `http://${host}:${port}/ssrf`, headers: {}, body: '{}' }, false);
    expect([host, sent.outcome]).toEqual([host, 'private-address']);
  }
  expect(receiver.callsTo('/ssrf')).toEqual([]);
  const allowed = await send({ url: `http://localhost:${port}/allowed`, headers: {}, body: '{}' }, true);
  expect(allowed.outcome).toBe('done');
});

test('an endless or slow answer ends in time, and no more of it is kept than 200 characters', async () => {
  receiver.behaviour.set('/long', { text: '長'.repeat(100_000) });
  const sent = await send({ url: `${receiver.url}/long`, headers: {}, body: '{}' }, true);
  expect([sent.outcome, sent.answer]).toEqual(['done', '長'.repeat(200)]);
  receiver.behaviour.set('/never', { delayMs: 12_000 });
  const begun = Date.now();
  const never = await send({ url: `${receiver.url}/never`, headers: {}, body: '{}' }, true);
  expect(never.outcome).toBe('timeout');
  expect(Date.now() - begun).toBeLessThan(15_000);
});

test('where private addresses are not allowed, a webhook needs https and a public address from the start', async () => {
  const operator = await hub.as('operator');
  for (const url of [
    'http://example.jp/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://169.254.169.254/latest',
  ]) {
    const refused = await operator.post<{ fields: { field: string }[] }>(`/shops/${hub.shopId}/webhooks`, {
      name: 'x',
      url,
    });
    expect([url, refused.status, refused.body.fields[0]?.field]).toEqual([url, 400, 'url']);
  }
  const made = await operator.post<{ id: string }>(`/shops/${hub.shopId}/webhooks`, {
    name: 'x',
    url: 'https://localhost:9/',
  });
  expect(made.status).toBe(201);
  const tried = await operator.post(`/shops/${hub.shopId}/webhooks/${made.body.id}/test`);
  expect(tried.body).toMatchObject({ outcome: 'private-address', status: null });
});

import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EnvironmentError, readEnvironment } from '../src/env.js';
import { readOrCreateKeyFile } from '../src/security/key-file.js';

const key = Buffer.alloc(32, 7).toString('base64');
const withDatabase = {
  DATABASE_URL: 'postgres://user:secret@db/hub',
  NP_HUB_ENCRYPTION_KEYS: `a:${key}`,
};

function complaintOf(source: Record<string, string>): string {
  try {
    readEnvironment(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return '';
}

test('an empty environment is the demo with the embedded database', () => {
  expect(readEnvironment({})).toEqual({
    databaseUrl: null,
    host: '127.0.0.1',
    port: 4000,
    dataDir: resolve('.np-hub'),
    encryptionKeys: null,
    currentKey: null,
    metricsToken: null,
    mail: null,
    demo: true,
    pace: 'brisk',
    admin: null,
    gatewayHosts: [
      'cp.np-payment-gateway.com',
      'ctcp.np-payment-gateway.com',
      'api.sps-system.com',
      'stbfep.sps-system.com',
      'app-api.makeshop.jp',
    ],
    trustProxy: false,
    requestsPerMinute: 1_200,
    logLevel: 'warn',
    publicUrl: null,
    sandboxPort: 4010,
    exchangeDir: resolve('.np-hub/exchange'),
    webhookPrivate: true,
  });
});

test.each([
  [
    'a database turns the demo off',
    withDatabase,
    { demo: false, pace: 'calm', logLevel: 'info', webhookPrivate: false, exchangeDir: null },
  ],
  ['webhooks in the house', { ...withDatabase, NP_HUB_WEBHOOK_PRIVATE: 'on' }, { webhookPrivate: true }],
  ['a folder of its own', { ...withDatabase, NP_HUB_EXCHANGE: 'files' }, { exchangeDir: resolve('files') }],
  ['unless asked for', { ...withDatabase, NP_HUB_DEMO: 'on' }, { demo: true }],
  ['a pace of its own', { ...withDatabase, NP_HUB_PACE: 'brisk' }, { demo: false, pace: 'brisk' }],
  ['port 0', { NP_HUB_PORT: '0' }, { port: 0 }],
  ['empty is absent', { NP_HUB_PORT: ' ', DATABASE_URL: '' }, { port: 4000, databaseUrl: null }],
  [
    'hosts',
    { NP_HUB_GATEWAY_HOSTS: 'A.example, b.example:8443 ' },
    { gatewayHosts: ['a.example', 'b.example:8443'] },
  ],
  ['proxies in front', { NP_HUB_TRUST_PROXY: '2' }, { trustProxy: 2 }],
  ['addresses of proxies', { NP_HUB_TRUST_PROXY: '10.0.0.0/8, ::1' }, { trustProxy: ['10.0.0.0/8', '::1'] }],
  ['public URL', { NP_HUB_PUBLIC_URL: 'https://hub.example/' }, { publicUrl: 'https://hub.example' }],
  [
    'first operator',
    { NP_HUB_ADMIN_LOGIN: 'boss', NP_HUB_ADMIN_PASSWORD: 'twelve chars' },
    { admin: { login: 'boss', password: 'twelve chars' } },
  ],
])('%s', (_, source, expected) => expect(readEnvironment(source)).toMatchObject(expected));

test.each([
  ['NP_HUB_PORT', { NP_HUB_PORT: '65536' }],
  ['NP_HUB_PORT', { NP_HUB_PORT: '40x0' }],
  ['DATABASE_URL', { ...withDatabase, DATABASE_URL: 'mysql://secret@db' }],
  ['NP_HUB_ENCRYPTION_KEYS', { DATABASE_URL: withDatabase.DATABASE_URL }],
  ['NP_HUB_ENCRYPTION_KEYS', { NP_HUB_ENCRYPTION_KEYS: `a:${key.slice(4)}` }],
  ['NP_HUB_ENCRYPTION_KEYS', { NP_HUB_ENCRYPTION_KEYS: `a:${key},a:${key}` }],
  ['NP_HUB_ENCRYPTION_KEYS', { NP_HUB_ENCRYPTION_KEYS: `a:${key},secret` }],
  ['NP_HUB_DEMO', { NP_HUB_DEMO: 'yes' }],
  ['NP_HUB_PACE', { NP_HUB_PACE: 'fast' }],
  ['NP_HUB_ADMIN_PASSWORD', { NP_HUB_ADMIN_LOGIN: 'a', NP_HUB_ADMIN_PASSWORD: 'secret' }],
  ['NP_HUB_ADMIN_PASSWORD', { NP_HUB_ADMIN_LOGIN: 'a', NP_HUB_ADMIN_PASSWORD: 'password12345' }],
  ['NP_HUB_ADMIN_PASSWORD', { NP_HUB_ADMIN_LOGIN: 'a' }],
  ['NP_HUB_ADMIN_LOGIN', { NP_HUB_ADMIN_PASSWORD: 'a secret that is long' }],
  ['NP_HUB_GATEWAY_HOSTS', { NP_HUB_GATEWAY_HOSTS: 'https://a.example/' }],
  ['NP_HUB_TRUST_PROXY', { NP_HUB_TRUST_PROXY: 'on' }],
  ['NP_HUB_REQUESTS_PER_MINUTE', { NP_HUB_REQUESTS_PER_MINUTE: '0' }],
  ['NP_HUB_LOG_LEVEL', { NP_HUB_LOG_LEVEL: 'loud' }],
  ['NP_HUB_PUBLIC_URL', { NP_HUB_PUBLIC_URL: 'hub.example' }],
])('%s is named in both languages, its value is not', (name, source) => {
  const complaint = complaintOf(source);
  expect(complaint).toMatch(new RegExp(`${name}: .*[ぁ-ん].* / \\w`));
  expect(complaint).not.toMatch(/secret|AAAA|BwcH/);
});

test('every wrong variable is named at once', () => {
  const complaint = complaintOf({ NP_HUB_PORT: 'x', NP_HUB_LOG_LEVEL: 'x', NP_HUB_PUBLIC_URL: 'x' });
  for (const name of ['NP_HUB_PORT', 'NP_HUB_LOG_LEVEL', 'NP_HUB_PUBLIC_URL'])
    expect(complaint).toContain(name);
});

describe('the key file of the embedded database', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'np-hub-keys-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is made once, for its owner alone', () => {
    const dataDir = join(folder, 'new');
    const made = readOrCreateKeyFile(dataDir, join(dataDir, 'postgres'));
    expect(made).toHaveLength(1);
    expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o600);
    expect(readOrCreateKeyFile(dataDir, join(dataDir, 'postgres'))).toEqual(made);
  });

  test('is not made anew beside data that it cannot read', () => {
    const databaseDir = join(folder, 'postgres');
    mkdirSync(databaseDir);
    expect(() => readOrCreateKeyFile(folder, databaseDir)).toThrow(/バックアップ.*restore it from a backup/);
  });

  test('is not replaced where it is damaged', () => {
    writeFileSync(join(folder, 'keys'), 'first:secret');
    expect(() => readOrCreateKeyFile(folder, join(folder, 'postgres'))).toThrow(/damaged/);
  });
});

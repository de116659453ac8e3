import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, type SandboxConfigInput, startSandbox } from '../src/index.js';

/** Clients as a stranger would write them: plain fetch, and only what the reference says about the wire. */

export const asynchronous = { merchantCode: 'DEMO000001', spCode: 'SP00000001', terminalId: '2000099001' };
export const realTime = { merchantCode: 'DEMO000002', spCode: 'SP00000002', terminalId: '2000099002' };

export interface NpAnswer {
  status: number;
  results: Record<string, unknown>[];
  errors: { id: string; codes: string[] }[];
}

export function npClient(baseUrl: string, who = asynchronous) {
  return async (method: string, path: string, transactions: unknown[], headers = {}): Promise<NpAnswer> => {
    const basic = Buffer.from(`${who.merchantCode}:${who.spCode}`).toString('base64');
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${basic}`,
        'x-np-terminal-id': who.terminalId,
        ...headers,
      },
      body: JSON.stringify({ transactions }),
    });
    const body = (await response.json()) as Partial<NpAnswer>;
    return { status: response.status, results: body.results ?? [], errors: body.errors ?? [] };
  };
}

export const person = (changes: object = {}) => ({
  customer_name: '山田 花子',
  customer_name_kana: 'ヤマダ ハナコ',
  company_name: '',
  department_name: '',
  zip_code: '100-0005',
  address: '東京都千代田区丸の内1-2-3',
  tel: '090-1234-5678',
  ...changes,
});

/** A transaction that NP accepts, with changes. */
export const transaction = (shopTransactionId: string, changes: object = {}) => ({
  shop_transaction_id: shopTransactionId,
  shop_order_date: '2026-11-20',
  settlement_type: '02',
  billed_amount: 5000,
  customer: person({ email: 'hanako@example.jp' }),
  dest_customer: person(),
  goods: [{ goods_name: '煎茶', goods_price: 2500, quantity: 2 }],
  ...changes,
});

export const withBuyer = (shopTransactionId: string, changes: object) =>
  transaction(shopTransactionId, { customer: person({ email: 'hanako@example.jp', ...changes }) });

export function makeshopClient(url: string, headers: Record<string, string> = {}) {
  return async (query: string, variables: object = {}) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer PAT.00000000000000000000000000000001',
        'x-api-key': 'demo-api-key',
        'x-timestamp': String(Math.floor(Date.now() / 1000)),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
}

export async function control(sandbox: Sandbox, method: string, path: string, body?: object) {
  const response = await fetch(`${sandbox.url}/control${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

/** A sandbox in a folder of its own, with a clock that the test moves. */
export async function openSandbox(config: SandboxConfigInput = {}, dataDir = makeFolder()) {
  let aheadMs = 0;
  const sandbox = await startSandbox({
    port: 0,
    dataDir,
    config,
    now: () => new Date(Date.now() + aheadMs),
  });
  return {
    sandbox,
    dataDir,
    pass: (ms: number) => {
      aheadMs += ms;
    },
  };
}

const folders: string[] = [];

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'np-hub-sandbox-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

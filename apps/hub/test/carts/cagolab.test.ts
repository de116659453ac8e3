import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShopView } from '@np-hub/model';
import { addConnection, startTestHub, type TestHub } from '../support/hub.js';

const folder = mkdtempSync(join(tmpdir(), 'np-hub-exchange-'));
let hub: TestHub;
let shopId = '';

beforeAll(async () => {
  hub = await startTestHub({ shop: false, variables: { NP_HUB_EXCHANGE: folder } });
  const operator = await hub.as('operator');
  const connectionId = await addConnection(hub);
  const shop = { name: 'カゴラボの店', adapter: 'cagolab', connectionId, settings: {} };
  shopId = (await operator.post<ShopView>('/shops', shop)).body.id;
  const takeoverAt = new Date(hub.clock.now().getTime() - 3_600_000).toISOString();
  await operator.post(`/shops/${shopId}/go-live`, { takeoverAt, ownLinkIsOff: true });
  await hub.control('PATCH', '/offices/cagolab', { exchange: join(folder, shopId) });
});
afterAll(async () => {
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface CartOrder {
  readonly number: string;
  readonly npWord: string;
  readonly npTransactionId: string;
  readonly life: { readonly script: string } | null;
}

const cartOrders = async (): Promise<readonly CartOrder[]> =>
  (await hub.control<{ orders: readonly CartOrder[] }>('GET', '/offices/cagolab/orders')).orders;

/** What every kind of order has to come to, in the hub and in カゴラボ. */
const ends: Readonly<Record<string, { states: readonly string[]; words: readonly string[] }>> = {
  paid: { states: ['reported', 'paid'], words: ['出荷報告済'] },
  shipped: { states: ['reported'], words: ['出荷報告済'] },
  'hold-address': { states: ['reported'], words: ['出荷報告済'] },
  'short-phone': { states: ['reported'], words: ['出荷報告済'] },
  edited: { states: ['reported'], words: ['出荷報告済'] },
  rejected: { states: ['released'], words: ['審査NG'] },
  cancelled: { states: ['cancelled'], words: ['審査OK', 'キャンセル依頼中', 'キャンセル済'] },
};

test('a shop that exchanges files by its folder alone brings every kind of order to its end', async () => {
  const mix = Object.fromEntries(Object.keys(ends).map((script) => [script, 1]));
  await hub.control('POST', '/life', { on: true, ordersPerMinute: 0, paceMs: [100, 400] });
  await hub.control('POST', '/offices/cagolab/orders', { count: 28, seed: 3, alive: true, mix });
  const scripts = new Map((await cartOrders()).map(({ number, life }) => [number, life?.script ?? '']));
  expect(new Set(scripts.values())).toEqual(new Set(Object.keys(ends)));
  await hub.eventually(async () => {
    const states = await Promise.all(
      [...scripts].map(async ([number, script]) => {
        const state = (await hub.stored(number, shopId))?.state ?? '';
        return ends[script]?.states.includes(state) ?? false;
      }),
    );
    return states.every(Boolean) && (await cartOrders()).every(({ life }) => life === null);
  });
  for (const { number, npWord, npTransactionId } of await cartOrders()) {
    expect(ends[scripts.get(number) ?? '']?.words).toContain(npWord);
    expect(npTransactionId).toMatch(/^\d{11}$/);
  }
  const reported = hub.sandbox.transactions().filter(({ report }) => report !== null);
  const shipped = [...scripts.values()].filter((script) => ends[script]?.words.includes('出荷報告済'));
  expect(reported).toHaveLength(shipped.length);
});

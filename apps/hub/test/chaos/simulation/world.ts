import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, IdSource } from '@np-hub/model';
import { startSandbox, type Sandbox } from '@np-hub/sandbox';
import { orderOf, type NpTransaction } from '../../kills/support/lives.js';

export type CartOrder = ReturnType<Sandbox['orders']>[number];

const merchantCodes = ['GUARDED001', 'UNKNOWN001', 'TWICE00001'];

/** NP refuses duplicates of the first merchant, as the hub is told; of the others it takes everything twice. */
export const merchants = merchantCodes.map((merchantCode, index) => ({
  merchantCode,
  spCode: `SP0000000${index}`,
  terminalId: `200000000${index}`,
  mode: 'asynchronous' as const,
  duplicateGuard: index === 0,
}));

/** One cart a merchant. The orders of the last come to the hub twice, by two shops that somebody has entered. */
export const carts = ['guarded', 'unknown', 'twice'].map((shopId) => ({
  shopId,
  token: `PAT.${shopId}`,
  apiKey: `key-${shopId}`,
  webhookUrl: null,
  webhookSecret: `secret-${shopId}`,
}));

/** NP decides within minutes, and a buyer pays soon: the simulated day is short, not its order of things. */
/** So often NP answers its former result after a marked edit. */
export const staleFinds = 4;

const settings = {
  reviewDelayMs: 40_000,
  lapseDelayMs: 120_000,
  payDelayMs: 60_000,
  webhookCycleMs: 3_600_000,
  staleFinds,
};

/** The one time of all: it moves only when the simulation says so. */
export class SimClock implements Clock {
  private atMs = Date.parse('2026-11-21T00:00:00Z');

  now(): Date {
    return new Date(this.atMs);
  }

  forward(milliseconds: number): void {
    this.atMs += milliseconds;
  }

  /** The first minute of the next day in Japan. */
  nextDay(): void {
    const [day, offset] = [86_400_000, 9 * 3_600_000];
    this.atMs = (Math.floor((this.atMs + offset) / day) + 1) * day - offset + 60_000;
  }
}

/** The clock of one hub, which may be wrong. */
export const skewed = (clock: Clock, offsetMs: number): Clock => ({
  now: () => new Date(clock.now().getTime() + offsetMs),
});

/** Ids in the order in which they are asked for, in the shape of UUIDs. */
export function countedIds(hub: number): IdSource {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return `${hub.toString(16).padStart(8, '0')}-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
    },
  };
}

/** NP and two makeshop shops, and what people and the simulation do to them. */
export class OutsideWorld {
  private constructor(
    readonly sandbox: Sandbox,
    private readonly folder: string,
    readonly clock: SimClock,
  ) {}

  static async start(): Promise<OutsideWorld> {
    const clock = new SimClock();
    const folder = mkdtempSync(join(tmpdir(), 'np-hub-chaos-'));
    const sandbox = await startSandbox({
      port: 0,
      dataDir: folder,
      now: () => clock.now(),
      config: { merchants, shops: carts, settings },
    });
    return new OutsideWorld(sandbox, folder, clock);
  }

  get host(): string {
    return new URL(this.sandbox.url).host;
  }

  async control<Body = unknown>(method: string, path: string, body?: object): Promise<Body> {
    const response = await fetch(`${this.sandbox.url}/control${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as Body;
  }

  /** The cart's own record of one order. */
  order(number: string): Promise<CartOrder> {
    return this.control<CartOrder>('GET', `/makeshop/orders/${number}`);
  }

  /** NP's own record of the latest transaction of an order. */
  lastAtNp(number: string): NpTransaction | undefined {
    return this.sandbox.transactions().findLast((each) => orderOf(each) === number);
  }

  /** A notice as the cart signs it. */
  notice(cartShop: string, event: 'order_updated' | 'order_deleted', orders: readonly string[]) {
    const cart = carts.find(({ shopId }) => shopId === cartShop);
    const payload = JSON.stringify({ shop_id: cartShop, event, orders });
    const timestamp = String(Math.floor(this.clock.now().getTime() / 1_000));
    const signature = createHmac('sha256', cart?.webhookSecret ?? '')
      .update(`${timestamp}.${payload}`)
      .digest('hex');
    const headers = {
      'content-type': 'application/json',
      'x-makeshop-signature': signature,
      'x-makeshop-request-timestamp': timestamp,
    };
    return { payload, headers };
  }

  async stop(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import { createHmac } from 'node:crypto';
import type { Shop } from '../config.js';
import type { World } from '../world.js';
import type { Order } from './store.js';
import { webhookOrderLimit } from './wire.js';

/** assumed: the names of the events in the body of 注文更新通知. */
type OrderEvent = 'order_updated' | 'order_deleted';

const attempts = 3;
const attemptTimeoutMs = 5000;

/** assumed: HMAC-SHA256 in hex over `timestamp.body` with the shop's secret. */
function signWebhook(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

/**
 * 注文更新通知: collects what changed and sends it once a cycle, in the background. A receiver that fails is tried again in
 * the next cycles and then forgotten, as a cart would. Notices not sent when the sandbox stops are lost.
 */
export class Webhooks {
  readonly #changed = new Map<string, Map<string, OrderEvent>>();
  #retries: { shopId: string; event: OrderEvent; orders: string[]; attempt: number }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  readonly #stopped = new AbortController();
  #isMuted = false;
  readonly counts = { sent: 0, failed: 0, dropped: 0 };

  constructor(private readonly world: World) {}

  notify(order: Order, event: OrderEvent): void {
    if (this.#isMuted || !this.world.shops.get(order.shopId)?.webhookUrl) return;
    const changed = this.#changed.get(order.shopId) ?? new Map<string, OrderEvent>();
    changed.set(order.displayOrderNumber, event);
    this.#changed.set(order.shopId, changed);
  }

  /** Runs a change without a notice. */
  muted(change: () => void): void {
    this.#isMuted = true;
    try {
      change();
    } finally {
      this.#isMuted = false;
    }
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#sendAll().finally(() => {
        if (this.#timer) this.start();
      });
    }, this.world.settings.webhookCycleMs);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#stopped.abort();
    await this.#running;
  }

  async #sendAll(): Promise<void> {
    const batches = this.#retries;
    this.#retries = [];
    for (const [shopId, changed] of this.#changed) {
      for (const event of ['order_updated', 'order_deleted'] as const) {
        const orders = [...changed].filter(([, kind]) => kind === event).map(([number]) => number);
        for (let at = 0; at < orders.length; at += webhookOrderLimit) {
          batches.push({ shopId, event, orders: orders.slice(at, at + webhookOrderLimit), attempt: 1 });
        }
      }
    }
    this.#changed.clear();
    for (const batch of batches) {
      const shop = this.world.shops.get(batch.shopId);
      if (!shop?.webhookUrl || this.#stopped.signal.aborted) continue;
      if (await this.#send(shop, shop.webhookUrl, batch.event, batch.orders)) this.counts.sent += 1;
      else if (batch.attempt < attempts) this.#retries.push({ ...batch, attempt: batch.attempt + 1 });
      else this.counts.dropped += 1;
    }
  }

  async #send(shop: Shop, url: string, event: OrderEvent, orders: readonly string[]): Promise<boolean> {
    const body = JSON.stringify({ shop_id: shop.shopId, event, orders });
    const timestamp = String(Math.floor(this.world.nowMs() / 1000));
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-makeshop-signature': signWebhook(shop.webhookSecret, timestamp, body),
          'x-makeshop-request-timestamp': timestamp,
        },
        body,
        signal: AbortSignal.any([AbortSignal.timeout(attemptTimeoutMs), this.#stopped.signal]),
      });
      await response.arrayBuffer();
      if (response.ok) return true;
    } catch {
      // Counted below: a receiver that is down must not disturb the cart.
    }
    this.counts.failed += 1;
    return false;
  }
}

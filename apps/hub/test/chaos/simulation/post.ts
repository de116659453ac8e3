import type { Chance } from './chance.js';
import type { Faults } from './faults.js';
import type { Notice } from './people.js';
import type { SimHub } from './sim-hub.js';
import type { Steps } from './steps.js';
import { carts, type OutsideWorld } from './world.js';

interface Message {
  readonly payload: string;
  readonly headers: Record<string, string>;
  /** Nobody took it. */
  readonly refused: () => unknown;
}

export interface PostParts {
  readonly chance: Chance;
  readonly steps: Steps;
  readonly world: OutsideWorld;
  readonly faults: () => Faults;
  readonly cartOf: (orderNumber: string) => string;
  readonly shopsOf: (cartShop: string) => readonly string[];
  /** Whether a transaction stands still with its locks: then a notice may be turned away. */
  readonly isHeldUp: () => boolean;
}

/** What carts send to the hubs: notices of their orders, and bodies that no cart sends. */
export class Post {
  private readonly waiting: Notice[] = [];

  constructor(private readonly parts: PostParts) {}

  add(notice: Notice): void {
    this.waiting.push(notice);
  }

  /** One of those that wait: late, twice, in another order, or not at all; only of a deletion one always comes. */
  async deliverOne(hub: SimHub): Promise<void> {
    const { chance, faults } = this.parts;
    const notice = chance.pick(this.waiting);
    if (!notice) return;
    if (!chance.happens(faults()['repeated-notice'])) this.waiting.splice(this.waiting.indexOf(notice), 1);
    const lost = notice.event === 'order_updated' && chance.happens(faults()['lost-notice']);
    if (!lost) await this.send(hub, notice);
  }

  /** The deletions among those that wait; of the others the carts' own answers tell. */
  async deliverDeletions(hub: SimHub | undefined): Promise<void> {
    for (const notice of this.waiting.splice(0))
      if (hub && notice.event === 'order_deleted') await this.send(hub, notice);
  }

  async send(hub: SimHub, notice: Notice): Promise<void> {
    const cartShop = this.parts.cartOf(notice.number);
    const { payload, headers } = this.parts.world.notice(cartShop, notice.event, [notice.number]);
    // The cart sends a notice again that nobody took.
    await this.post(hub, cartShop, { payload, headers, refused: () => this.waiting.push(notice) });
  }

  /** A body that no cart sends: cut, forged, or of another kind. */
  async noise(hub: SimHub): Promise<void> {
    const { chance, world } = this.parts;
    const { shopId } = chance.pick(carts) ?? { shopId: '' };
    const { payload, headers } = world.notice(shopId, 'order_updated', ['P000000000000000000']);
    const cut = payload.slice(0, chance.between(0, payload.length - 1));
    const body = chance.pick([cut, '<xml/>', '[]', `${payload} `, '\u0000']) ?? cut;
    await this.post(hub, shopId, { payload: body, headers, refused: () => undefined });
  }

  private async post(hub: SimHub, cartShop: string, { payload, headers, refused }: Message): Promise<void> {
    for (const shopId of this.parts.shopsOf(cartShop))
      await this.parts.steps.begin(hub.name, async () => {
        const url = `/webhooks/${shopId}`;
        const { statusCode } = await hub.app.inject({ method: 'POST', url, payload, headers });
        if (statusCode < 500) return;
        refused();
        if (!this.parts.isHeldUp()) throw new Error(`A notice was answered ${statusCode}: ${payload}`);
      });
  }
}

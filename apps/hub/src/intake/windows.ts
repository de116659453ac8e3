import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import type { OpenShop } from '../shops/shops.js';
import { CLOCK } from '../tokens.js';
import { Absences } from './absences.js';
import { Intake } from './intake.js';
import type { OrderRead } from './taken.js';
import { readingNow } from './told-times.js';

/** Orders by the time at which they were placed: from `from` on, before `to`. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

export interface WindowTotals {
  orders: number;
  changed: number;
  unreadable: number;
}

interface Reading {
  /** Counts on while the reading goes on. */
  readonly total: WindowTotals;
  /** Asked after every page. */
  readonly mustEnd: () => boolean | Promise<boolean>;
  /** Takes a page in and gives how many transactions that changed; absent: as always. */
  readonly take?: (reads: readonly OrderRead[], readAt: string) => Promise<number>;
}

/** Reads a cart's orders of one window, page by page, and takes them in. */
@Injectable()
export class Windows {
  private readonly logger = new Logger('intake');

  constructor(
    @Inject(Intake) private readonly intake: Intake,
    @Inject(Absences) private readonly absences: Absences,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Gives false where it had to stop before the window's end. Throws `IoError` and `ShopChanged`. */
  async read(shop: OpenShop, window: Window, { total, mustEnd, take }: Reading): Promise<boolean> {
    const readAt = this.clock.now().toISOString();
    const seen = new Set<string>();
    for await (const page of shop.adapter.pull?.fetchOrders(shop.io, window) ?? []) {
      const reads: OrderRead[] = [];
      const unreadable: string[] = [];
      for (const raw of page) {
        const reading = readingNow(shop.adapter.readOrder(raw, shop.settings), this.clock.now());
        if (reading.kind === 'order') reads.push({ order: reading.order, raw, isShown: true });
        if (reading.kind === 'unreadable') {
          total.unreadable += 1;
          if (reading.orderNumber) unreadable.push(reading.orderNumber);
          this.logger.warn(`Shop ${shop.id}: unreadable order: ${reading.problems.join(', ')}`);
        }
      }
      for (const number of [...unreadable, ...reads.map(({ order }) => order.orderNumber)]) seen.add(number);
      total.changed += take
        ? await take(reads, readAt)
        : (await this.intake.take(shop, reads, readAt)).changed;
      await this.absences.noteUnreadable(shop.id, unreadable, readAt, { once: true });
      total.orders += page.length;
      if (await mustEnd()) return false;
    }
    // Only a window that was read to its end tells what is not there.
    total.changed += await this.absences.note(shop.id, window, seen, readAt);
    return true;
  }
}

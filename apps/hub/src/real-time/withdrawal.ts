import { orderSchema, type CartSnapshot, type Corrections, type NpPayload, type Order } from '@np-hub/model';
import { findableBy, orderRecordId, storedOrderSchema, type StoredOrder } from '../intake/stored-order.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { readingContext, readingOf, shopOf } from '../transactions/reading.js';
import type { TransactionKey } from '../transactions/rows.js';
import type { ApplyItem } from '../transactions/transactions.js';
import type { Former, ShopAsk } from './begin.js';

/** An edit that NP or time has refused. */
export interface RefusedEdit extends TransactionKey {
  readonly former: Former;
  /** The edit as it was asked about. */
  readonly asked: ShopAsk;
  /** The order as it is stored now. */
  readonly present: Buffer;
}

export interface Withdrawal {
  readonly item: ApplyItem;
  /** What NP would get, where that is new. */
  readonly payload: { readonly hash: string; readonly payload: NpPayload } | null;
}

/**
 * The order as it was before the edit, under what has been said of it while NP was asked: parcels that were shipped, and
 * corrections by people, stand. Null where the cart itself has told another content meanwhile: that is newer than both.
 */
export function withdrawalOf(
  keyring: Keyring,
  { shopId, transactionId, former, asked, present }: RefusedEdit,
  at: string,
): Withdrawal | null {
  const opened = (sealed: Buffer): StoredOrder =>
    storedOrderSchema.parse(openJson(keyring, orderRecordId(shopId, transactionId), sealed));
  const [before, now] = [opened(former.columns.sealedOrder), opened(present)];
  const edit = orderSchema.parse(asked.order);
  if (!isSame(contentOf(now.order), contentOf(edit))) return null;
  const isShipped = !isSame(now.order.parcels, edit.parcels);
  const shop = shopOf(asked.shop, former.facts, asked.routeOf(edit));
  const context = readingContext(keyring, shop);
  // What the edit itself made needless comes back with the content before it.
  const left = readingOf(edit, before.corrections, context).corrections;
  const isCorrected = !isSame(now.corrections, left);
  const snapshot = snapshotOf(former);
  const item = { shopId, transactionId, event: { type: 'edit-withdrawn', at, snapshot } } as const;
  if (!isShipped && !isCorrected) return { item: { ...item, order: former.columns }, payload: null };

  const order = isShipped ? { ...before.order, parcels: now.order.parcels } : before.order;
  const wanted = corrected(before.corrections, { left, now: now.corrections });
  const { snapshot: read, payload, corrections } = readingOf(order, wanted, context);
  const { shipment, shipmentProblems, shipped } = read;
  const content = isCorrected
    ? { payload: read.payload, problems: read.problems, obstacles: read.obstacles ?? [] }
    : {};
  const stored: StoredOrder = { order, corrections };
  return {
    item: {
      ...item,
      event: { ...item.event, snapshot: { ...snapshot, ...content, shipment, shipmentProblems, shipped } },
      order: {
        sealedOrder: sealJson(keyring, orderRecordId(shopId, transactionId), stored),
        // The cart's record is none of the two: whatever it sends next is news.
        readingHash: former.columns.readingHash,
        contentHash: former.columns.contentHash,
        ...findableBy(keyring, stored, payload),
      },
    },
    payload: isCorrected ? { hash: read.payload.hash, payload } : null,
  };
}

/** The corrections of before, with what people have changed since the edit left its own. */
function corrected(before: Corrections, { left, now }: Record<'left' | 'now', Corrections>): Corrections {
  const taken = new Set(Object.keys(left).filter((path) => !(path in now)));
  const kept = Object.entries(before).filter(([path]) => !taken.has(path));
  return { ...Object.fromEntries(kept), ...now };
}

/** Without what a shipment told by itself changes. */
const contentOf = (order: Order): Order => ({ ...order, parcels: [], changedAt: null });

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What the cart said before the edit. */
const snapshotOf = ({ facts: { cart, wanted } }: Former): CartSnapshot => ({
  status: cart.status,
  payment: cart.payment,
  npWord: cart.npWord,
  editOpen: cart.editOpenedAt !== null,
  payload: wanted.payload,
  problems: wanted.problems,
  obstacles: wanted.obstacles,
  shipment: wanted.shipment,
  shipmentProblems: wanted.shipmentProblems,
  shipped: wanted.shipped,
});

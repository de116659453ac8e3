import {
  type OrderReading,
  destinationsOf,
  prefectureName,
  present,
  problemAt,
  unreadableText,
} from '@np-hub/kit';
import { type OrderLine, type Parcel, type Party, mapWord } from '@np-hub/model';
import * as vocabulary from './data/vocabulary.js';
import { type RawOrder, rawOrder } from './raw.js';
import type { __PASCAL__Settings } from './settings.js';

function party({ name, kana, postalCode, prefecture: area, address, phone, email }: RawOrder['buyer']): Party {
  const prefecture = prefectureName(area);
  return {
    name,
    ...present({ kana, email }),
    postalCode,
    address: address === '' || address.startsWith(prefecture) ? address : prefecture + address,
    phone,
  };
}

/** Goods, then the amounts of the order. */
function linesOf(order: RawOrder): OrderLine[] {
  const goods = order.lines.map(({ name, unitPrice, quantity }) => ({ name, unitPriceYen: unitPrice, quantity }));
  const amounts = [
    { name: '送料', unitPriceYen: order.shipping ?? 0, quantity: 1 },
    { name: '手数料', unitPriceYen: order.fee ?? 0, quantity: 1 },
    { name: '値引き', unitPriceYen: -Math.abs(order.discount ?? 0), quantity: 1 },
  ];
  return [...goods, ...amounts.filter(({ unitPriceYen }) => unitPriceYen !== 0)];
}

/**
 * A parcel has left only when the cart says that the order is shipped: many carts give the planned day long before.
 * Without a day of its own it left at `changedAt` or, as the last resort, at `orderedAt`.
 */
const parcelsOf = ({ parcels, changedAt, orderedAt }: RawOrder, isShipped: boolean): Parcel[] =>
  parcels.map(({ carrier, slipNumber, shippedAt }) => ({
    carrier: carrier === '' ? null : mapWord(vocabulary.carriers, carrier),
    slipNumber,
    shippedAt: isShipped ? (shippedAt ?? changedAt ?? orderedAt) : null,
  }));

/** Reads one order of the API. Pure; the problems of an unreadable one name fields, never what they hold. */
export function readOrder(raw: unknown, settings: __PASCAL__Settings): OrderReading {
  const { data: order, error } = rawOrder.safeParse(raw);
  if (!order) {
    const paths = new Set(error.issues.map((issue) => issue.path.join('.') || 'order'));
    const number = rawOrder.pick({ number: true }).safeParse(raw).data?.number ?? null;
    const problems = [...paths].map((path) => problemAt(path, unreadableText));
    return { kind: 'unreadable', orderNumber: number, problems };
  }
  const status = mapWord(vocabulary.statusWords, order.status);
  const buyer = party(order.buyer);
  const destinations = destinationsOf(buyer, order.receivers.map(party));
  return {
    kind: 'order',
    order: {
      orderNumber: order.number,
      orderedAt: order.orderedAt,
      // By this the hub knows which of two answers is newer. Null only where the cart has no such field.
      changedAt: order.changedAt,
      status,
      payment: mapWord(vocabulary.payments, order.payment),
      // What the cart says of NP: by it the hub leaves an order alone that another link has already sent to NP, which
      // would otherwise be registered and billed twice. Null only where the cart has no such field.
      npWord: order.npWord || null,
      npTransactionId: order.npTransactionId || null,
      settlementType: settings.settlementType,
      buyer,
      destinations,
      lines: linesOf(order),
      billedYen: order.billed,
      parcels: parcelsOf(order, status.kind === 'mapped' && status.value === 'shipped'),
      flags: destinations.length > 1 ? ['several-destinations'] : [],
      note: order.note,
      ...(order.fee === null || order.fee === undefined ? {} : { feeYen: order.fee }),
    },
  };
}

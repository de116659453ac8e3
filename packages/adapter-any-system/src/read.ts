import { fieldIssues, type OrderReading, pathText } from '@np-hub/kit';
import { type Carrier, carriers, mapWord, type Order, type OrderFlag } from '@np-hub/model';
import { z } from 'zod';
import { paymentWords, statusWords } from './data/words.js';
import { type RawOrder, rawOrderSchema } from './raw.js';
import type { AnySystemSettings } from './settings.js';

const carrierIds = Object.keys(carriers) as (keyof typeof carriers)[];
const carrierWords: Readonly<Record<string, Carrier>> = Object.fromEntries([
  ...carrierIds.flatMap((id): [string, Carrier][] => [
    [id, id],
    [carriers[id].npCode, id],
  ]),
  ['unsupported', 'unsupported'],
]);

/** `buyer.phone: 日本語 / English` for each field that is wrong; never its value. */
const problemsOf = ({ issues }: z.ZodError): string[] =>
  fieldIssues(issues).map(({ path, message: { ja, en } }) => `${pathText(path) || 'order'}: ${ja} / ${en}`);

/** The optional fields that are there, as they are. */
function extras({ originNumber, mall, plannedShipOn, feeYen, subscription }: RawOrder): Partial<Order> {
  return {
    ...(originNumber === undefined ? {} : { originNumber }),
    ...(mall === undefined ? {} : { mall }),
    ...(plannedShipOn === undefined ? {} : { plannedShipOn }),
    ...(feeYen === undefined ? {} : { feeYen }),
    ...(subscription === undefined ? {} : { subscription }),
  };
}

function flagsOf({ destinations, reservation, digital, subscription }: RawOrder): OrderFlag[] {
  return [
    ...(destinations.length > 1 ? ['several-destinations' as const] : []),
    ...(reservation ? ['reservation' as const] : []),
    ...(digital ? ['digital' as const] : []),
    ...(subscription ? ['subscription' as const] : []),
  ];
}

/** Reads one order of the open API. Pure; every field that is wrong is named. */
export function readOrder(raw: unknown, settings: AnySystemSettings): OrderReading {
  const parsed = rawOrderSchema.safeParse(raw);
  if (!parsed.success) {
    const number = z.object({ orderNumber: rawOrderSchema.shape.orderNumber }).safeParse(raw)
      .data?.orderNumber;
    return { kind: 'unreadable', orderNumber: number ?? null, problems: problemsOf(parsed.error) };
  }
  const order = parsed.data;
  return {
    kind: 'order',
    order: {
      orderNumber: order.orderNumber,
      orderedAt: order.orderedAt,
      changedAt: order.changedAt ?? null,
      status: mapWord(statusWords, order.status),
      payment: mapWord(paymentWords, order.payment),
      npWord: null,
      npTransactionId: order.npTransactionId || null,
      settlementType: order.settlementType ?? settings.settlementType,
      buyer: order.buyer,
      destinations: order.destinations,
      lines: order.lines,
      billedYen: order.billedYen,
      parcels: order.parcels.map(({ carrier, slipNumber, shippedAt }) => ({
        carrier: carrier ? mapWord(carrierWords, carrier) : null,
        slipNumber,
        shippedAt: shippedAt ?? null,
      })),
      flags: flagsOf(order),
      note: order.note,
      ...extras(order),
    },
  };
}

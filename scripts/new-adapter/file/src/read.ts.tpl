import {
  type FileRow,
  type OrderReading,
  cellText,
  destinationsOf,
  prefectureName,
  present,
  writtenTime,
  writtenYen,
} from '@np-hub/kit';
import { type Order, type OrderLine, type Parcel, type Party, mapWord } from '@np-hub/model';
import { z } from 'zod';
import * as vocabulary from './data/vocabulary.js';
import type { __PASCAL__Settings } from './settings.js';

const files = z.object({ orders: z.array(z.record(z.string(), z.string())).min(1) });

/** `buyer…` or `receiver…` columns as a party; empty optional fields are left out. */
function party(row: FileRow, side: 'buyer' | 'receiver'): Party {
  const of = (field: string) => cellText(row, `${side}${field}`);
  const prefecture = prefectureName(of('Prefecture'));
  const address = of('Address');
  return {
    name: of('Name'),
    ...present({ kana: of('Kana'), email: of('Email') }),
    postalCode: of('PostalCode'),
    address: address === '' || address.startsWith(prefecture) ? address : prefecture + address,
    phone: of('Phone'),
  };
}

/** Those of the rows that say where the goods go; a row without a receiver goes to the buyer. */
function destinations(rows: readonly FileRow[], buyer: Party): Party[] {
  const { email: _, kana: __, ...place } = buyer;
  const receivers = rows.map((row) => party(row, 'receiver'));
  return destinationsOf(
    buyer,
    receivers.map((receiver) => (receiver.name + receiver.address === '' ? place : receiver)),
  );
}

/** Columns that hold amounts, empty or not; an unreadable one makes the order unreadable. */
const amountColumns = ['shipping', 'fee', 'discount'] as const;

/** Goods by row, then the amounts of the order, which stand in each of its rows. */
function linesOf(rows: readonly FileRow[]): OrderLine[] {
  const goods = rows
    .filter((row) => cellText(row, 'productName') !== '')
    .map((row) => ({
      name: cellText(row, 'productName'),
      unitPriceYen: writtenYen(cellText(row, 'unitPrice')) ?? 0,
      quantity: writtenYen(cellText(row, 'quantity')) ?? 1,
    }));
  const yen = (column: string) => writtenYen(cellText(rows[0] ?? {}, column)) ?? 0;
  const amounts = [
    { name: '送料', unitPriceYen: yen('shipping'), quantity: 1 },
    { name: '手数料', unitPriceYen: yen('fee'), quantity: 1 },
    { name: '値引き', unitPriceYen: -Math.abs(yen('discount')), quantity: 1 },
  ];
  return [...goods, ...amounts.filter(({ unitPriceYen }) => unitPriceYen !== 0)];
}

/** One for each slip number. It has left when the row says when, or when the order is shipped. */
function parcelsOf(rows: readonly FileRow[], isShipped: boolean, orderedAt: string): Parcel[] {
  const slips = new Map(rows.map((row) => [cellText(row, 'slipNumber'), row]));
  return [...slips].flatMap(([slipNumber, row]) => {
    const carrier = cellText(row, 'carrier');
    const shippedAt = writtenTime(cellText(row, 'shippedAt')) ?? (isShipped ? orderedAt : null);
    if (slipNumber === '' && shippedAt === null && carrier === '') return [];
    return [{ carrier: carrier === '' ? null : mapWord(vocabulary.carriers, carrier), slipNumber, shippedAt }];
  });
}

/** Names of the columns that an order cannot do without and that are missing or unreadable. */
function problemsOf(rows: readonly FileRow[]): string[] {
  const of = (column: string) => cellText(rows[0] ?? {}, column);
  const isAmount = (text: string) => text === '' || writtenYen(text) !== null;
  return [
    ...(writtenTime(of('orderedAt')) === null ? ['orderedAt'] : []),
    ...(writtenYen(of('billed')) === null ? ['billed'] : []),
    ...amountColumns.filter((column) => !isAmount(of(column))),
    ...(['unitPrice', 'quantity'] as const).filter((column) => !rows.every((row) => isAmount(cellText(row, column)))),
  ];
}

/** Reads what the files say of one order. Pure; the problems of an unreadable one name columns, never what they hold. */
export function readOrder(raw: unknown, settings: __PASCAL__Settings): OrderReading {
  const rows = files.safeParse(raw).data?.orders ?? [];
  const of = (column: string) => cellText(rows[0] ?? {}, column);
  const orderNumber = of('orderNumber');
  if (orderNumber === '') return { kind: 'unreadable', orderNumber: null, problems: ['orderNumber: missing'] };
  const problems = problemsOf(rows).map((column) => `${column}: missing or unreadable`);
  const [orderedAt, billedYen] = [writtenTime(of('orderedAt')), writtenYen(of('billed'))];
  if (problems.length > 0 || orderedAt === null || billedYen === null)
    return { kind: 'unreadable', orderNumber, problems };
  const status = mapWord(vocabulary.statusWords, of('status'));
  const buyer = party(rows[0] ?? {}, 'buyer');
  const places = destinations(rows, buyer);
  const order: Order = {
    orderNumber,
    orderedAt,
    changedAt: null,
    status,
    payment: mapWord(vocabulary.payments, of('payment')),
    npWord: null,
    npTransactionId: null,
    settlementType: settings.settlementType,
    buyer,
    destinations: places,
    lines: linesOf(rows),
    billedYen,
    parcels: parcelsOf(rows, status.kind === 'mapped' && status.value === 'shipped', orderedAt),
    flags: places.length > 1 ? ['several-destinations'] : [],
    note: of('note'),
  };
  return { kind: 'order', order };
}

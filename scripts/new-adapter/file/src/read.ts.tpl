import {
  type FileRow,
  type LocalText,
  type OrderReading,
  type Told,
  cellText,
  destinationsOf,
  prefectureName,
  present,
  problemAt,
  toldBy,
  writtenTime,
  writtenYen,
} from '@np-hub/kit';
import { type Order, type OrderLine, type Parcel, type Party, mapWord } from '@np-hub/model';
import { z } from 'zod';
import {
  type OrderColumn,
  agreeing,
  amounts,
  needed,
  ofEachRow,
  orderColumns,
  times,
} from './data/columns.js';
import { problemTexts } from './data/texts.js';
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

/** Goods by row, then the amounts of the order, which stand in one of its rows or in each. */
function linesOf(rows: readonly FileRow[], told: Told): OrderLine[] {
  const goods = rows.map((row) => ({
    name: cellText(row, 'productName'),
    unitPriceYen: writtenYen(cellText(row, 'unitPrice')) ?? 0,
    quantity: writtenYen(cellText(row, 'quantity')) ?? 0,
  }));
  const yen = (column: string) => writtenYen(told(column)[0] ?? '') ?? 0;
  const amounts = [
    { name: '送料', unitPriceYen: yen('shipping'), quantity: 1 },
    { name: '手数料', unitPriceYen: yen('fee'), quantity: 1 },
    { name: '値引き', unitPriceYen: -Math.abs(yen('discount')), quantity: 1 },
  ];
  return [...goods, ...amounts.filter(({ unitPriceYen }) => unitPriceYen !== 0)];
}

/**
 * One for each slip number. It has left only when the cart says that the order is shipped: many carts write the planned
 * day into 出荷日, long before. Without a day of its own it left at `changedAt` or, as the last resort, at `orderedAt`.
 */
function parcelsOf(rows: readonly FileRow[], isShipped: boolean, elseAt: string): Parcel[] {
  const slips = new Map(rows.map((row) => [cellText(row, 'slipNumber'), row]));
  return [...slips].flatMap(([slipNumber, row]) => {
    const carrier = cellText(row, 'carrier');
    const shippedAt = isShipped ? (writtenTime(cellText(row, 'shippedAt')) ?? elseAt) : null;
    if (slipNumber === '' && shippedAt === null && carrier === '') return [];
    return [{ carrier: carrier === '' ? null : mapWord(vocabulary.carriers, carrier), slipNumber, shippedAt }];
  });
}

/** Why an order cannot be taken, by column: nothing is guessed, neither what is empty nor which of two rows is right. */
function problemsOf(rows: readonly FileRow[], told: Told): string[] {
  const isAmount = (text: string) => writtenYen(text) !== null;
  const isTime = (text: string) => writtenTime(text) !== null;
  const silent = needed.filter((column) => told(column).length === 0);
  const gaps = ofEachRow.filter((column) => rows.some((row) => cellText(row, column) === ''));
  const wrong = [
    ...amounts.filter((column) => !told(column).every(isAmount)),
    ...times.filter((column) => !told(column).every(isTime)),
  ];
  const found: [LocalText, readonly OrderColumn[]][] = [
    [problemTexts.missing, [...silent, ...gaps]],
    [problemTexts.unreadable, wrong],
    [problemTexts.disagree, agreeing.filter((column) => told(column).length > 1)],
  ];
  return found.flatMap(([text, columns]) => columns.map((column) => problemAt(orderColumns[column].label.ja, text)));
}

/** Reads what the files say of one order. Pure; the problems of an unreadable one name columns, never what they hold. */
export function readOrder(raw: unknown, settings: __PASCAL__Settings): OrderReading {
  const rows = files.safeParse(raw).data?.orders ?? [];
  const told = toldBy(rows);
  const one = (column: OrderColumn) => told(column)[0] ?? '';
  const orderNumber = one('orderNumber');
  if (orderNumber === '')
    return {
      kind: 'unreadable',
      orderNumber: null,
      problems: [problemAt(orderColumns.orderNumber.label.ja, problemTexts.missing)],
    };
  const problems = problemsOf(rows, told);
  const [orderedAt, billedYen] = [writtenTime(one('orderedAt')), writtenYen(one('billed'))];
  if (problems.length > 0 || orderedAt === null || billedYen === null)
    return { kind: 'unreadable', orderNumber, problems };
  const status = mapWord(vocabulary.statusWords, one('status'));
  const changedAt = writtenTime(one('changedAt'));
  const buyer = party(Object.fromEntries(agreeing.map((column) => [column, one(column)])), 'buyer');
  const places = destinations(rows, buyer);
  const feeYen = writtenYen(one('fee'));
  const order: Order = {
    orderNumber,
    orderedAt,
    // By this the hub knows which of two files is newer. Null only where the cart has no such column.
    changedAt,
    status,
    payment: mapWord(vocabulary.payments, one('payment')),
    // What the cart says of NP: by it the hub leaves an order alone that another link has already sent to NP, which
    // would otherwise be registered and billed twice. Null only where the cart has no such column.
    npWord: one('npWord') || null,
    npTransactionId: one('npTransactionId') || null,
    settlementType: settings.settlementType,
    buyer,
    destinations: places,
    lines: linesOf(rows, told),
    billedYen,
    parcels: parcelsOf(rows, status.kind === 'mapped' && status.value === 'shipped', changedAt ?? orderedAt),
    flags: places.length > 1 ? ['several-destinations'] : [],
    note: one('note'),
    ...(feeYen === null ? {} : { feeYen }),
  };
  return { kind: 'order', order };
}

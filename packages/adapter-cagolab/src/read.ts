import {
  type FileColumn,
  type OrderReading,
  destinationsOf,
  plainWord,
  prefectureName,
  present,
  problemAt,
  unreadableText,
} from '@np-hub/kit';
import type { Carrier, Mapped, Order, OrderLine, Parcel, Party } from '@np-hub/model';
import { mapWord } from '@np-hub/model';
import { z } from 'zod';
import { itemColumns, orderColumns } from './data/columns.js';
import { layoutTexts, pending } from './data/texts.js';
import * as vocabulary from './data/vocabulary.js';
import { spellings, words } from './data/words.js';
import { type ItemRow, type OrderRow, itemRow, orderRow } from './raw.js';
import type { CagolabSettings } from './settings.js';

/** An order number as both files write it: widths and spaces do not count. */
export const plain = (raw: string): string => raw.normalize('NFKC').replaceAll(/\s/g, '');

/** Looks a word up whatever its widths and spaces, and keeps it as it was. */
const lookUp = <T>(vocabularyOf: Readonly<Record<string, T>>, raw: string): Mapped<T> => ({
  ...mapWord(vocabularyOf, plain(raw)),
  raw,
});

/** One of the fifteen words, whatever stands around it; another word stays as it is, no word is null. */
function npWordOf(raw: string): string | null {
  const word = plainWord(plain(raw));
  const spelled = Object.hasOwn(spellings, word) ? (spellings[word] ?? word) : word;
  return Object.values<unknown>(words).includes(spelled) ? spelled : raw || null;
}

function party(row: ItemRow | OrderRow, email = ''): Party {
  const prefecture = prefectureName(row.prefecture);
  const street = [row.address1, row.address2].filter((part) => part !== '').join(' ');
  const parts = (of: readonly string[], between: string) => of.filter((part) => part !== '').join(between);
  const kana = row.kana || parts([row.familyKana, row.givenKana], ' ');
  return {
    name: row.name || parts([row.familyName, row.givenName], ' '),
    ...present({ kana, company: row.company, email }),
    postalCode: row.postalCode || parts([row.postalCode1, row.postalCode2], '-'),
    address: street === '' || street.startsWith(prefecture) ? street : prefecture + street,
    phone: row.phone || parts([row.phone1, row.phone2, row.phone3], '-'),
  };
}

/** A price without tax gets its rate's; EC-CUBE rounds half up by default. */
const priceOf = ({ price, priceWithoutTax, taxRate }: ItemRow): number =>
  price ?? Math.round(((priceWithoutTax ?? 0) * (100 + taxRate)) / 100);

/** Goods, then the amounts of the order. 税金 is part of the prices, and 小計 is the goods again. */
function lines(row: OrderRow, items: readonly ItemRow[]): OrderLine[] {
  const goods = items.map((item) => ({
    name: [item.productName, item.variation1, item.variation2].filter((part) => part !== '').join(' '),
    unitPriceYen: priceOf(item),
    quantity: item.quantity,
  }));
  const amounts: readonly (readonly [string, number])[] = [
    ['送料', row.deliveryFee],
    ['手数料', row.charge ?? 0],
    ['値引き', -Math.abs(row.discount)],
    ['使用ポイント', -Math.abs(row.usePoint)],
  ];
  const charged = amounts.filter(([, yen]) => yen !== 0);
  return [...goods, ...charged.map(([name, unitPriceYen]) => ({ name, unitPriceYen, quantity: 1 }))];
}

/** By name where the file has it; a number alone is the merchant's own and has to be mapped once. */
function carrierOf({ carrier, carrierId }: OrderRow): Mapped<Carrier> | null {
  if (carrier !== '') return lookUp(vocabulary.carrierNames, carrier);
  return carrierId === '' || carrierId === '0'
    ? null
    : { kind: 'unmapped', raw: `${vocabulary.carrierIdPrefix}${carrierId}` };
}

/**
 * An entered slip means that its parcel has left: it is what the cart reports by. 発送済み without one has left too,
 * but cannot be reported, which the hub then says aloud.
 */
function parcelsOf(row: OrderRow, isShipped: boolean): Parcel[] {
  const carrier = carrierOf(row);
  const leftAt = row.shippedAt ?? row.changedAt ?? row.orderedAt;
  const slips = row.slipNumber.split(/[,、/\s]+/).filter((slip) => slip !== '');
  if (slips.length > 0) return slips.map((slipNumber) => ({ carrier, slipNumber, shippedAt: leftAt }));
  return carrier || isShipped ? [{ carrier, slipNumber: '', shippedAt: isShipped ? leftAt : null }] : [];
}

const columnsOf: Readonly<Record<'orders' | 'items', Readonly<Record<string, FileColumn>>>> = {
  orders: orderColumns,
  items: itemColumns,
};

const rows = z.array(z.unknown()).default([]);
const files = z.object({ orders: rows, items: rows }).catch({ orders: [], items: [] });
const numbered = z.object({ orderNumber: z.string().transform(plain).pipe(z.string().min(1)) });

const unreadable = (orderNumber: string | null, places: readonly string[]): OrderReading => ({
  kind: 'unreadable',
  orderNumber,
  problems: [...new Set(places)].map((place) => problemAt(place, unreadableText)),
});

/** Where a row is wrong, in the words of the file. */
function placesOf(layout: keyof typeof columnsOf, error: z.ZodError | undefined): string[] {
  const names = (error?.issues ?? []).map((issue) => issue.path.find((key) => typeof key === 'string'));
  return names.map((name) => placeOf(layout, name));
}

const placeOf = (layout: keyof typeof columnsOf, name: string | undefined): string =>
  `${layoutTexts[layout].label.ja} ${columnsOf[layout][name ?? '']?.label.ja ?? ''}`.trim();

/**
 * Reads what both files say of one order. Pure; the problems of an unreadable one name columns, and never what they hold.
 * Goods and destination are waited for, unless NP has nothing (any more) to do with the order.
 */
export function readOrder(raw: unknown, settings: CagolabSettings): OrderReading {
  const { orders, items } = files.parse(raw);
  const first = numbered.safeParse(orders.at(-1) ?? items[0]);
  if (!first.success) return unreadable(null, [placeOf('orders', 'orderNumber')]);
  const { orderNumber } = first.data;
  if (orders.length === 0) return { kind: 'incomplete', orderNumber, missing: ['orders'] };
  const row = orderRow.safeParse(orders.at(-1));
  const goods = z.array(itemRow).safeParse(items);
  const invoice = invoiceOf(row.data, settings);
  if (!row.success || !goods.success || !invoice) {
    const unknown = row.success && !invoice ? [placeOf('orders', 'invoiceKind')] : [];
    return unreadable(orderNumber, [
      ...placesOf('orders', row.error),
      ...placesOf('items', goods.error),
      ...unknown,
    ]);
  }
  const order = orderOf({ ...row.data, orderNumber }, goods.data, { settings, settlementType: invoice });
  const isPending = vocabulary.pendingStatuses.includes(plain(row.data.status));
  if (isPending && (order.npWord === null || order.npWord === words.received))
    return { kind: 'ignored', reason: pending };
  const isOver = order.payment.kind === 'mapped' && order.payment.value === 'other';
  const isCancelled = order.status.kind === 'mapped' && order.status.value === 'cancelled';
  if (items.length === 0 && !isOver && !isCancelled)
    return { kind: 'incomplete', orderNumber, missing: ['items'] };
  return { kind: 'order', order };
}

/** The invoice that the row asks for, else the shop's; undefined for a word that nobody knows. */
function invoiceOf(
  row: OrderRow | undefined,
  settings: CagolabSettings,
): Order['settlementType'] | undefined {
  const kind = plain(row?.invoiceKind ?? '');
  if (kind === '') return settings.settlementType;
  return Object.hasOwn(vocabulary.invoiceKinds, kind) ? vocabulary.invoiceKinds[kind] : undefined;
}

function orderOf(
  row: OrderRow,
  items: readonly ItemRow[],
  { settings, settlementType }: { settings: CagolabSettings; settlementType: Order['settlementType'] },
): Order {
  const buyer = party(row, row.email);
  const destinations = destinationsOf(
    buyer,
    items.map((item) => party(item)),
  );
  const status = lookUp(vocabulary.statusWords, row.status);
  const isNp = settings.npPayments.some((name) => plain(name) === plain(row.payment));
  return {
    orderNumber: row.orderNumber,
    orderedAt: row.orderedAt,
    changedAt: row.changedAt,
    status,
    payment: isNp
      ? { kind: 'mapped', value: 'np', raw: row.payment }
      : lookUp(vocabulary.otherPayments, row.payment),
    npWord: npWordOf(row.npWord),
    npTransactionId: row.npTransactionId || null,
    settlementType,
    buyer,
    destinations,
    lines: lines(row, items),
    billedYen: row.billed,
    parcels: parcelsOf(row, status.kind === 'mapped' && status.value === 'shipped'),
    flags: destinations.length > 1 ? ['several-destinations'] : [],
    note: row.note,
    ...(row.charge === null ? {} : { feeYen: row.charge }),
  };
}

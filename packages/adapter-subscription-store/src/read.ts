import {
  type FileRow,
  type OrderReading,
  cellText,
  destinationsOf,
  plainWord,
  prefectureName,
  present,
  problemAt,
  unreadableText,
} from '@np-hub/kit';
import { type Order, type OrderLine, type Parcel, type Party, mapWord } from '@np-hub/model';
import { carrierCodes, carrierNames } from './data/carriers.js';
import { orderColumns } from './data/columns.js';
import { prefectures } from './data/prefectures.js';
import { amountLines, generatedWords, orderWords, otherPayments } from './data/words.js';
import { type RawOrder, fileSchema, orderSchema } from './raw.js';
import type { Settings } from './settings.js';
import { rowsOf } from './wire.js';

function paymentOf(raw: string, { npPayments }: Settings) {
  const word = plainWord(raw);
  const np = Object.entries(npPayments).find(([name]) => plainWord(name) === word);
  const payment: Order['payment'] = np
    ? { kind: 'mapped', value: 'np', raw }
    : { ...mapWord(otherPayments, word), raw };
  return { payment, settlementType: np?.[1] ?? '02' };
}

/** `buyer…` or `destination…` cells as a party; empty optional ones are left out. */
function party(row: FileRow, owner: 'buyer' | 'destination'): Party {
  const of = (column: string) => cellText(row, owner + column);
  const whole = (one: string, family: string, first: string) =>
    family === '' || one.startsWith(family) ? one : `${family} ${first || one}`.trim();
  const kana = whole(of('Kana'), of('FamilyKana'), of('FirstKana'));
  const prefecture = prefectures[Number(of('Prefecture')) - 1] ?? prefectureName(of('Prefecture'));
  const address = of('City') + of('Address') + of('Building');
  return {
    name: whole(of('Name'), of('FamilyName'), of('FirstName')),
    ...present({ kana, company: of('Company'), department: of('Department'), email: of('Email') }),
    postalCode: of('PostalCode'),
    address: address.startsWith(prefecture) ? address : prefecture + address,
    phone: of('Phone'),
  };
}

function lines({ head, orders }: RawOrder): OrderLine[] {
  const sold = orders.filter(({ cells }) => cellText(cells, 'productName') !== '');
  const goods = sold.map(({ cells, quantity, unitPriceYen, lineYen }): OrderLine => {
    const name = cellText(cells, 'productName');
    const price = unitPriceYen ?? (lineYen ?? 0) / (quantity ?? 1);
    return Number.isSafeInteger(price)
      ? { name, unitPriceYen: price, quantity: quantity ?? 1 }
      : { name: `${name} ×${quantity}`, unitPriceYen: lineYen ?? 0, quantity: 1 };
  });
  const amounts = amountLines.map(({ name, column, discount }): OrderLine => {
    const yen = head[column] ?? 0;
    return { name, unitPriceYen: discount ? -Math.abs(yen) : yen, quantity: 1 };
  });
  return [...goods, ...amounts.filter((line) => line.unitPriceYen !== 0)];
}

/** By the code that the shop has set for the shipping method, else as a carrier's name. What is neither waits for a person. */
function carrierOf(cells: FileRow, settings: Settings): Parcel['carrier'] {
  const [method, name] = [cellText(cells, 'shippingMethod'), cellText(cells, 'carrierName')];
  const code = mapWord(settings.carrierCodes, method);
  if (code.kind === 'mapped') return { ...mapWord(carrierCodes, code.value), raw: method };
  const known = [name, method].find((word) => Object.hasOwn(carrierNames, plainWord(word)));
  const raw = known ?? (method || name);
  return raw === '' ? null : { ...mapWord(carrierNames, plainWord(raw)), raw };
}

/**
 * One for each slip, of the shipment file where there is one; before that one for each shipping method, so that an
 * unknown one is noticed at once. A parcel has left when 注文状況 says so and 出荷番号 and 発送日 are both there (confirmed for
 * the sister product).
 */
function parcelsOf({ head, orders, shipments }: RawOrder, left: boolean, settings: Settings): Parcel[] {
  const parcels = (shipments.length > 0 ? shipments : orders).map(({ cells, shippedOn }): Parcel => {
    const slipNumber = cellText(cells, 'slipNumber');
    const carrier = carrierOf(cells, settings) ?? carrierOf(head.cells, settings);
    return { carrier, slipNumber, shippedAt: left && slipNumber !== '' ? shippedOn : null };
  });
  const sent = parcels.filter(({ slipNumber }) => slipNumber !== '');
  const known = sent.length > 0 ? sent : parcels.filter(({ carrier }) => carrier);
  return [...new Map(known.map((parcel) => [JSON.stringify(parcel), parcel])).values()];
}

/**
 * Reads one order: the rows of its files, or the JSON of the API, which is put into rows first. Pure; the problems of
 * an unreadable one name columns, never their values.
 */
export function readOrder(raw: unknown, settings: Settings): OrderReading {
  const file = fileSchema.safeParse(raw).data ?? rowsOf(raw, settings.fieldNames);
  const [first = {}] = [...file.orders, ...file.shipments];
  const orderNumber = cellText(first, 'orderNumber');
  if (file.orders.length === 0 && orderNumber !== '')
    return { kind: 'incomplete', orderNumber, missing: ['orders'] };
  const withCells = (cells: FileRow) => ({ ...cells, cells });
  const [head, rows, parcels] = [withCells(first), file.orders.map(withCells), file.shipments.map(withCells)];
  const parsed = orderSchema.safeParse({ head, orders: rows, shipments: parcels });
  if (parsed.success) return { kind: 'order', order: orderOf(parsed.data, settings) };
  const columns = new Set(parsed.error.issues.map(({ path }) => String(path.at(-1))));
  const problems = [...columns].map((column) =>
    problemAt(orderColumns[column]?.label.ja ?? column, unreadableText),
  );
  return { kind: 'unreadable', orderNumber: orderNumber || null, problems };
}

function orderOf(raw: RawOrder, settings: Settings): Order {
  const { head, orders } = raw;
  const of = (column: string) => cellText(head.cells, column);
  const status = { ...mapWord(orderWords, plainWord(of('orderStatus'))), raw: of('orderStatus') };
  const left = status.kind === 'mapped' && ['shipped', 'returned'].includes(status.value);
  const buyer = party(head.cells, 'buyer');
  const receivers = orders.map(({ cells }) => party(cells, 'destination'));
  const named = receivers.filter(({ name, address }) => name + address !== '');
  const destinations = destinationsOf(buyer, named);
  const [courseNumber, count] = [of('courseNumber'), head.courseCount];
  const recurring = courseNumber !== '' || (count ?? 0) > 0;
  const generated = generatedWords.includes(plainWord(of('generated')));
  return {
    orderNumber: head.orderNumber,
    orderedAt: head.orderedAt,
    changedAt: head.changedAt,
    status,
    ...paymentOf(of('payment'), settings),
    npWord: of('creditStatus') || null,
    npTransactionId: of('npTransactionId') || null,
    buyer,
    destinations,
    lines: lines(raw),
    billedYen: head.billedYen,
    parcels: parcelsOf(raw, left, settings),
    flags: [
      ...(destinations.length > 1 ? ['several-destinations' as const] : []),
      ...(recurring ? ['subscription' as const] : []),
    ],
    note: of('note'),
    ...(head.plannedShipOn ? { plannedShipOn: head.plannedShipOn.slice(0, 10) } : {}),
    ...(head.feeYen === null ? {} : { feeYen: head.feeYen }),
    ...(recurring ? { subscription: { courseNumber, count, generated } } : {}),
  };
}

import {
  type FileRow,
  type LocalText,
  type OrderReading,
  type Told,
  cellText,
  destinationsOf,
  meaningOf,
  prefectureName,
  present,
  problemAt,
  toldBy,
  writtenDay,
  writtenTime,
  writtenYen,
} from '@np-hub/kit';
import type { Order, Party } from '@np-hub/model';
import { type OrderColumn, agreeing, amounts, needed, ofLines, orderColumns, times } from './data/columns.js';
import { provisionalMark } from './data/payments.js';
import { problemTexts } from './data/results.js';
import { linesOf } from './lines.js';
import { parcelsOf } from './parcels.js';
import type { GoqSettings } from './settings.js';
import { type GoqOrder, fileOrderSchema, slipOrder } from './wire.js';

/** 注文者… or 送付先… columns as a party, each in one piece or in several. */
function party(row: FileRow, side: 'buyer' | 'receiver'): Party {
  const of = (field: string) => cellText(row, `${side}${field}`);
  const pieces = (fields: readonly string[], by: string) => fields.map(of).filter(Boolean).join(by);
  const prefecture = prefectureName(of('Prefecture'));
  const address = of('Address') || pieces(['City', 'Street', 'Building'], '');
  const more = { kana: of('Kana'), company: of('Company'), department: of('Department'), email: of('Email') };
  const isWhole = of('FamilyName') === '' || of('Name').startsWith(of('FamilyName'));
  const name = isWhole ? of('Name') : pieces(['FamilyName', of('Name') ? 'Name' : 'GivenName'], '　');
  return {
    name: name.replace(/\s+様$/, ''),
    ...present(more),
    postalCode: of('PostalCode') || pieces(['PostalCode1', 'PostalCode2'], '-'),
    address: address === '' || address.startsWith(prefecture) ? address : prefecture + address,
    phone: of('Phone') || pieces(['Phone1', 'Phone2', 'Phone3'], '-'),
  };
}

/** Whether all that is said of a receiver is said of the buyer: a column that the file leaves out says nothing. */
const isBuyer = (receiver: Party, buyer: Party): boolean =>
  (['name', 'company', 'department', 'postalCode', 'address', 'phone'] as const).every(
    (field) => !receiver[field] || receiver[field] === buyer[field],
  );

function destinations(orders: readonly FileRow[], buyer: Party): Party[] {
  const receivers = orders.map((row) => party(row, 'receiver'));
  const named = receivers.filter(({ name, postalCode, address }) => name + postalCode + address !== '');
  const told = named.map((receiver) => (isBuyer(receiver, buyer) ? buyer : receiver));
  return destinationsOf(buyer, told);
}

/** GoQ's tags, in its brackets, so that they are never taken for words of the hub; the text of an error goes. */
function npWordOf(told: Told): string | null {
  const words = ['npWord', 'npSync'].flatMap(told);
  const tags = words.flatMap((word) => word.match(/(?<=[[［【])[^\]］】]+/g) ?? [word]);
  return tags.map((tag) => `[${tag}]`).join(' ') || null;
}

/** Why an order cannot be taken: rows that contradict each other, and what may not be guessed. */
function problemsOf(orders: readonly FileRow[], told: Told): string[] {
  const ofEachLine = ofLines.filter((column) => column === 'quantity' || told(column).length > 0);
  const gaps = ofEachLine.filter((column) => orders.some((row) => cellText(row, column) === ''));
  const noTimes = times.filter((column) => told(column).some((text) => writtenTime(text) === null));
  const noAmounts = amounts.filter((column) => told(column).some((text) => writtenYen(text) === null));
  const silent = needed.filter((column) => told(column).length === 0);
  const found: [LocalText, readonly OrderColumn[]][] = [
    [problemTexts.disagree, agreeing.filter((column) => told(column).length > 1)],
    [problemTexts.missing, [...silent, ...gaps]],
    [problemTexts.unreadable, [...noTimes, ...noAmounts]],
  ];
  return found.flatMap(([text, columns]) =>
    columns.map((name) => problemAt(orderColumns[name].label.ja, text)),
  );
}

function orderOf(order: GoqOrder, told: Told, settings: GoqSettings): Omit<Order, 'orderNumber'> {
  const { orders } = order;
  const one = (column: OrderColumn): string => told(column)[0] ?? '';
  const buyer = party(Object.fromEntries(agreeing.map((column) => [column, one(column)])), 'buyer');
  const places = destinations(orders, buyer);
  const billedYen = writtenYen(one('billed')) ?? 0;
  const orderedAt = writtenTime(one('orderedAt')) ?? '';
  const feeYen = writtenYen(one('fee'));
  // Labels are the merchant's own: none but a cancel counts, unless the shop has listed the others too.
  const open = ['', ...(settings.openLabels.length > 0 ? settings.openLabels : [one('label')])];
  const plannedShipOn = writtenDay(one('plannedShipOn')) ?? '';
  return {
    orderedAt,
    changedAt: null,
    status: meaningOf(one('label'), { cancelled: settings.cancelledLabels, open }),
    payment: meaningOf(one('payment'), { np: settings.npPayments, other: settings.otherPayments }),
    npWord: npWordOf(told),
    npTransactionId: one('npTransactionId') || null,
    settlementType: settings.settlementType,
    buyer,
    destinations: places,
    lines: linesOf(orders, told, billedYen),
    billedYen,
    parcels: parcelsOf(order, told, orderedAt),
    flags: places.length > 1 ? ['several-destinations'] : [],
    note: one('note'),
    ...present({ originNumber: one('originNumber'), mall: one('mall'), plannedShipOn }),
    ...(feeYen === null ? {} : { feeYen }),
  };
}

/** NP has, or will have, nothing to do with it: what else the rows say does not stand in the way of that. */
const isLeaving = ({ orderedAt, status, payment }: Order): boolean =>
  orderedAt !== '' &&
  [status, payment].some((word) => word.kind === 'mapped' && ['cancelled', 'other'].includes(word.value));

/** Reads what the files have told of one order. Pure; problems name columns, never what they hold. */
export function readOrder(raw: unknown, settings: GoqSettings): OrderReading {
  const { data } = fileOrderSchema.safeParse(raw);
  const { orders = [], ...slips } = data ?? {};
  const told = toldBy(orders);
  const [slip = {}] = Object.values(slips).flat();
  const orderNumber = told('number')[0] ?? slipOrder(slip);
  if (!data || orderNumber === '') {
    const problems = [problemAt(orderColumns.number.label.ja, problemTexts.missing)];
    return { kind: 'unreadable', orderNumber: null, problems };
  }
  if (orders.length === 0) return { kind: 'incomplete', orderNumber, missing: ['orders'] };
  if (told('memo').some((memo) => memo.includes(provisionalMark)))
    return { kind: 'ignored', reason: problemAt(provisionalMark, problemTexts.provisional) };
  const order = { ...orderOf(data, told, settings), orderNumber };
  const problems = problemsOf(orders, told);
  const isClear = told('payment').length <= 1 && told('label').length <= 1;
  if (problems.length === 0 || (isClear && isLeaving(order))) return { kind: 'order', order };
  return { kind: 'unreadable', orderNumber, problems };
}

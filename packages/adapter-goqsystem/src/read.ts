import {
  type FileRow,
  type OrderReading,
  cellText,
  destinationsOf,
  prefectureName,
  present,
  writtenDay,
  writtenTime,
  writtenYen,
} from '@np-hub/kit';
import type { CartStatus, Mapped, Order, Party, PaymentRoute } from '@np-hub/model';
import { z } from 'zod';
import { type Told, isAmong, toldBy } from './cells.js';
import { type OrderColumn, agreeing, amounts, needed, orderColumns } from './data/columns.js';
import { provisionalMark } from './data/payments.js';
import { problemTexts } from './data/results.js';
import { linesOf } from './lines.js';
import { type GoqOrder, parcelsOf } from './parcels.js';
import type { GoqSettings } from './settings.js';
import { slipOrder } from './wire.js';

const rows = z.array(z.record(z.string(), z.string())).default([]);
const fileOrderSchema = z.object({ orders: rows, 'slips-b2': rows, slips: rows });

/** 注文者… or 送付先… columns as a party. */
function party(row: FileRow, side: 'buyer' | 'receiver'): Party {
  const of = (field: string) => cellText(row, `${side}${field}`);
  const prefecture = prefectureName(of('Prefecture'));
  const address = of('Address') || ['City', 'Street', 'Building'].map(of).join('');
  const more = { kana: of('Kana'), company: of('Company'), department: of('Department'), email: of('Email') };
  return {
    name: of('Name').replace(/\s+様$/, ''),
    ...present(more),
    postalCode: of('PostalCode'),
    address: address === '' || address.startsWith(prefecture) ? address : prefecture + address,
    phone: of('Phone'),
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
  return destinationsOf(
    buyer,
    named.map((receiver) => (isBuyer(receiver, buyer) ? buyer : receiver)),
  );
}

/** Labels are the merchant's own: only those that mean a cancel count, unless the shop has listed the others too. */
function statusOf(raw: string, { cancelledLabels, openLabels }: GoqSettings): Mapped<CartStatus> {
  if (isAmong(cancelledLabels, raw)) return { kind: 'mapped', value: 'cancelled', raw };
  const isOpen = raw === '' || openLabels.length === 0 || isAmong(openLabels, raw);
  return isOpen ? { kind: 'mapped', value: 'open', raw } : { kind: 'unmapped', raw };
}

function paymentOf(raw: string, { npPayments, otherPayments }: GoqSettings): Mapped<PaymentRoute> {
  if (isAmong(npPayments, raw)) return { kind: 'mapped', value: 'np', raw };
  return isAmong(otherPayments, raw) ? { kind: 'mapped', value: 'other', raw } : { kind: 'unmapped', raw };
}

/** GoQ's tags, in its brackets, so that they are never taken for words of the hub; the text of an error goes. */
function npWordOf(told: Told): string | null {
  const words = ['npWord', 'npSync'].flatMap(told);
  const tags = words.flatMap((word) => word.match(/(?<=[[［【])[^\]］】]+/g) ?? [word]);
  return tags.length === 0 ? null : tags.map((tag) => `[${tag}]`).join(' ');
}

/** Why an order cannot be taken: rows that contradict each other, and what may not be guessed. */
function problemsOf(orders: readonly FileRow[], told: Told): string[] {
  const ofEachLine =
    told('unitPrice').length > 0 ? (['quantity', 'unitPrice'] as const) : (['quantity'] as const);
  const gaps = ofEachLine.filter((column) => orders.some((row) => cellText(row, column) === ''));
  const noTimes = (['orderedAt'] as const).filter((column) =>
    told(column).some((text) => !writtenTime(text)),
  );
  const noAmounts = amounts.filter((column) => told(column).some((text) => writtenYen(text) === null));
  const silent = needed.filter((column) => told(column).length === 0);
  const found: [string, readonly OrderColumn[]][] = [
    [problemTexts.disagree, agreeing.filter((column) => told(column).length > 1)],
    [problemTexts.missing, [...silent, ...gaps]],
    [problemTexts.unreadable, [...noTimes, ...noAmounts]],
  ];
  return found.flatMap(([text, columns]) =>
    columns.map((column) => `${orderColumns[column].label.ja}: ${text}`),
  );
}

function orderOf(order: GoqOrder, told: Told, settings: GoqSettings): Order {
  const { orders } = order;
  const one = (column: OrderColumn): string => told(column)[0] ?? '';
  const buyer = party(Object.fromEntries(agreeing.map((column) => [column, one(column)])), 'buyer');
  const places = destinations(orders, buyer);
  const billedYen = writtenYen(one('billed')) ?? 0;
  const orderedAt = writtenTime(one('orderedAt')) ?? '';
  const feeYen = writtenYen(one('fee'));
  const plannedShipOn = writtenDay(one('plannedShipOn')) ?? '';
  return {
    orderNumber: one('number'),
    orderedAt,
    changedAt: null,
    status: statusOf(one('label'), settings),
    payment: paymentOf(one('payment'), settings),
    npWord: npWordOf(told),
    npTransactionId: one('npTransactionId') || null,
    settlementType: settings.settlementType,
    buyer,
    destinations: places,
    lines: linesOf(orders, told, billedYen),
    billedYen,
    parcels: parcelsOf(order, orderedAt),
    flags: places.length > 1 ? ['several-destinations'] : [],
    note: one('note'),
    ...present({ originNumber: one('originNumber'), mall: one('mall'), plannedShipOn }),
    ...(feeYen === null ? {} : { feeYen }),
  };
}

/** NP has, or will have, nothing to do with it: what else the rows say does not stand in the way of that. */
const isLeaving = ({ orderedAt, status, payment }: Order): boolean =>
  orderedAt !== '' &&
  ((payment.kind === 'mapped' && payment.value === 'other') ||
    (status.kind === 'mapped' && status.value === 'cancelled'));

/** Reads what the files have said of one order. Pure; problems name columns, never what they hold. */
export function readOrder(raw: unknown, settings: GoqSettings): OrderReading {
  const { data, error } = fileOrderSchema.safeParse(raw);
  const unreadable = (orderNumber: string | null, problems: string[]) =>
    ({ kind: 'unreadable', orderNumber, problems }) as const;
  if (!data)
    return unreadable(null, [`${String(error.issues[0]?.path[0] ?? 'order')}: ${problemTexts.unreadable}`]);
  const { orders } = data;
  const [slip = {}] = [...data['slips-b2'], ...data.slips];
  const told = toldBy(orders);
  const orderNumber = told('number')[0] ?? slipOrder(slip);
  if (orderNumber === '')
    return unreadable(null, [`${orderColumns.number.label.ja}: ${problemTexts.missing}`]);
  if (orders.length === 0) return { kind: 'incomplete', orderNumber, missing: ['orders'] };
  if (told('memo').some((memo) => memo.includes(provisionalMark)))
    return { kind: 'ignored', reason: provisionalMark };
  const order = orderOf(data, told, settings);
  const problems = problemsOf(orders, told);
  const isClear = ['payment', 'label'].every((column) => told(column).length <= 1);
  if (problems.length > 0 && !(isClear && isLeaving(order))) return unreadable(orderNumber, problems);
  return { kind: 'order', order: { ...order, orderNumber } };
}

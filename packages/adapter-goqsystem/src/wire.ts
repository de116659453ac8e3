import { type FileLayout, type FileRow, type StatusUpdate, cellText, japaneseTime } from '@np-hub/kit';
import { b2Columns, orderColumns, slipColumns } from './data/columns.js';
import { layoutTexts } from './data/texts.js';

/** Observed: the number with the parcel's branch, `183479-1`, in what GoQ hands to carriers' software. */
export const slipKey = /^(\d+)-\d{1,2}$/;
/** Confirmed: the tag [2個口]; in a column of its own a bare number (assumed). */
export const piecesTag = /^(\d{1,2})(?:個口?)?$/;

export const slipOrder = (row: FileRow): string => cellText(row, 'key').replace(slipKey, '$1');

/** Several parcels of an order add up; the same branch again is a slip that was written anew. */
const slipRow = (row: FileRow): string =>
  slipKey.test(cellText(row, 'key'))
    ? cellText(row, 'key')
    : `${cellText(row, 'key')} ${cellText(row, 'slipNumber')}`;

/** Orders: observed, one row a line. Slips: see `data/columns.ts`. */
export const layouts: readonly FileLayout[] = [
  {
    id: 'orders',
    ...layoutTexts.orders,
    columns: orderColumns,
    orderNumberOf: (row) => cellText(row, 'number'),
  },
  {
    id: 'slips-b2',
    ...layoutTexts['slips-b2'],
    columns: b2Columns,
    orderNumberOf: slipOrder,
    rowKeyOf: slipRow,
  },
  { id: 'slips', ...layoutTexts.slips, columns: slipColumns, orderNumberOf: slipOrder, rowKeyOf: slipRow },
];

/** A moment in a file's name, `…_20261121_093000.csv`. Assumed: GoQ's own names are not public. */
export function madeAtOf(fileName: string): Date | null {
  const digits = /(?<!\d)(\d{8})[-_T]?(\d{6})(?!\d)/.exec(fileName);
  const time = japaneseTime(digits?.slice(1).join('') ?? '');
  return time === null ? null : new Date(time);
}

/** `goqsystem_np_20261121_093000.csv`, in Japan's time. */
export const resultFileName = (at: Date): string => {
  const digits = new Date(at.getTime() + 9 * 3_600_000).toISOString().replaceAll(/\D/g, '');
  return `goqsystem_np_${digits.slice(0, 8)}_${digits.slice(8, 14)}.csv`;
};

export function resultRow(update: StatusUpdate): string[] {
  const [credit = '', slip = ''] = update.word.split(' + ');
  return [
    update.orderNumber,
    update.originNumber ?? '',
    credit,
    slip,
    update.npTransactionId ?? '',
    (update.reasons ?? []).join(' / '),
  ];
}

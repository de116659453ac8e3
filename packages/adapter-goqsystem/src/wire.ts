import {
  type FileRow,
  type FileTransport,
  type StatusUpdate,
  cellText,
  fileStamp,
  stampedAt,
} from '@np-hub/kit';
import { z } from 'zod';
import { b2Layout, orderLayout, slipLayout } from './data/layouts.js';
import { resultHeader } from './data/results.js';

/** Observed: the number with the parcel's branch, `183479-1`, in what GoQ hands to carriers' software. */
export const slipKey = /^(\d+)-\d{1,2}$/;
/** Confirmed: the tag [2個口]; in a column of its own a bare number (assumed). */
export const piecesTag = /^(\d{1,2})(?:個口?)?$/;

const rows = z.array(z.record(z.string(), z.string())).default([]);
/** All that the files have told of one order, by layout. */
export const fileOrderSchema = z.object({ orders: rows, 'slips-b2': rows, slips: rows });
export type GoqOrder = z.output<typeof fileOrderSchema>;

export const slipOrder = (row: FileRow): string => cellText(row, 'key').replace(slipKey, '$1');
/** Several parcels of an order add up; the same branch again is a slip that was written anew. */
const slipRow = (row: FileRow): string => {
  const key = cellText(row, 'key');
  return slipKey.test(key) ? key : `${key} ${cellText(row, 'slipNumber')}`;
};
const slips = { orderNumberOf: slipOrder, rowKeyOf: slipRow };

function resultRow({
  orderNumber,
  originNumber,
  word,
  npTransactionId,
  reasons = [],
}: StatusUpdate): string[] {
  const [credit = '', slip = ''] = word.split(' + ');
  return [orderNumber, originNumber ?? '', credit, slip, npTransactionId ?? '', reasons.join(' / ')];
}

/** Columns: see `data/columns.ts`. Assumed: names of files, and the whole of the result file (`data/results.ts`). */
export const file: FileTransport = {
  layouts: [
    { ...orderLayout, orderNumberOf: (row) => cellText(row, 'number') },
    { ...b2Layout, ...slips },
    { ...slipLayout, ...slips },
  ],
  results: {
    encoding: 'cp932',
    fileName: (at) => `goqsystem_np_${fileStamp(at)}.csv`,
    header: resultHeader,
    row: resultRow,
  },
  madeAtOf: stampedAt,
};

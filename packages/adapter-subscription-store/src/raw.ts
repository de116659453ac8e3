import { cartText, cellMomentOrNull, cellText, cellWhole, fieldsOf } from '@np-hub/kit';
import { z } from 'zod';
import { momentColumns, wholeColumns } from './data/columns.js';

const cells = z.record(z.string(), z.string());
const empty = cartText().pipe(z.literal(''));
const columns = {
  cells,
  ...fieldsOf(wholeColumns, z.union([empty.transform(() => null), cellWhole])),
  ...fieldsOf(momentColumns, cellMomentOrNull),
};
/** A row with its amounts and moments read, beside all its cells as text. Goods without a number of them are none. */
const row = z
  .object(columns)
  .refine((of) => of.quantity !== null || cellText(of.cells, 'productName') === '', { path: ['quantity'] });

/** The rows about one order. `head` is the first: without number, day and amount it is no order. */
export const orderSchema = z.object({
  head: z.object({
    ...columns,
    orderNumber: cartText().pipe(z.string().min(1)),
    orderedAt: cellMomentOrNull.pipe(z.string()),
    billedYen: cellWhole,
  }),
  orders: z.array(row),
  shipments: z.array(row),
});
export type RawOrder = z.output<typeof orderSchema>;

const rows = z.array(cells).default([]);
/** A `FileOrder` of this cart: the layouts are its only keys. An order of the API has others. */
export const fileSchema = z.strictObject({ orders: rows, shipments: rows });

import type { FileRow, StatusUpdate } from '@np-hub/kit';
import { z } from 'zod';
import { apiFields, itemKinds } from './data/fields.js';
import type { Settings } from './settings.js';

/** Observed: the token lies at the top or under `data`. */
const access = z.object({ access_token: z.string().min(1) });
export const accessAnswer = z
  .union([access, z.object({ data: access }).transform(({ data }) => data)])
  .transform((answer) => answer.access_token);

/** Observed: `success`, and `errors` with messages where it is false. */
const errors = z.array(z.object({ message: z.string() })).nullish();
export const refusal = z.object({ success: z.literal(false), errors });

export type Window = Readonly<Record<'from' | 'to', Date>>;
/** Assumed whole: orders placed in a window, moments in ISO 8601, pages from 1. */
export const ordersQuery = ({ from, to }: Window, page: number, size: number): string => {
  const placed = { ordered_from: from.toISOString(), ordered_to: to.toISOString() };
  return new URLSearchParams({ ...placed, page: String(page), per_page: String(size) }).toString();
};
/** Assumed. */
export const ordersAnswer = z
  .object({ success: z.literal(true), total_count: z.int().min(0), orders: z.array(z.unknown()) })
  .transform(({ total_count: total, orders }) => ({ total, orders }));

/** Assumed whole. The payment method and the stop are sent only where the hub has been told to. */
export const statusBody = (updates: readonly StatusUpdate[], { codWord }: Settings) => ({
  orders: updates.map(({ orderNumber, word, npTransactionId, reasons, instruction }) => ({
    uid: orderNumber,
    settlement_status: word,
    np_transaction_id: npTransactionId ?? null,
    error_message: reasons?.join(' ') ?? '',
    ...(instruction === 'change-to-cod' ? { payment_method_name: codWord } : {}),
    ...(instruction === 'stop-course' ? { stop_course: true } : {}),
  })),
});
/** Assumed whole. */
const statusResult = z.object({ uid: z.string(), success: z.boolean(), errors });
export const statusAnswer = z.object({ success: z.literal(true), results: z.array(statusResult) });

const fields = z.record(z.string(), z.unknown()).catch({});
const list = z.array(z.unknown()).catch([]);
const cell = z.union([z.string(), z.number(), z.boolean()]).transform(String).catch('');
const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((inner, key) => fields.parse(inner)[key], value);

/**
 * An order of the API as rows of 注文データ, so that both are read alike: its own fields on every row, and beside them
 * one item and one shipment. Whatever comes gives rows; what is missing or no plain value is an empty cell.
 */
export function rowsOf(raw: unknown, names: Settings['fieldNames']) {
  const pick = (from: unknown, fields: Readonly<Record<string, string>>): FileRow =>
    Object.fromEntries(
      Object.entries(fields).map(([column, path]) => [column, cell.parse(at(from, names[column] ?? path))]),
    );
  const items = itemKinds.flatMap((kind) => list.parse(at(raw, `order_items.${kind}`)));
  const shipments = list.parse(at(raw, 'shipments'));
  const postage = shipments.reduce<number>((sum, shipment) => sum + Number(at(shipment, 'postage') ?? 0), 0);
  const order = { ...pick(raw, apiFields.order), shippingYen: String(postage) };
  return {
    orders: Array.from({ length: Math.max(1, items.length, shipments.length) }, (_, index) => ({
      ...order,
      ...pick(items[index], apiFields.item),
      ...pick(shipments[index], apiFields.shipment),
    })),
    shipments: [],
  };
}

import { z } from 'zod';
import { carrierSchema } from './carriers.js';
import type { Mapped } from './mapped.js';
import { cartStatusSchema, paymentRouteSchema, type Order } from './order.js';

/** Where a cart's word can be one that nobody has given a meaning. `carrier` holds shipping methods as well. */
export const wordAxisSchema = z.enum(['status', 'payment', 'carrier', 'mall']);
export type WordAxis = z.infer<typeof wordAxisSchema>;

/** A word of a cart: what is shown in place of it, or what it means, is for people to say. */
export interface Word {
  readonly axis: WordAxis;
  readonly raw: string;
}

/** Meanings that operators have given to words, by axis and raw word. For a mall: the id of its connection. */
export type WordMaps = Readonly<Record<WordAxis, Readonly<Record<string, string>>>>;

export const noWords: WordMaps = { status: {}, payment: {}, carrier: {}, mall: {} };

/**
 * The order with the meanings that operators have given. A word that the adapter understands keeps its own. Where
 * they say that the order's word means "shipped", its parcels with a slip have left: the adapter could not know.
 */
export function withWords(order: Order, maps: WordMaps): Order {
  const status = meant(order.status, maps.status, cartStatusSchema);
  const hasLeft =
    order.status.kind === 'unmapped' && status.kind === 'mapped' && status.value === 'shipped'
      ? (order.changedAt ?? order.orderedAt)
      : null;
  return {
    ...order,
    status,
    payment: meant(order.payment, maps.payment, paymentRouteSchema),
    parcels: order.parcels.map((parcel) => ({
      ...parcel,
      carrier: parcel.carrier && meant(parcel.carrier, maps.carrier, carrierSchema),
      shippedAt: parcel.shippedAt ?? (parcel.slipNumber.trim() === '' ? null : hasLeft),
    })),
  };
}

function meant<T>(word: Mapped<T>, map: Readonly<Record<string, string>>, schema: z.ZodType<T>): Mapped<T> {
  if (word.kind === 'mapped') return word;
  const value = schema.safeParse(meaningOf(map, word.raw));
  return value.success ? { kind: 'mapped', value: value.data, raw: word.raw } : word;
}

/** A word as it is kept and shown: what a database takes as text, and not without end. */
export const plainRaw = (raw: string): string => [...raw.replaceAll('\u0000', '')].slice(0, 500).join('');

function meaningOf(map: Readonly<Record<string, string>>, raw: string): string | undefined {
  const plain = plainRaw(raw);
  return Object.hasOwn(map, plain) ? map[plain] : undefined;
}

/**
 * The connection of an order by its mall. Undefined: the shop has malls, and this is none of them (an order that
 * names no mall has the empty word). Null: the shop has no malls, so that its own connection counts.
 */
export function connectionOfMall(
  { mall = '' }: Pick<Order, 'mall'>,
  malls: Readonly<Record<string, string>>,
): string | null | undefined {
  return Object.keys(malls).length === 0 ? null : meaningOf(malls, mall);
}

/** The words of an order that nobody has given a meaning, each once. `malls`: connections by mall. */
export function unmappedWords(order: Order, malls: Readonly<Record<string, string>>): readonly Word[] {
  const words: Word[] = [
    ...unmapped('status', order.status),
    ...unmapped('payment', order.payment),
    ...order.parcels.flatMap(({ carrier }) => (carrier ? unmapped('carrier', carrier) : [])),
    ...(connectionOfMall(order, malls) === undefined
      ? [{ axis: 'mall' as const, raw: plainRaw(order.mall ?? '') }]
      : []),
  ];
  return words.filter(
    ({ axis, raw }, index) => words.findIndex((other) => other.axis === axis && other.raw === raw) === index,
  );
}

const unmapped = (axis: WordAxis, word: Mapped<unknown>): Word[] =>
  word.kind === 'unmapped' ? [{ axis, raw: plainRaw(word.raw) }] : [];

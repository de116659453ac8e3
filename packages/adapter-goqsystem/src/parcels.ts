import { type FileRow, cellText, writtenTime } from '@np-hub/kit';
import { type Carrier, type Mapped, type Parcel, mapWord } from '@np-hub/model';
import { toldBy, wordsOf } from './cells.js';
import { b2Carrier, b2Services, carrierNames, carrierTags, services } from './data/carriers.js';
import { piecesTag, slipKey } from './wire.js';

/** All that the files have said of one order, by layout. */
export interface GoqOrder {
  readonly orders: readonly FileRow[];
  readonly 'slips-b2': readonly FileRow[];
  readonly slips: readonly FileRow[];
}

/** A carrier by its cell and what チェック項目 says of the service; null where no carrier is named. */
export function carrierOf(text: string, checkItems: string): Mapped<Carrier> | null {
  const own = wordsOf(text).filter((word) => !carrierTags.includes(word) && !piecesTag.test(word));
  const added = wordsOf(checkItems).filter((word) => services.includes(word) && !own.includes(word));
  return own.length === 0 ? null : mapWord(carrierNames, [...own, ...added].join(' '));
}

function b2CarrierOf(row: FileRow): Mapped<Carrier> {
  const code = cellText(row, 'service');
  const service = Object.hasOwn(b2Services, code) ? b2Services[code] : code;
  return mapWord(carrierNames, [b2Carrier, service].filter((word) => word !== '').join(' '));
}

/** Slip numbers with and without hyphens are the same. */
const sameSlip = (slipNumber: string): string => slipNumber.normalize('NFKC').replaceAll('-', '');

/** One slip number a parcel; of a number that two files name, the carrier's own file knows the carrier best. */
function slipsOf(order: GoqOrder, orderedAt: string): Map<string, Parcel> {
  const fallback = order.orders.map(orderCarrier).find((carrier) => carrier !== null) ?? null;
  const parcels = new Map<string, Parcel>();
  const add = (row: FileRow, carrier: Mapped<Carrier> | null, day: string) => {
    for (const slipNumber of cellText(row, 'slipNumber').split(/[\s,、/;]+/)) {
      // A slip number is the proof that the goods have left; without a day the order's own stands in.
      const shippedAt = writtenTime(cellText(row, day)) ?? orderedAt;
      if (slipNumber !== '') parcels.set(sameSlip(slipNumber), { carrier, slipNumber, shippedAt });
    }
  };
  for (const row of order.orders) add(row, orderCarrier(row) ?? fallback, 'shippedOn');
  for (const row of order.slips) add(row, carrierOf(cellText(row, 'carrier'), '') ?? fallback, 'shippedOn');
  for (const row of order['slips-b2']) add(row, b2CarrierOf(row), 'plannedShipOn');
  return parcels;
}

const orderCarrier = (row: FileRow): Mapped<Carrier> | null =>
  carrierOf(cellText(row, 'carrier'), cellText(row, 'checkItems'));

/** N個口: by its own column, or as a tag in the carrier's cell. */
function piecesOf(rows: readonly FileRow[]): number {
  const told = toldBy(rows);
  const words = [...told('carrier'), ...told('pieces')].flatMap(wordsOf);
  return Math.max(1, ...words.map((word) => Number(piecesTag.exec(word)?.[1] ?? 1)));
}

/**
 * The parcels of an order: one a slip number. Numbers that come by branch (枝番) are one a parcel, so that those of N個口
 * still to come are waited for; a single number in GoQ itself stands for all of them.
 */
export function parcelsOf(order: GoqOrder, orderedAt: string): Parcel[] {
  const known = [...slipsOf(order, orderedAt).values()];
  const carriers = order.orders.map(orderCarrier).filter((carrier) => carrier !== null);
  const [carrier = null] = carriers;
  const waiting = (count: number): Parcel[] =>
    Array.from({ length: Math.max(0, count) }, () => ({ carrier, slipNumber: '', shippedAt: null }));
  if (known.length === 0) return carrier ? waiting(piecesOf(order.orders)) : [];
  const byBranch = [...order['slips-b2'], ...order.slips].some((row) => slipKey.test(cellText(row, 'key')));
  return byBranch ? [...known, ...waiting(piecesOf(order.orders) - known.length)] : known;
}

import { type FileRow, type Told, cellText, writtenTime } from '@np-hub/kit';
import { type Carrier, type Mapped, type Parcel, mapWord } from '@np-hub/model';
import { b2Carrier, b2Services, carrierNames, carrierTags, services } from './data/carriers.js';
import { type GoqOrder, piecesTag, slipKey } from './wire.js';

/** Words of a cell that holds several, in brackets or not. */
const wordsOf = (text: string): string[] => text.normalize('NFKC').match(/[^\s[\]【】,、/;・]+/g) ?? [];

/** A carrier by its cell and what チェック項目 says of the service; null where no carrier is named. */
function carrierOf(text: string, checkItems: string): Mapped<Carrier> | null {
  const own = wordsOf(text).filter((word) => !carrierTags.includes(word) && !piecesTag.test(word));
  const added = wordsOf(checkItems).filter((word) => services.includes(word) && !own.includes(word));
  return own.length === 0 ? null : mapWord(carrierNames, [...own, ...added].join(' '));
}

function b2CarrierOf(row: FileRow): Mapped<Carrier> {
  const code = cellText(row, 'service');
  const service = Object.hasOwn(b2Services, code) ? b2Services[code] : code;
  return mapWord(carrierNames, [b2Carrier, service].filter((word) => word !== '').join(' '));
}

/** One slip number a parcel, hyphens or not; of one that two files name, the carrier's own file knows the carrier best. */
function slipsOf(order: GoqOrder, fallback: Parcel['carrier'], orderedAt: string): Map<string, Parcel> {
  const parcels = new Map<string, Parcel>();
  const add = (row: FileRow, carrier: Parcel['carrier'], day: string) => {
    for (const slipNumber of cellText(row, 'slipNumber').split(/[\s,、/;]+/)) {
      // A slip number is the proof that the goods have left; without a day the order's own stands in.
      const shippedAt = writtenTime(cellText(row, day)) ?? orderedAt;
      if (slipNumber !== '') parcels.set(slipNumber.replaceAll('-', ''), { carrier, slipNumber, shippedAt });
    }
  };
  for (const row of order.orders) add(row, orderCarrier(row) ?? fallback, 'shippedOn');
  for (const row of order.slips) add(row, carrierOf(cellText(row, 'carrier'), '') ?? fallback, 'shippedOn');
  for (const row of order['slips-b2']) add(row, b2CarrierOf(row), 'plannedShipOn');
  return parcels;
}

const orderCarrier = (row: FileRow): Mapped<Carrier> | null =>
  carrierOf(cellText(row, 'carrier'), cellText(row, 'checkItems'));

/**
 * The parcels of an order: one a slip number. Numbers that come by branch (枝番) are one a parcel, so that those of N個口
 * still to come are waited for; a single number in GoQ itself stands for all of them.
 */
export function parcelsOf(order: GoqOrder, told: Told, orderedAt: string): Parcel[] {
  const carrier = order.orders.map(orderCarrier).find((named) => named !== null) ?? null;
  const known = [...slipsOf(order, carrier, orderedAt).values()];
  const words = ['carrier', 'pieces'].flatMap((column) => told(column).flatMap(wordsOf));
  const pieces = Math.max(1, ...words.map((word) => Number(piecesTag.exec(word)?.[1] ?? 1)));
  const byBranch = [...order['slips-b2'], ...order.slips].some((row) => slipKey.test(cellText(row, 'key')));
  const isComplete = known.length >= pieces || (known.length > 0 ? !byBranch : carrier === null);
  const waiting = { carrier, slipNumber: '', shippedAt: null };
  return isComplete ? known : [...known, ...Array.from({ length: pieces - known.length }, () => waiting)];
}

import {
  type OrderReading,
  destinationsOf,
  japaneseTime,
  plainWord,
  prefectureName,
  present,
  problemAt,
  unreadableText,
} from '@np-hub/kit';
import type { CartStatus, Mapped, OrderLine, Parcel, Party } from '@np-hub/model';
import { mapWord } from '@np-hub/model';
import { carrierCodes, noCarrierCode } from './data/carriers.js';
import { prefectureWords } from './data/prefectures.js';
import * as protocol from './data/protocol.js';
import { words } from './data/words.js';
import { type RawDelivery, type RawOrder, orderSchema } from './raw.js';
import type { MakeshopSettings } from './settings.js';

/** The cart's word in our spelling. `codes` are the shop's own; an unknown word stays as it is, no word is null. */
function readWord(raw: string, codes: MakeshopSettings['paymentStatusCodes']): string | null {
  const word = Object.hasOwn(codes, raw) ? (codes[raw] ?? raw) : raw;
  const plain = plainWord(word);
  return Object.values<unknown>(words).includes(plain) ? plain : word || null;
}

/** `sender…` or `receiver…` fields as a party; empty optional fields are left out. */
function party(raw: Readonly<Record<string, unknown>>, prefix: 'sender' | 'receiver'): Party {
  const of = (field: string) => String(raw[`${prefix}${field}`] ?? '');
  const area = plainWord(of('Prefecture'));
  const prefecture = prefectureWords.get(area) ?? prefectureName(area);
  const address = of('Address') + of('Address2');
  const company = { company: of('Company'), department: of('Department') };
  return {
    name: of('Name'),
    ...present({ kana: of('Kana'), ...company, email: of('Email') }),
    postalCode: of('Post'),
    address: address === '' || address.startsWith(prefecture) ? address : prefecture + address,
    phone: of('Tel'),
  };
}

function lines(order: RawOrder): OrderLine[] {
  const charges = order.deliveryInfos.reduce((sum, delivery) => sum + (delivery.shippingCharge ?? 0), 0);
  const goods = order.deliveryInfos
    .flatMap((delivery) => delivery.basketInfos)
    .map(({ productName, variationName, customSelects, price, amount }) => {
      const selects = (customSelects ?? []).map((select) => Object.values(select).join(':'));
      const name = [productName, variationName, ...selects].filter((part) => part !== '').join(' ');
      return { name, unitPriceYen: price, quantity: amount };
    });
  const amount = (name: string, unitPriceYen: number) => ({ name, unitPriceYen, quantity: 1 });
  const amounts = [
    amount('送料', order.totalShippingCharge ?? charges),
    amount('決済手数料', order.settlementFee ?? 0),
    amount('クーポン割引', -Math.abs(order.couponDiscount ?? 0)),
    amount('ポイント利用', -Math.abs(order.usePoint ?? 0)),
  ];
  return [...goods, ...amounts.filter((line) => line.unitPriceYen !== 0)];
}

/** Shipped once every delivery that is not cancelled has left; one unknown letter leaves the whole unmapped. */
function status(deliveries: readonly RawDelivery[]): Mapped<CartStatus> {
  const letters = [...new Set(deliveries.map((delivery) => delivery.deliveryStatus))];
  const raw = letters.join(',');
  const read = letters.map((letter) => mapWord<CartStatus>(protocol.deliveryLetters, letter));
  const known = read.flatMap((word) => (word.kind === 'mapped' ? word.value : []));
  if (known.length === 0 || known.length < letters.length) return { kind: 'unmapped', raw };
  const strongest: readonly CartStatus[] = ['open', 'shipped', 'returned'];
  const value = strongest.find((word) => known.includes(word)) ?? 'cancelled';
  return { kind: 'mapped', value, raw };
}

/** One for each delivery that is not cancelled, once any of them has a carrier, a slip or has left. */
function parcels(order: RawOrder): Parcel[] {
  const all = order.deliveryInfos
    .filter(({ deliveryStatus }) => deliveryStatus !== 'C')
    .map(({ deliveryStatus, deliveryCompanyCode: code, slipNumber, deliveryDate }) => {
      const left = deliveryStatus === 'Y' || deliveryStatus === 'R';
      const carrier = code === '' || code === noCarrierCode ? null : mapWord(carrierCodes, code);
      return {
        carrier,
        slipNumber,
        shippedAt: left ? (japaneseTime(deliveryDate) ?? order.orderDate) : null,
      };
    });
  return all.some((parcel) => parcel.carrier ?? (parcel.slipNumber || parcel.shippedAt)) ? all : [];
}

/** Assumed: 予約販売 has no public mark, but a far day of shipment, or one that is no date at all, gives it away. */
function isReservation(order: RawOrder, days: number): boolean {
  const orderedOn = Date.parse(`${order.orderDate.slice(0, 10)}T00:00:00+09:00`);
  return order.deliveryInfos.some(({ estimatedShipmentDate }) => {
    if (estimatedShipmentDate === '') return false;
    const shipsAt = japaneseTime(`${estimatedShipmentDate.replaceAll(/[-/]/g, '').slice(0, 8)}000000`);
    return shipsAt === null || Date.parse(shipsAt) - orderedOn >= days * 86_400_000;
  });
}

/** Reads one order of `searchOrder`. Pure; the problems of an unreadable one name fields, never their values. */
export function readOrder(raw: unknown, settings: MakeshopSettings): OrderReading {
  const parsed = orderSchema.safeParse(raw);
  if (!parsed.success) {
    const paths = new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'order'));
    const number = orderSchema.pick({ displayOrderNumber: true }).safeParse(raw).data?.displayOrderNumber;
    const problems = [...paths].map((path) => problemAt(path, unreadableText));
    return { kind: 'unreadable', orderNumber: number ?? null, problems };
  }
  const order = parsed.data;
  const buyer = party(order, 'sender');
  const receivers = order.deliveryInfos.map((delivery) => party(delivery, 'receiver'));
  const destinations = destinationsOf(buyer, receivers);
  return {
    kind: 'order',
    order: {
      orderNumber: order.displayOrderNumber,
      orderedAt: order.orderDate,
      changedAt: null,
      status: status(order.deliveryInfos),
      payment: settings.npPayMethods.includes(order.payMethod)
        ? { kind: 'mapped', value: 'np', raw: order.payMethod }
        : mapWord(protocol.otherPayments, order.payMethod),
      npWord: readWord(order.paymentStatus, settings.paymentStatusCodes),
      npTransactionId: order.npTransactionId || null,
      settlementType: settings.settlementType,
      buyer,
      destinations,
      lines: lines(order),
      billedYen: order.sumPrice,
      parcels: parcels(order),
      flags: [
        ...(destinations.length > 1 ? ['several-destinations' as const] : []),
        ...(isReservation(order, settings.reservationDays) ? ['reservation' as const] : []),
      ],
      note: order.message.split(protocol.noteSeparator)[0]?.trim() ?? '',
    },
  };
}

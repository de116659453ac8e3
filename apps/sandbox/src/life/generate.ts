import { between, pick, type Random } from '../random.js';
import type { Delivery, Item, Order, Party } from '../makeshop/store.js';
import { buildings, familyNames, givenNames, goods } from './people.js';
import { places } from './places.js';

/** Where a party lives decides more than its name: the postal code has to match the town. */
function makeParty(random: Random): Party {
  const [family, familyKana] = pick(random, familyNames);
  const [given, givenKana, roman] = pick(random, givenNames);
  const [post, prefecture, town] = pick(random, places);
  const block = `${between(random, 1, 5)}-${between(random, 1, 20)}-${between(random, 1, 15)}`;
  return {
    name: `${family} ${given}`,
    kana: `${familyKana} ${givenKana}`,
    post,
    prefecture: cartPrefecture(prefecture, town),
    address: `${town}${block}`,
    address2: pick(random, buildings),
    tel: makeMobileNumber(random),
    email: `${roman}.${between(random, 100, 9999)}@example.jp`,
    company: '',
    department: '',
  };
}

export const makeMobileNumber = (random: Random): string =>
  `0${pick(random, ['7', '8', '9'])}0-${between(random, 1000, 9999)}-${between(random, 1000, 9999)}`;

/** makeshop splits Tokyo into the 23 wards and the rest (observed texts); the other prefectures stay whole. */
function cartPrefecture(prefecture: string, town: string): string {
  if (prefecture !== '東京都') return prefecture;
  return /^[^市]+区/.test(town) ? '東京(23区内)' : '東京(23区外)';
}

/** The postal code that belongs to a generated address; null where it is none of the generator's towns. */
export function postalCodeOf(address: string): string | null {
  return places.find(([, , town]) => address.startsWith(town))?.[0] ?? null;
}

function makeItems(random: Random): Item[] {
  return Array.from({ length: between(random, 1, 3) }, () => {
    const index = between(random, 0, goods.length - 1);
    const [productName, variationName, priceYen] = goods[index] ?? ['商品', '', 1000];
    const productCode = String(2400 + index).padStart(12, '0');
    return { productCode, productName, variationName, priceYen, quantity: between(random, 1, 2) };
  });
}

let sequence = 0;

/** `P` and 18 digits: the moment in milliseconds and a running number. */
export function makeOrderNumber(atMs: number, isTaken: (orderNumber: string) => boolean): string {
  for (;;) {
    sequence = (sequence + 1) % 100_000;
    const orderNumber = `P${String(atMs).padStart(13, '0')}${String(sequence).padStart(5, '0')}`;
    if (!isTaken(orderNumber)) return orderNumber;
  }
}

export function makeDelivery(deliveryId: number, receiver: Party, items: Item[]): Delivery {
  const goodsYen = items.reduce((sum, item) => sum + item.priceYen * item.quantity, 0);
  return {
    deliveryId,
    status: 'N',
    receiver,
    items,
    shippingYen: goodsYen >= 10_000 ? 0 : 660,
    desiredDate: '',
    desiredTimezone: '',
    slipNumber: '',
    companyCode: '000',
    deliveredAtMs: null,
  };
}

/** A believable order that NP accepts as it is. `random` makes it repeatable but for its number. */
export function makeOrder(
  random: Random,
  shopId: string,
  displayOrderNumber: string,
  orderedAtMs: number,
): Order {
  const sender = makeParty(random);
  const receiver = random() < 0.15 ? { ...makeParty(random), email: '' } : sender;
  return {
    displayOrderNumber,
    shopId,
    orderedAtMs,
    memberId: `X${between(random, 100_000, 999_999)}${sender.name}`,
    sender,
    payMethod: 'N',
    paymentStatus: '審査待ち(準備中)',
    paidAtMs: null,
    npTransactionId: '',
    settlementFeeYen: 220,
    usePointYen: random() < 0.1 ? 100 : 0,
    couponDiscountYen: random() < 0.1 ? 500 : 0,
    message: random() < 0.2 ? '平日の午前中に届けてください。||' : '||',
    deliveries: [makeDelivery(1, receiver, makeItems(random))],
    isDeleted: false,
    life: null,
  };
}

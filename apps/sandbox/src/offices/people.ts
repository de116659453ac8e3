import { makeMobileNumber } from '../life/generate.js';
import { buildings, familyNames, givenNames, goods } from '../life/people.js';
import { places } from '../life/places.js';
import { between, pick, type Random } from '../random.js';

/** A made-up person, in the pieces that carts store; postal code and town belong together. */
export interface Person {
  readonly familyName: string;
  readonly givenName: string;
  readonly familyKana: string;
  readonly givenKana: string;
  /** `100-0005`. */
  readonly postalCode: string;
  readonly prefecture: string;
  /** City, town and house number. */
  readonly street: string;
  readonly building: string;
  /** `090-1234-5678`. */
  readonly phone: string;
  readonly email: string;
}

export function makePerson(random: Random): Person {
  const [familyName, familyKana] = pick(random, familyNames);
  const [givenName, givenKana, roman] = pick(random, givenNames);
  const [postalCode, prefecture, town] = pick(random, places);
  return {
    familyName,
    givenName,
    familyKana,
    givenKana,
    postalCode,
    prefecture,
    street: `${town}${between(random, 1, 5)}-${between(random, 1, 20)}-${between(random, 1, 15)}`,
    building: pick(random, buildings),
    phone: makeMobileNumber(random),
    email: `${roman}.${between(random, 100, 9999)}@example.jp`,
  };
}

/** One kind of goods in an order. The price includes tax. */
export interface Goods {
  readonly code: string;
  readonly name: string;
  readonly variation: string;
  readonly priceYen: number;
  readonly quantity: number;
}

/** One to three kinds of goods. Prices end in 0, so that no total meets a magic ending. */
export function makeGoods(random: Random): Goods[] {
  return Array.from({ length: between(random, 1, 3) }, () => {
    const index = between(random, 0, goods.length - 1);
    const [name, variation, priceYen] = goods[index] ?? ['商品', '', 1000];
    return { code: `G${2400 + index}`, name, variation, priceYen, quantity: between(random, 1, 2) };
  });
}

/** Twelve digits, as most carriers give them. */
export const makeSlipNumber = (random: Random): string =>
  Array.from({ length: 3 }, () => between(random, 1000, 9999)).join('');

import { createHmac } from 'node:crypto';
import { normaliseEmail, normalisePhone, normaliseSlipNumber } from '@np-hub/model';
import type { Keyring } from './keyring.js';

/** What a person can be found by. */
export interface Findable {
  readonly name: string;
  readonly kana?: string | undefined;
  readonly phone: string;
  readonly email?: string | undefined;
}

type Kind =
  | 'name'
  | 'family'
  | 'kana'
  | 'phone'
  | 'phone4'
  | 'mail'
  | 'slip'
  | 'buyer-phone'
  | 'buyer-mail'
  | 'buyer-home';

/** Letters of names that are one letter drawn in two ways: who types the one finds the other. */
const drawnTwice: Readonly<Record<string, string>> = { 髙: '高', 﨑: '崎', 𠮷: '吉', 德: '徳', 濵: '浜' };

const foldName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Script=Han}/gu, (letter) => drawnTwice[letter] ?? letter)
    .trim();

/** A name without its spaces, whatever its widths and ways of drawing a letter. */
export const joinedName = (text: string): string => foldName(text).replace(/\s+/gu, '');

/** The part before the first space; empty where the name is written in one piece. */
const familyOf = (name: string): string => /^(\S+)\s/u.exec(foldName(name))?.[1] ?? '';

/** Hiragana as katakana (U+3041–3096 lie 0x60 below U+30A1–30F6). */
const asKatakana = (text: string): string =>
  text.replace(/[ぁ-ゖ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

const isKana = (text: string): boolean => /^[ァ-ヺー・]+$/u.test(text);

/** Digits alone, `+81` as `0`; empty where something else stays in it. */
function digitsOf(phone: string): string {
  const digits = normalisePhone(phone.normalize('NFKC'));
  return /^\d{4,}$/u.test(digits) ? digits : '';
}

/** HMAC-SHA256 of `kind|value`, cut to 16 bytes, in hex: says nothing about the value without the key. */
function indexOf(keyring: Keyring, kind: Kind, value: string): string {
  const hash = createHmac('sha256', keyring.blindIndexKey).update(`${kind}|${value}`, 'utf8');
  return hash.digest('hex').slice(0, 32);
}

/** Once each: buyer and destination are mostly the same person, and hashing is what costs here. */
const indexesOf = (keyring: Keyring, values: readonly (readonly [Kind, string])[]): string[] => {
  const distinct = new Map(values.map((each) => [each.join('|'), each]));
  return [...distinct.values()]
    .filter(([, value]) => value !== '')
    .map(([kind, value]) => indexOf(keyring, kind, value));
};

function valuesOf(person: Findable): readonly (readonly [Kind, string])[] {
  const kana = person.kana ?? '';
  const phone = digitsOf(person.phone);
  return [
    ['name', joinedName(person.name)],
    ['family', familyOf(person.name)],
    ['kana', asKatakana(joinedName(kana))],
    ['family', asKatakana(familyOf(kana))],
    ['phone', phone],
    ['phone4', phone.slice(-4)],
    ['mail', normaliseEmail(person.email ?? '').toLowerCase()],
  ];
}

/**
 * Everything under which these people can be found, without repetition: full name, family name (also in kana), kana,
 * phone, its last four digits, and mail address. Widths, spaces, hyphens, hiragana and 髙/高 make no difference.
 */
export const blindIndexesOf = (keyring: Keyring, people: readonly Findable[]): string[] =>
  indexesOf(keyring, people.flatMap(valuesOf));

/** A slip number without what people put between its groups, whatever its widths. */
const bareSlip = (slipNumber: string): string =>
  normaliseSlipNumber(slipNumber.normalize('NFKC')).replaceAll('-', '').toUpperCase();

/** The indexes of slip numbers, which name no person by themselves, but lead to one at the carrier. */
export const blindIndexesOfSlips = (keyring: Keyring, slipNumbers: readonly string[]): string[] =>
  indexesOf(
    keyring,
    slipNumbers.map((slipNumber) => ['slip', bareSlip(slipNumber)] as const),
  );

/**
 * What tells that two orders are one buyer's: the phone, the mail address, or the name at an address. Indexes of their
 * own, so that nothing that is searched for gives them away.
 */
export function buyerKeysOf(keyring: Keyring, buyer: Findable & { readonly address: string }): string[] {
  const [name, address] = [joinedName(buyer.name), joinedName(buyer.address).replace(/[‐-―−ー－]/gu, '-')];
  return indexesOf(keyring, [
    ['buyer-phone', digitsOf(buyer.phone)],
    ['buyer-mail', normaliseEmail(buyer.email ?? '').toLowerCase()],
    ['buyer-home', name !== '' && address !== '' ? `${name}|${address}` : ''],
  ]);
}

/** Every index that a search text may mean: a record matches that has any of them. Empty: it means no person. */
export function blindIndexesOfQuery(keyring: Keyring, text: string): string[] {
  const digits = digitsOf(text);
  if (digits.length === 4) return indexesOf(keyring, [['phone4', digits]]);
  if (digits !== '') return indexesOf(keyring, [['phone', digits]]);
  const mail = normaliseEmail(text).toLowerCase();
  if (mail.includes('@')) return indexesOf(keyring, [['mail', mail]]);
  const name = joinedName(text);
  const katakana = asKatakana(name);
  return indexesOf(keyring, [
    ['name', name],
    ['family', name],
    ['name', katakana],
    ...(isKana(katakana)
      ? ([
          ['kana', katakana],
          ['family', katakana],
        ] as const)
      : []),
  ]);
}

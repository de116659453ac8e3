import { normaliseAddress } from '../text.js';

/** One area that a postal code stands for, in Japan Post's own spelling. */
export interface PostalArea {
  readonly prefecture: string;
  readonly city: string;
  readonly town: string;
}

/** Offline data: the areas of seven digits without a hyphen; null for a code that is not known. */
export type PostalLookup = (postalCode: string) => readonly PostalArea[] | null;

/** Forms of one character in the names of municipalities; for comparison only, never sent. */
const variants: Readonly<Record<string, string>> = {
  ヶ: 'ケ',
  が: 'ケ',
  ガ: 'ケ',
  龍: '竜',
  竈: '釜',
  﨑: '崎',
  髙: '高',
  澤: '沢',
  廣: '広',
  國: '国',
  檜: '桧',
};

/** A text for comparison: half-width, no spaces, no leading postal code, one form of each character. */
function fold(text: string): string {
  const plain = normaliseAddress(text).normalize('NFKC').replace(/\s/gu, '');
  const withoutCode = plain.replace(/^〒?\d{3}-?\d{4}|^〒/u, '').replaceAll('大字', '');
  return [...withoutCode].map((character) => variants[character] ?? character).join('');
}

/** The ways to write the municipality: in full, without its county (郡), and a ward city's name before its town. */
function municipalities({ city, town }: PostalArea): string[] {
  const withoutCounty = city.replace(/^.+?郡(?=.+[町村]$)/u, '');
  const withoutWard = city.replace(/市.+区$/u, '市');
  return [city, withoutCounty, ...(withoutWard !== city && town ? [withoutWard + town] : [])];
}

/**
 * Whether an address can belong to one of the areas. Prefecture (or none) and municipality have to be right;
 * a town may be spelt in any way. Tolerant on purpose: a false alarm here stops an order that NP would take.
 * That NP compares no more than this is assumed (E0100059).
 */
export function addressMatches(address: string, areas: readonly PostalArea[]): boolean {
  const given = fold(address);
  return areas.some((area) =>
    [area.prefecture, area.prefecture.replace(/[都府県]$/u, ''), ''].some((prefecture) =>
      municipalities(area).some((municipality) => given.startsWith(fold(prefecture + municipality))),
    ),
  );
}

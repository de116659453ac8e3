/**
 * Text as NP can take it. What is changed here without asking cannot change the meaning: digits, hyphens between
 * digits, spaces, half-width kana, and characters that Windows itself writes in two ways. Letters of a name are
 * never replaced: 髙, 﨑 and the like stay as they are, and what cannot be sent is left for a person to correct.
 */

/** Characters that are drawn alike but of which only the second exists in Windows code page 932. */
const twins: Readonly<Record<string, string>> = {
  '\u301c': '\uff5e', // 〜 ～
  '\u2212': '\uff0d', // − －
  '\u2013': '\uff0d', // – －
  '\u2016': '\u2225', // ‖ ∥
  '\u2014': '\u2015', // — ―
  '\u2011': '\u2010', // non-breaking hyphen, hyphen
  '\u00a5': '\uffe5', // ¥ ￥
  '\u00a2': '\uffe0', // ¢ ￠
  '\u00a3': '\uffe1', // £ ￡
  '\u00ac': '\uffe2', // ¬ ￢
  '\u00a6': '\uffe4', // ¦ ￤
  '\u203e': '\uffe3', // ‾ ￣
};
const twinPattern = new RegExp(`[${Object.keys(twins).join('')}]`, 'gu');

/** Everything that people type for a hyphen: ー － ‐ − – — ― ‑ ｰ and the hyphen itself. */
const hyphens = '\\-\u30fc\uff0d\u2010\u2212\u2013\u2014\u2015\u2011\uff70';
const hyphenBetweenDigits = new RegExp(`(?<=\\d)[${hyphens}](?=\\d)`, 'gu');
const phonePunctuation = new RegExp(`[\\s${hyphens}()（）.．]`, 'gu');
const hyphensAndSpaces = new RegExp(`[\\s${hyphens}]`, 'gu');
const anyHyphen = new RegExp(`[${hyphens}]`, 'gu');

/**
 * Length as the checks count it: every character is one, half-width or full-width. NP states its limits in
 * "full-width characters" and no source says how a half-width one counts (assumed): this reading never lets a
 * text through that NP counts as too long.
 */
export const countCharacters = (text: string): number => [...text].length;

/** Full-width digits become half-width. */
export const normaliseDigits = (text: string): string =>
  text.replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));

/** Any hyphen or long-vowel mark between two half-width digits becomes `-`; `マンション` keeps its ー. */
export const normaliseHyphens = (text: string): string => text.replace(hyphenBetweenDigits, '-');

/** An order number as people type it becomes half-width, its hyphens too; a number with kana in it keeps its ー. */
export function normaliseOrderNumber(typed: string): string {
  const plain = typed.normalize('NFKC').trim();
  const hyphenated = plain.replace(anyHyphen, '-');
  return /^[ -~]*$/u.test(hyphenated) ? hyphenated : plain;
}

/**
 * Half-width kana becomes full-width, with its voicing mark (`ｶﾞ` → `ガ`), and kana written in two parts
 * (as macOS does) becomes one character. A mark that belongs to no kana stays a mark of its own.
 */
export function widenKana(text: string): string {
  return text
    .replace(/[ｳｶ-ﾄﾊ-ﾎ]ﾞ|[ﾊ-ﾎ]ﾟ|[｡-ﾟ]/gu, (kana) => {
      if (kana === 'ﾞ') return '゛';
      return kana === 'ﾟ' ? '゜' : kana.normalize('NFKC');
    })
    .replace(/[ぁ-ヿ][\u3099\u309a]/gu, (kana) => kana.normalize('NFC'));
}

/**
 * Outer spaces go; a run of any spaces, tabs and line breaks within becomes one full-width space, as in the
 * address guideline that S2 quotes.
 */
export const collapseSpaces = (text: string): string => text.trim().replace(/\s+/gu, '　');

/** Characters drawn alike that Windows writes in two ways, as those of code page 932: 〜 becomes ～. */
export const replaceTwins = (text: string): string =>
  text.replace(twinPattern, (character) => twins[character] ?? character);

/** A person's, company's or department's name: only spaces and half-width kana change, never a letter. */
export const normaliseName = (name: string): string => collapseSpaces(widenKana(name));

/**
 * An address in one line: spaces, kana, digits, hyphens between digits, twins, and makeshop's two words for
 * Tokyo, 東京(23区内) and 東京(23区外) (carts.md, 1.2).
 */
export function normaliseAddress(address: string): string {
  const plain = replaceTwins(normaliseHyphens(normaliseDigits(widenKana(address))));
  return collapseSpaces(plain).replace(/^東京都?(?:\s*[(（]23区[内外][)）])+\s*/u, '東京都');
}

/** The name of one line of goods: twins, half-width kana, and line breaks or tabs as spaces; nothing is cut. */
export const normaliseGoodsName = (name: string): string =>
  replaceTwins(widenKana(name))
    .replace(/[\t\r\n\u00a0]+/gu, ' ')
    .trim();

/**
 * A domestic phone number as digits alone: brackets, hyphens, dots and spaces go, `+81` becomes `0`
 * (np-connect-pro.md, section 5). Anything else stays in, for the check to find.
 */
export const normalisePhone = (phone: string): string =>
  normaliseDigits(phone)
    .replace(phonePunctuation, '')
    .replaceAll('＋', '+')
    .replace(/^\+810?/u, '0');

/** `〒１０７ー００５２` → `107-0052`. What is not seven digits comes back without marks, for the check to find. */
export function normalisePostalCode(postalCode: string): string {
  const compact = normaliseDigits(postalCode).replace(hyphensAndSpaces, '').replaceAll('〒', '');
  return /^\d{7}$/u.test(compact) ? `${compact.slice(0, 3)}-${compact.slice(3)}` : compact;
}

/** A mail address: outer spaces go and full-width letters, digits and signs become half-width. */
export const normaliseEmail = (email: string): string =>
  email.trim().replace(/[！-～]/gu, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));

/** A slip number: half-width digits and hyphens, no spaces. To be used before the check and before the report. */
export const normaliseSlipNumber = (slipNumber: string): string =>
  normaliseHyphens(normaliseDigits(slipNumber).replace(/\s/gu, ''));

/** The characters of one code page 932 byte or pair; none where the bytes mean nothing or a private character. */
function decodeOne(decoder: InstanceType<typeof TextDecoder>, bytes: readonly number[]): string | null {
  const text = decoder.decode(Uint8Array.from(bytes));
  return countCharacters(text) === 1 && !/[\ufffd\ue000-\uf8ff]/u.test(text) ? text : null;
}

/**
 * Every character that survives the way to code page 932 and back: the decoder of Node and browsers, read
 * backwards. The NEC and IBM extensions (髙, 﨑, ①, ㈱) are in; private characters (外字) are not.
 */
function buildEncodable(): ReadonlySet<string> {
  const decoder = new TextDecoder('shift_jis');
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const singles = [...range(0x00, 0x7f), ...range(0xa1, 0xdf)].map((byte) => [byte]);
  const leads = [...range(0x81, 0x9f), ...range(0xe0, 0xfc)];
  const trails = [...range(0x40, 0x7e), ...range(0x80, 0xfc)];
  const pairs = leads.flatMap((lead) => trails.map((trail) => [lead, trail]));
  return new Set([...singles, ...pairs].flatMap((bytes) => decodeOne(decoder, bytes) ?? []));
}

let encodable: ReadonlySet<string> | undefined;

/**
 * Whether a single character survives code page 932. That NP keeps to this set is assumed: its list of
 * prohibited characters is not public, and garbled characters are a hold reason (RE003, RE013).
 */
export function isEncodable(character: string): boolean {
  encodable ??= buildEncodable();
  return encodable.has(character);
}

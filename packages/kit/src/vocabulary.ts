import { japaneseDay, normaliseDigits } from '@np-hub/model';
import { z } from 'zod';

const prefectures = [
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県',
  '石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県',
  '岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県',
].flatMap((row) => row.split(' '));

/** A prefecture with its 都, 府 or 県: 大阪 gives 大阪府. Anything that is no prefecture stays as it is. */
export function prefectureName(raw: string): string {
  return prefectures.find((name) => name === raw || name.slice(0, -1) === raw) ?? raw;
}

/** A status word without what carts put around it: [出荷報告](準備中), ［出荷報告］（準備中） and 出荷報告(準備中) are one. */
export function plainWord(raw: string): string {
  return raw
    .replaceAll(/[[\]［］【】\s]/g, '')
    .replaceAll('（', '(')
    .replaceAll('）', ')');
}

/**
 * A time that a cart means in Japan, as ISO 8601 with +09:00: `2026-11-21 09:30:00`, the same with slashes or a
 * `T`, or the 14 digits alone. Null for anything else, and for a day or an hour that does not exist.
 */
export function japaneseTime(raw: string): string | null {
  const parts = /^(\d{4})[-/]?(\d\d)[-/]?(\d\d)[ T]?(\d\d):?(\d\d):?(\d\d)$/.exec(raw.trim());
  if (!parts) return null;
  const day = parts.slice(1, 4).join('-');
  const time = `${day}T${parts.slice(4).join(':')}+09:00`;
  const at = new Date(time);
  return !Number.isNaN(at.getTime()) && japaneseDay(at) === day ? time : null;
}

/**
 * A moment in Japan as files write it, as ISO 8601 with +09:00: `2026/11/21 9:30`, `2026年1月5日 9時30分`, `2026-11-21`
 * (midnight), with or without seconds, full-width digits too. Null for anything else, and for a day or an hour that
 * does not exist.
 */
export function writtenTime(raw: string): string | null {
  const plain = normaliseDigits(raw).normalize('NFKC').trim();
  const parts =
    /^(\d{4})(?:[-/.]|年 ?)(\d{1,2})(?:[-/.]|月 ?)(\d{1,2})日?(?:[ T]*(\d{1,2})(?::|時 ?)(\d{1,2})(?:(?::|分 ?)(\d{1,2})秒?|分?)(?:\.\d+)?(?:\+09:?00)?)?$/.exec(
      plain,
    ) ?? /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$/.exec(plain);
  if (!parts) return null;
  const [year = '', ...rest] = parts
    .slice(1)
    .map((part: string | undefined) => (part ?? '').padStart(2, '0'));
  return japaneseTime(`${year}-${rest.slice(0, 2).join('-')} ${rest.slice(2).join(':')}`);
}

/** The day of `writtenTime`, `YYYY-MM-DD`. */
export const writtenDay = (raw: string): string | null => writtenTime(raw)?.slice(0, 10) ?? null;

/**
 * Whole yen as files write them: `1,200`, `¥1,200`, `１２００円`, `-500`, `△500`, `1200.00`. Null for anything else, for
 * parts of a yen, and for more than nine digits.
 */
export function writtenYen(raw: string): number | null {
  const plain = raw.normalize('NFKC').replaceAll(/\s/g, '');
  const parts = /^([-−▲△]?)[¥\\]?([-−▲△]?)(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?円?$/.exec(plain);
  if (!parts || (parts[1] && parts[2])) return null;
  const amount = Number(parts[3]?.replaceAll(',', ''));
  return (parts[1] || parts[2]) && amount !== 0 ? -amount : amount;
}

/**
 * A text of a cart: trimmed; a missing one, or the cart's mark for "none", is read as empty, so that the model's
 * own check names the field. Written as one step: every order that a cart has is read again and again, field by field.
 */
export const cartText = (mark?: string) =>
  z
    .unknown()
    .optional()
    .transform((value, context) => {
      if (value === undefined || value === null) return '';
      if (typeof value !== 'string' && !Number.isFinite(value)) {
        context.addIssue({ code: 'invalid_type', expected: 'string', input: value });
        return z.NEVER;
      }
      const text = String(value).trim();
      return text === mark ? '' : text;
    });

const mostWhole = 999_999_999;

/** A whole number of a cart, up to nine digits, as a number or as plain digits: yen, pieces. */
export const cartWhole = z.unknown().transform((value, context) => {
  const whole = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (Number.isInteger(whole) && Math.abs(whole as number) <= mostWhole) return whole as number;
  context.addIssue({ code: 'invalid_type', expected: 'int', input: value });
  return z.NEVER;
});

/** One schema for several fields of an object: `z.object({ ...fieldsOf(['name', 'phone'], cartText()) })`. */
export const fieldsOf = <Name extends string, Schema extends z.ZodType>(
  names: readonly Name[],
  schema: Schema,
) => Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;

/** The given texts without the empty ones: for optional fields. */
export const present = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));

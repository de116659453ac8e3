import type { LocalText } from '@np-hub/kit';
import { ApiProblem, wrongField } from '../http/problem.js';

const form = /^c1\.(0|[1-9]\d{0,17})$/u;

/** A position in the feed as other systems carry it: opaque, and valid as long as the changes behind it are kept. */
export const cursorOf = (position: bigint): string =>
  Buffer.from(`c1.${position}`, 'ascii').toString('base64url');

/** The position that a cursor of ours stands for; null for anything else. */
export function positionOf(cursor: string): bigint | null {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const digits = form.exec(text)?.[1];
  // Decoding forgives; only what we would have written ourselves counts.
  return digits !== undefined && cursorOf(BigInt(digits)) === cursor ? BigInt(digits) : null;
}

const unreadable: LocalText = {
  ja: 'カーソルを読み取れません。前回の応答の next（または各行の cursor）をそのまま指定してください。',
  en: 'This cursor cannot be read. Give the `next` of an earlier answer, or the `cursor` of a row, as it came.',
};

const expired: LocalText = {
  ja: 'このカーソルより後の変更の一部は、保存期間が過ぎたため、または復元により失われています。取引を読み直し、after を指定せずに始めてください。',
  en: 'Some of the changes behind this cursor are no longer kept, or were lost in a restore. Read the transactions afresh and begin without `after`.',
};

/** 400, naming the field that holds the cursor. */
export const unreadableCursor = (field: string): ApiProblem => wrongField(field, unreadable);

/** 410: going on from here would silently leave changes out. */
export const expiredCursor = (field: string): ApiProblem =>
  new ApiProblem(410, 'cursor-expired', expired, [{ field, message: expired }]);

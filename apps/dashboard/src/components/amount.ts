import type { NumberLimits } from '@np-hub/model';

export type { NumberLimits };

/** What stands in a field for a number: the number, or the text as typed where it is none that the field takes. */
export type Amount = number | string;

/** A field for whole numbers. */
export const wholeWithin = (min: number, max: number): NumberLimits => ({ min, max, places: 0 });

/** The number that a text says, in digits of either width; any other text, and one outside of the limits, as it is. */
export function readAmount(typed: string, { min, max, places }: NumberLimits): Amount {
  const text = typed.normalize('NFKC').replaceAll(/[\s,]/gu, '').replace('−', '-');
  const [, fraction = ''] = /^-?\d+(?:\.(\d*))?$/u.exec(text) ?? [undefined, null];
  if (fraction === null || (places !== null && fraction.length > places)) return typed;
  const value = Number(text);
  return (min !== null && value < min) || (max !== null && value > max) ? typed : value;
}

/** Something is typed that is no number for the field. */
export const isMistyped = (value: Amount): boolean => typeof value === 'string' && value.trim() !== '';

/** A number as a field shows it. */
export const shownAmount = (value: Amount, grouped: boolean): string =>
  typeof value === 'number' && grouped ? value.toLocaleString('en-US') : String(value);

import { wholeWithin } from './amount.js';
import { NumberField, type NumberFieldProps } from './number-field.js';

const largestYen = 9_999_999;

interface Props extends Omit<NumberFieldProps, 'limits' | 'grouped'> {
  readonly min?: number;
}

/** Whole yen, not negative, as large as NP takes them. */
export function YenInput({ min = 0, ...field }: Props) {
  return <NumberField {...field} grouped limits={wholeWithin(min, largestYen)} />;
}

import { NumberInput, type NumberInputProps } from '@mantine/core';

/** An amount as it stands in a field: empty until somebody has typed one. */
export type Amount = number | '';

interface Props extends Omit<NumberInputProps, 'value' | 'onChange'> {
  readonly value: Amount;
  readonly onChange: (value: Amount) => void;
}

const largestYen = 9_999_999;

/** Whole yen, not negative, as large as NP takes them. */
export function YenInput({ onChange, ...field }: Props) {
  return (
    <NumberInput
      {...field}
      min={0}
      max={largestYen}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=","
      hideControls
      inputMode="numeric"
      onChange={(entered) => onChange(typeof entered === 'number' ? entered : '')}
    />
  );
}

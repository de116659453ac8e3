import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../text/speech.js';
import { isMistyped, readAmount, shownAmount, type Amount, type NumberLimits } from './amount.js';

/** The width of a full-width letter of a unit, as the style sheet has it. */
const unitPx = 12;

export interface NumberFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: Amount;
  readonly limits: NumberLimits;
  /** Thousands apart. */
  readonly grouped?: boolean;
  readonly unit?: string;
  readonly onChange: (value: Amount) => void;
}

/**
 * A number, in digits of either width. What is none, or outside of the limits, stays as it was typed and says what is
 * wrong with it: nothing is dropped, and nothing is put right in silence.
 */
export function NumberField({
  value,
  limits,
  grouped = false,
  unit,
  error,
  onChange,
  ...field
}: NumberFieldProps) {
  const { numbers } = useText();
  const [typed, setTyped] = useState('');
  // As it was typed, while that is what the value says: a full stop on the way to a fraction stays.
  const text = readAmount(typed, limits) === value ? typed : shownAmount(value, grouped);
  return (
    <TextInput
      autoComplete="off"
      inputMode={limits.places === 0 ? 'numeric' : 'decimal'}
      {...field}
      {...(unit === undefined
        ? {}
        : {
            rightSection: <span className="field-unit">{unit}</span>,
            rightSectionWidth: unit.length * unitPx + 2 * unitPx,
          })}
      value={text}
      error={isMistyped(value) ? numbers.within(limits) : error}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(readAmount(event.currentTarget.value, limits));
      }}
      onBlur={(event) => {
        setTyped(shownAmount(value, grouped));
        field.onBlur?.(event);
      }}
    />
  );
}

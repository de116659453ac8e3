import { TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import { npIdFault, readNpId } from '../np-id.js';
import { useText } from '../text/speech.js';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Shows what is wrong; before that a person is left to type. */
  readonly tried: boolean;
  readonly optional?: boolean;
  readonly serverError?: string | null;
  readonly fieldRef?: RefObject<HTMLInputElement | null>;
}

/** An NP transaction id of eleven digits. The value is what was typed; `readNpId` makes the id of it. */
export function NpIdField({ label, value, onChange, tried, optional = false, serverError, fieldRef }: Props) {
  const { doubt } = useText().detail;
  const id = readNpId(value);
  const fault = optional && id === '' ? null : npIdFault(id);
  const message =
    fault === 'digits' ? doubt.digitsOnly : fault === 'length' ? doubt.invalid(id.length) : null;
  return (
    <TextInput
      ref={fieldRef}
      label={label}
      description={doubt.fieldHint}
      inputMode="numeric"
      autoComplete="off"
      className="np-id-field"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onChange(id)}
      error={(tried ? message : null) ?? serverError ?? null}
    />
  );
}

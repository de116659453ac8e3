import { TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import type { IdForm } from '@np-hub/model';
import { npIdFault, readNpId } from '../np-id.js';
import { useText } from '../text/speech.js';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Shows what is wrong; before that a person is left to type. */
  readonly tried: boolean;
  /** How the gateway writes its ids. */
  readonly form: IdForm;
  readonly optional?: boolean;
  readonly serverError?: string | null;
  readonly fieldRef?: RefObject<HTMLInputElement | null>;
}

/** A transaction id in the gateway's own form. The value is what was typed; `readNpId` makes the id of it. */
export function NpIdField({
  label,
  value,
  onChange,
  tried,
  form,
  optional = false,
  serverError,
  fieldRef,
}: Props) {
  const { detail, gateways } = useText();
  const { doubt } = detail;
  const id = readNpId(value, form);
  const fault = optional && id === '' ? null : npIdFault(id, form);
  const message =
    fault === 'digits'
      ? doubt.digitsOnly
      : fault === 'length'
        ? doubt.invalid(id.length)
        : fault === 'form'
          ? gateways.idFault
          : null;
  return (
    <TextInput
      ref={fieldRef}
      label={label}
      description={form === 'np' ? doubt.fieldHint : gateways.idHint}
      inputMode={form === 'np' ? 'numeric' : 'text'}
      autoComplete="off"
      className="np-id-field"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onChange(id)}
      error={(tried ? message : null) ?? serverError ?? null}
    />
  );
}

import { Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import type { SettingField } from '@np-hub/model';
import { useSpeech } from '../text/speech.js';
import { readAmount } from './amount.js';
import { errorAt, type FieldError } from './field-errors.js';
import { MapField, withCode } from './map-field.js';
import { NumberField } from './number-field.js';
import { limitsOf, type Entered, type Fault } from './settings-form.js';

interface Props {
  readonly fields: readonly SettingField[];
  readonly entered: Entered;
  readonly faults: Readonly<Record<string, Fault>>;
  readonly serverErrors: readonly FieldError[];
  readonly changing: boolean;
  readonly onChange: (entered: Entered) => void;
}

/** The settings of an adapter or a gateway as a form, each field with its help; secrets can be written, never read. */
export function SettingsFields({ fields, entered, faults, serverErrors, changing, onChange }: Props) {
  const { text, language } = useSpeech();
  const { form } = text.shopsPage;
  const faultTexts: Readonly<Record<Exclude<Fault, 'number'>, string>> = {
    missing: form.missing,
    map: form.invalidMap,
    json: form.invalidJson,
  };
  return fields.map((field) => {
    const fault = faults[field.name];
    const fromServer = errorAt(serverErrors, field.name) ?? errorAt(serverErrors, `settings.${field.name}`);
    return (
      <SettingInput
        key={field.name}
        field={field}
        value={entered[field.name] ?? ''}
        // What is no number is told by its field.
        error={fault && fault !== 'number' ? faultTexts[fault] : (fromServer?.message[language] ?? null)}
        tried={fault === 'map'}
        changing={changing}
        onChange={(value) => onChange({ ...entered, [field.name]: value })}
      />
    );
  });
}

interface InputProps {
  readonly field: SettingField;
  readonly value: string | boolean;
  readonly error: string | null;
  readonly tried: boolean;
  readonly changing: boolean;
  readonly onChange: (value: string | boolean) => void;
}

function SettingInput({ field, value, error, tried, changing, onChange }: InputProps) {
  const { text, language } = useSpeech();
  const { form } = text.shopsPage;
  const hints = [
    field.help?.[language] ?? '',
    field.kind === 'list' ? form.list : '',
    field.kind === 'json' ? form.json : '',
    field.secret ? (changing ? form.keepSecret : form.secret) : '',
  ];
  const described = { label: field.title[language], description: hints.filter(Boolean).join(' '), error };
  if (field.kind === 'boolean') {
    return (
      <Checkbox
        {...described}
        aria-invalid={error !== null}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  const common = {
    ...described,
    name: field.name,
    autoComplete: 'off',
    withAsterisk: field.required && !changing,
    required: field.required && !changing,
    value: String(value),
  };
  const take = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value);
  if (field.secret) {
    return (
      <PasswordInput
        {...common}
        // Not said by the component itself: the first mistake gets the focus by it, and readers hear it.
        aria-invalid={error !== null}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': text.common.show }}
        onChange={take}
      />
    );
  }
  if (field.kind === 'choice') {
    return (
      <NativeSelect
        {...common}
        data={[
          { value: '', label: form.choose },
          ...field.choices.map((one) => ({
            value: one,
            label: withCode(one, field.labels[one]?.[language], text.common.aside),
          })),
        ]}
        onChange={take}
      />
    );
  }
  if (field.kind === 'map') {
    return (
      <MapField
        field={field}
        label={described.label}
        description={described.description}
        value={common.value}
        tried={tried}
        error={error}
        onChange={onChange}
      />
    );
  }
  if (field.kind === 'list' || field.kind === 'json') {
    return <Textarea {...common} autosize minRows={3} onChange={take} />;
  }
  if (field.kind === 'number') {
    const limits = limitsOf(field);
    return (
      <NumberField
        {...common}
        limits={limits}
        value={readAmount(common.value, limits)}
        onChange={(entered) => onChange(String(entered))}
      />
    );
  }
  return <TextInput {...common} onChange={take} />;
}

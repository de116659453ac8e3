import { NativeSelect } from '@mantine/core';

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly help: string;
  readonly value: Value;
  readonly choices: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
}

/** One of a few words; the choices' own order. */
export function PolicySelect<Value extends string>({
  label,
  help,
  value,
  choices,
  onChange,
}: SelectProps<Value>) {
  const values = Object.keys(choices) as Value[];
  return (
    <NativeSelect
      label={label}
      description={help}
      value={value}
      data={values.map((one) => ({ value: one, label: choices[one] }))}
      onChange={(event) => {
        const chosen = values.find((one) => one === event.currentTarget.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    />
  );
}

import { Button, Group, Input, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { SettingField } from '@np-hub/model';
import { useSpeech } from '../text/speech.js';
import { AddButton } from './add-button.js';
import { lineFaults, linesOf, type MapLine } from './settings-form.js';

interface Props {
  readonly field: SettingField;
  readonly label: string;
  readonly description: string;
  readonly value: string;
  /** Shows what is wrong line by line; before that a person is left to type. */
  readonly tried: boolean;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}

/** Texts by name, one line each: both chosen from a list where the field has one. */
export function MapField({ field, label, description, value, tried, error, onChange }: Props) {
  const { form } = useSpeech().text.shopsPage;
  const lines = linesOf(value);
  const faults = lineFaults(field, lines);
  const set = (next: readonly MapLine[]) => onChange(JSON.stringify(next));
  const change = (index: number, line: MapLine) => set(lines.map((one, at) => (at === index ? line : one)));
  return (
    <Input.Wrapper
      role="group"
      aria-label={label}
      label={label}
      labelElement="div"
      description={description}
      error={error}
    >
      <Stack
        gap="xs"
        mt={6}
        {...(error !== null && lines.length === 0 ? { 'data-mistake': true, tabIndex: -1 } : {})}
      >
        {lines.map(([name, text], index) => (
          <div key={index} className="mall-row">
            <Part
              label={form.mapName(index + 1)}
              choices={field.keys}
              labels={field.labels}
              value={name}
              error={(tried && faults[index] === 'name') || (error !== null && index === 0)}
              onChange={(next) => change(index, [next, text])}
            />
            <Part
              label={form.mapValue(index + 1)}
              choices={field.choices}
              labels={field.labels}
              value={text}
              error={tried && faults[index] === 'value'}
              onChange={(next) => change(index, [name, next])}
            />
            <Button
              size="xs"
              variant="default"
              aria-label={form.removeLineOf(index + 1)}
              onClick={() => set(lines.filter((_, at) => at !== index))}
            >
              {form.removeLine}
            </Button>
          </div>
        ))}
        <Group>
          <AddButton label={form.addLine} onClick={() => set([...lines, ['', '']])} />
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}

interface PartProps {
  readonly label: string;
  readonly choices: readonly string[];
  readonly labels: SettingField['labels'];
  readonly value: string;
  readonly error: boolean;
  readonly onChange: (value: string) => void;
}

function Part({ label, choices, labels, value, error, onChange }: PartProps) {
  const { text, language } = useSpeech();
  const common = {
    size: 'xs',
    'aria-label': label,
    value,
    error,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (choices.length === 0) return <TextInput {...common} autoComplete="off" />;
  const known = value === '' || choices.includes(value) ? choices : [value, ...choices];
  return (
    <NativeSelect
      {...common}
      data={[
        { value: '', label: text.shopsPage.form.choose },
        ...known.map((one) => ({
          value: one,
          label: withCode(one, labels[one]?.[language], text.common.aside),
        })),
      ]}
    />
  );
}

/** Words with the code behind; the code alone where there are no words for it. */
export const withCode = (code: string, words: string | undefined, aside: (text: string) => string): string =>
  words === undefined ? code : words + aside(code);

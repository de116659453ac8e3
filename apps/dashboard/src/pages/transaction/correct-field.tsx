import { NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import {
  carriers,
  countCharacters,
  describeProblem,
  settlementTypeSchema,
  type CorrectablePath,
  type Problem,
} from '@np-hub/model';
import type { ChangeEvent } from 'react';
import type { LocalText } from '../../api/types.js';
import type { Language } from '../../text/language.js';
import { useSpeech } from '../../text/speech.js';
import { fieldLabel } from '../../words.js';
import { limitOf, payloadPathOf } from './fields.js';

interface Props {
  readonly path: CorrectablePath;
  readonly value: string;
  /** What the cart says, where a correction lies over it. */
  readonly replaced: string | null;
  readonly problems: readonly Problem[];
  readonly serverError: LocalText | null;
  readonly onChange: (value: string) => void;
}

/** One field to correct: an example, a counter where NP has a limit, and what is still wrong. */
export function CorrectField({ path, value, replaced, problems, serverError, onChange }: Props) {
  const { text, language } = useSpeech();
  const { correct } = text.detail;
  const payloadPath = payloadPathOf(path);
  const { good } = describeProblem({ field: payloadPath, rule: '', npCode: null }, language);
  const messages = problems.map((problem) => withoutLabel(problem, language));
  const hints = [good, replaced === null ? '' : correct.original(replaced || '–')];
  const common = {
    label: fieldLabel(payloadPath, language),
    description: hints.filter(Boolean).join(' ／ '),
    error: messages.length > 0 ? messages.join(' ') : (serverError?.[language] ?? null),
    value,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) =>
      onChange(event.currentTarget.value),
  };
  if (path === 'parcel.carrier') {
    const choices = Object.entries(carriers).map(([key, { name }]) => ({ value: key, label: name }));
    return <NativeSelect {...common} data={[{ value: '', label: correct.chooseCarrier }, ...choices]} />;
  }
  if (path === 'settlementType') {
    const choices = settlementTypeSchema.options.map((type) => ({
      value: type,
      label: text.detail.settlement[type],
    }));
    const hint = correct.settlementHint;
    const data = [{ value: '', label: correct.settlementDefault }, ...choices];
    return <NativeSelect {...common} description={hint} data={data} />;
  }
  const wide = path.endsWith('.address');
  return (
    <div className={wide ? 'field-wide' : undefined}>
      {wide ? (
        <Textarea {...common} autosize minRows={2} />
      ) : (
        <TextInput {...common} inputMode={inputModes[path.split('.')[1] ?? ''] ?? 'text'} />
      )}
      <Counter value={value} limit={limitOf(path)} />
    </div>
  );
}

/** The label stands above the field already. */
function withoutLabel(problem: Problem, language: Language): string {
  const { field, message } = describeProblem(problem, language);
  return message.startsWith(field) ? message.slice(field.length).replace(/^[：:]\s*/u, '') : message;
}

const inputModes: Readonly<Record<string, 'tel' | 'email' | 'numeric'>> = {
  phone: 'tel',
  email: 'email',
  postalCode: 'numeric',
};

/** How much of the limit is used; past it the figure is bold and red, and the check's message says so in words. */
function Counter({ value, limit }: { value: string; limit: number | null }) {
  const { correct } = useSpeech().text.detail;
  if (limit === null) return null;
  const length = countCharacters(value);
  return (
    <Text size="xs" ta="right" className={length > limit ? 'counter counter-over' : 'counter'}>
      {correct.counter(length, limit)}
    </Text>
  );
}

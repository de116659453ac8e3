import type { SettingField } from '@np-hub/model';
import type { Settings } from '../api/types.js';
import { readAmount, type NumberLimits } from './amount.js';

/** What stands in the form: text, or a tick. */
export type Entered = Readonly<Record<string, string | boolean>>;

export type Fault = 'missing' | 'number' | 'map' | 'json';

/** One line of a map as it stands in the form. */
export type MapLine = readonly [name: string, value: string];

/** The lines of a map, which the form holds as one text. */
export const linesOf = (entered: string): readonly MapLine[] =>
  entered === '' ? [] : (JSON.parse(entered) as MapLine[]);

/** What is wrong with each line: the name is missing, stands there already, or a value was not chosen. */
export const lineFaults = (
  { choices }: SettingField,
  lines: readonly MapLine[],
): readonly ('name' | 'value' | null)[] =>
  lines.map(([name, value], index) => {
    const isTwice = lines.slice(0, index).some(([other]) => other.trim() === name.trim());
    if (name.trim() === '' || isTwice) return 'name';
    return choices.length > 0 && value === '' ? 'value' : null;
  });

/** The form as it opens: saved values, else the defaults of a new one; secrets always empty. */
export function openedForm(fields: readonly SettingField[], saved: Settings | null): Entered {
  const valueOf = (field: SettingField) =>
    field.secret ? undefined : (saved?.[field.name] ?? (saved ? undefined : field.default));
  return Object.fromEntries(fields.map((field) => [field.name, asEntered(field, valueOf(field))]));
}

function asEntered(field: SettingField, value: unknown): string | boolean {
  if (field.kind === 'boolean') return value === true;
  if (value === undefined || value === null) return '';
  if (field.kind === 'list' && Array.isArray(value)) return value.join('\n');
  if (field.kind === 'map') return JSON.stringify(Object.entries(value));
  if (field.kind === 'json' && typeof value !== 'string') return JSON.stringify(value, null, 2);
  return String(value);
}

/**
 * Settings as the API takes them, and what is wrong with the form. `opened` is the form of a saved one as it opened:
 * what has not been touched since is left out, so that nothing has to be filled in again, and null takes away what was
 * emptied. An empty field of a new one is left out, and so is an empty secret.
 */
export function readForm(
  fields: readonly SettingField[],
  entered: Entered,
  opened: Entered | null,
): { settings: Settings; faults: Readonly<Record<string, Fault>> } {
  const settings: Record<string, unknown> = {};
  const faults: Record<string, Fault> = {};
  for (const field of fields) {
    if (opened && entered[field.name] === opened[field.name]) continue;
    const reading = readField(field, entered[field.name] ?? '');
    if ('fault' in reading) faults[field.name] = reading.fault;
    else if (reading.value !== undefined) settings[field.name] = reading.value;
    else if (field.required && !(opened && field.secret)) faults[field.name] = 'missing';
    else if (opened && !field.secret) settings[field.name] = null;
  }
  return { settings, faults };
}

/** What a field for a number takes. */
export const limitsOf = ({ limits }: SettingField): NumberLimits =>
  limits ?? { min: null, max: null, places: null };

function readField(field: SettingField, entered: string | boolean): { value: unknown } | { fault: Fault } {
  if (typeof entered === 'boolean') return { value: entered };
  const text = field.secret ? entered : entered.trim();
  if (text === '') return { value: undefined };
  switch (field.kind) {
    case 'number': {
      const value = readAmount(text, limitsOf(field));
      return typeof value === 'number' ? { value } : { fault: 'number' };
    }
    case 'list':
      return {
        value: text
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      };
    case 'map': {
      const lines = linesOf(text);
      if (lineFaults(field, lines).some((fault) => fault !== null)) return { fault: 'map' };
      return { value: Object.fromEntries(lines.map(([name, value]) => [name.trim(), value.trim()])) };
    }
    case 'json':
      try {
        return { value: JSON.parse(text) };
      } catch {
        return { fault: 'json' };
      }
    default:
      return { value: text };
  }
}

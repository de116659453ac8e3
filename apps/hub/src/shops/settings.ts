import type { SettingField } from '@np-hub/model';
import { z } from 'zod';

interface FieldSchema {
  readonly title?: { ja: string; en: string } | string;
  readonly help?: { ja: string; en: string };
  readonly labels?: SettingField['labels'];
  readonly secret?: boolean;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type?: string };
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly propertyNames?: { readonly enum?: readonly string[] };
  readonly additionalProperties?: FieldSchema | false;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The form that an adapter's or a gateway's own schema describes. */
export function fieldsOf(schema: z.ZodType): SettingField[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, FieldSchema>;
    required?: string[];
  };
  return Object.entries(json.properties ?? {}).map(([name, field]) => ({
    name,
    title: typeof field.title === 'object' ? field.title : { ja: name, en: name },
    help: field.help ?? null,
    secret: field.secret === true,
    required: json.required?.includes(name) ?? false,
    kind: kindOf(field),
    keys: [...(field.propertyNames?.enum ?? Object.keys(field.properties ?? {}))],
    choices: [...(field.enum ?? (field.additionalProperties || {}).enum ?? [])],
    labels: field.labels ?? {},
    limits: limitsOf(field),
    default: field.default ?? null,
  }));
}

function kindOf(field: FieldSchema): SettingField['kind'] {
  if (field.enum) return 'choice';
  if (field.type === 'boolean') return 'boolean';
  if (field.type === 'integer' || field.type === 'number') return 'number';
  if (field.type === 'array' && field.items?.type === 'string') return 'list';
  if (isMap(field)) return 'map';
  return field.type === 'object' || field.type === 'array' ? 'json' : 'text';
}

/** Texts by name, be the names free or given. */
function isMap({ properties = {}, additionalProperties }: FieldSchema): boolean {
  const values = [...Object.values(properties), ...(additionalProperties ? [additionalProperties] : [])];
  return values.length > 0 && values.every(({ type }) => type === 'string');
}

/** A whole number without bounds of its own has those of exact numbers, which nobody has to be told. */
function limitsOf({ type, minimum, maximum }: FieldSchema): SettingField['limits'] {
  if (type !== 'integer' && type !== 'number') return null;
  const bound = (value?: number) =>
    value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? null : value;
  return { min: bound(minimum), max: bound(maximum), places: type === 'integer' ? 0 : null };
}

/** Settings as the API may show them: without what the schema marks as secret. */
export function withoutSecrets(schema: z.ZodType, settings: unknown): Record<string, unknown> {
  const secret = new Set(fieldsOf(schema).flatMap((field) => (field.secret ? [field.name] : [])));
  return Object.fromEntries(Object.entries(settings as object).filter(([name]) => !secret.has(name)));
}

/**
 * New settings over old ones: a secret left blank keeps its old value, and null takes any other field away. A name that
 * the schema does not have must be told, and not lost: throws as the schema itself does.
 */
export function mergedSettings(schema: z.ZodType, old: unknown, fresh: Record<string, unknown>): unknown {
  const fields = fieldsOf(schema);
  const keys = Object.keys(fresh).filter((given) => !fields.some(({ name }) => name === given));
  if (keys.length > 0) throw new z.ZodError([{ code: 'unrecognized_keys', keys, path: [], message: '' }]);
  const secret = new Set(fields.flatMap((field) => (field.secret ? [field.name] : [])));
  const given = Object.entries(fresh).filter(
    ([name, value]) => !(secret.has(name) && (value === '' || value === null)),
  );
  const merged = { ...(old as object), ...Object.fromEntries(given) };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

/** The names of the secret fields that have another value now. */
export function changedSecrets(schema: z.ZodType, old: unknown, fresh: unknown): readonly string[] {
  const [before, after] = [old as Record<string, unknown>, fresh as Record<string, unknown>];
  const changed = (name: string): boolean => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  return fieldsOf(schema).flatMap(({ name, secret }) => (secret && changed(name) ? [name] : []));
}

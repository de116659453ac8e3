import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CartAdapter } from '@np-hub/kit';
import type { AdapterSubject } from './adapter-subject.js';

/** The moment at which the suite runs. */
export const now = new Date('2026-11-21T03:00:00Z');
export const clock = { now: () => now };

export interface Fixture {
  readonly name: string;
  readonly raw: unknown;
  readonly expected: unknown;
}

const readJson = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));

/** Every `<case>.in.json` with its `<case>.out.json`. */
export function fixturesOf<Settings>({ folder }: AdapterSubject<Settings>): Fixture[] {
  const names = readdirSync(join(folder, 'fixtures')).filter((name) => name.endsWith('.in.json'));
  return names.map((file) => ({
    name: file.slice(0, -'.in.json'.length),
    raw: readJson(folder, 'fixtures', file),
    expected: readJson(folder, 'fixtures', file.replace(/\.in\.json$/, '.out.json')),
  }));
}

/** The fields of the settings form with their meta data. */
export function settingFields<Settings>(adapter: CartAdapter<Settings>): [string, Record<string, unknown>][] {
  const shape = 'shape' in adapter.settings ? adapter.settings.shape : {};
  return Object.entries(shape as Record<string, CartAdapter['settings']>).map(([name, field]) => [
    name,
    field.meta() ?? {},
  ]);
}

/** The secret values of the sample settings. */
export function secretsOf<Settings>({ adapter, settings }: AdapterSubject<Settings>): string[] {
  const names = settingFields(adapter).flatMap(([name, meta]) => (meta['secret'] === true ? [name] : []));
  return names.map((name) => String(settings[name]));
}

/** Freezes a value all the way down and gives it back. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

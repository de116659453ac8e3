import type { CartAdapter } from '@np-hub/kit';
import type { AdapterSubject } from './adapter-subject.js';

/** The moment at which the suite runs. */
export const now = new Date('2026-11-21T03:00:00Z');
export const clock = { now: () => now };

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

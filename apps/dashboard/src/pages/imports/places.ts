import type { FileLayoutView } from '@np-hub/model';

/** Where a column stands, as the form has it. `position` counts from 1, as people do. */
export interface EnteredPlace {
  readonly name: string;
  readonly kind: 'auto' | 'header' | 'position' | 'none';
  readonly value: string;
}

type Columns = Readonly<Record<string, string | number | null>>;

/** The form as it opens. */
export const openedPlaces = (
  columns: readonly Pick<FileLayoutView['columns'][number], 'name' | 'mapped'>[],
): readonly EnteredPlace[] =>
  columns.map(({ name, mapped }) => {
    if (mapped === undefined) return { name, kind: 'auto', value: '' };
    if (mapped === null) return { name, kind: 'none', value: '' };
    return typeof mapped === 'number'
      ? { name, kind: 'position', value: String(mapped + 1) }
      : { name, kind: 'header', value: mapped };
  });

/** The map as the API takes it, without the columns that are left to the hub, and the columns that are not right yet. */
export function placesOf(places: readonly EnteredPlace[]): {
  readonly columns: Columns;
  readonly faults: readonly string[];
} {
  const columns: Record<string, string | number | null> = {};
  const faults: string[] = [];
  for (const { name, kind, value } of places) {
    const text = value.normalize('NFKC').trim();
    if (kind === 'none') columns[name] = null;
    else if (kind === 'header' && text) columns[name] = value.trim();
    else if (kind === 'position' && /^[1-9]\d{0,3}$/u.test(text)) columns[name] = Number(text) - 1;
    else if (kind !== 'auto') faults.push(name);
  }
  return { columns, faults };
}

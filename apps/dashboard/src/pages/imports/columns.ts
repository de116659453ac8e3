import type { ImportPreview } from '@np-hub/model';

type File = Pick<ImportPreview, 'header' | 'headers' | 'width'>;

/** Every column of the file as a choice: by its header where there is one, else by where it stands. */
export const headerChoices = (
  { header, headers, width }: File,
  positionText: (number: number) => string,
): readonly { value: string; label: string }[] =>
  Array.from({ length: Math.max(width, headers.length) }, (_, position) => {
    const name = header ? (headers[position] ?? '') : '';
    return {
      value: String(position),
      label: name === '' ? positionText(position + 1) : `${positionText(position + 1)} ${name}`,
    };
  });

/**
 * How a chosen column is named to the hub: by its header where that is the only one of its name (columns may move in
 * later files), else by its position; null where the file does not have it.
 */
export function placeAt({ header, headers }: File, chosen: string): string | number | null {
  if (chosen === '') return null;
  const position = Number(chosen);
  const name = header ? headers[position] : undefined;
  const alone = headers.filter((other) => other === name).length === 1;
  return name && alone ? name : position;
}

/** The choice that a column stands at: what a person has just chosen, else where the hub has found it; '' for nowhere. */
export function chosenOf(
  { headers }: Pick<File, 'headers'>,
  column: Pick<ImportPreview['columns'][number], 'name' | 'position'>,
  chosen: Readonly<Record<string, string | number | null>>,
): string {
  const place = chosen[column.name];
  const position =
    place === undefined ? column.position : typeof place === 'string' ? headers.indexOf(place) : place;
  return position === null || position < 0 ? '' : String(position);
}

import type { ImportView } from '@np-hub/model';

/**
 * Files that are understood in full by their header, and that only wait for a yes; the oldest first, so that newer ones
 * count. What a file without a header is, only its places say: somebody is to look at it first.
 */
export function readyToStart(rows: readonly ImportView[]): readonly ImportView[] {
  const madeAtOf = ({ madeAt, uploadedAt }: ImportView) => madeAt ?? uploadedAt;
  return rows
    .filter(
      ({ state, layout, preview, error }) =>
        state === 'uploaded' &&
        layout !== null &&
        preview?.header === true &&
        preview.missing.length === 0 &&
        error === null,
    )
    .toSorted((left, right) => madeAtOf(left).localeCompare(madeAtOf(right)));
}

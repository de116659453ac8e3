import type { ImportView } from '@np-hub/model';

/** Files that are understood in full, and that only wait for a yes; the oldest first, so that newer ones count. */
export function readyToStart(rows: readonly ImportView[]): readonly ImportView[] {
  const madeAtOf = ({ madeAt, uploadedAt }: ImportView) => madeAt ?? uploadedAt;
  return rows
    .filter(
      ({ state, layout, preview, error }) =>
        state === 'uploaded' && layout !== null && preview?.missing.length === 0 && error === null,
    )
    .toSorted((left, right) => madeAtOf(left).localeCompare(madeAtOf(right)));
}

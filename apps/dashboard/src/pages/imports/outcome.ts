import type { ImportView } from '@np-hub/model';

/** The order in which results are named: what was done first, then what somebody has to look at. */
export const rowKinds = ['taken', 'unchanged', 'waiting', 'older', 'refused', 'ignored'] as const;

/** Why an import that is done has taken nothing in; null where it has, or is not done. */
export function barrenOf({
  state,
  counts,
}: Pick<ImportView, 'state' | 'counts'>): 'nothing' | 'refused' | 'unusable' | null {
  const { taken, unchanged, waiting, older, refused, ignored } = counts;
  if (state !== 'done' || taken + unchanged + waiting + older > 0) return null;
  if (refused === 0) return 'nothing';
  return ignored === 0 ? 'refused' : 'unusable';
}

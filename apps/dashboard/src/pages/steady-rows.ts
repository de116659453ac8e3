import type { TransactionRow } from '@np-hub/model';
import { useCallback, useEffect, useState, type RefObject } from 'react';

/** A row on the screen. `stale`: newer data no longer shows it here, so its state and gate may be out of date. */
export interface ShownRow {
  readonly row: TransactionRow;
  readonly stale: boolean;
}

interface Shown {
  readonly key: string;
  readonly rows: readonly ShownRow[];
  /** Rows that are new or have moved, and wait to be shown in their place. */
  readonly waiting: number;
}

export const rowKey = (row: TransactionRow): string => `${row.shopId}/${row.id}`;

/** Newer data under the reader's hand: every row keeps its place, takes its new content, and nothing is put above. */
export function keepPlaces(
  before: readonly ShownRow[],
  fresh: readonly TransactionRow[],
): Omit<Shown, 'key'> {
  const byKey = new Map(fresh.map((row) => [rowKey(row), row]));
  const known = new Map(before.map(({ row }) => [rowKey(row), row]));
  const kept = before.map(({ row }) => {
    const newer = byKey.get(rowKey(row));
    return newer ? { row: newer, stale: false } : { row, stale: true };
  });
  const last = fresh.findLastIndex((row) => known.has(rowKey(row)));
  const appended = fresh.slice(last + 1).map((row) => ({ row, stale: false }));
  const above = fresh.slice(0, last + 1).filter((row) => known.get(rowKey(row))?.updatedAt !== row.updatedAt);
  const gone = kept.filter(({ stale }) => stale).length;
  return { rows: [...kept, ...appended], waiting: Math.max(above.length, gone) };
}

const asShown = (rows: readonly TransactionRow[]): readonly ShownRow[] =>
  rows.map((row) => ({ row, stale: false }));

const restMs = 8_000;
const recheckMs = 2_000;

/**
 * The rows to show. While a hand is on the list (pointer moving over it, focus inside it, or scrolled down) newer
 * data changes rows where they stand; `apply` puts them in order, which also happens once the hand has left.
 */
export function useSteadyRows(
  fresh: readonly TransactionRow[] | undefined,
  key: string,
  list: RefObject<HTMLElement | null>,
): { rows: readonly ShownRow[]; waiting: number; apply: () => void } {
  const [shown, setShown] = useState<Shown>({ key, rows: asShown(fresh ?? []), waiting: 0 });
  const isHeld = useHand(list);

  useEffect(() => {
    if (!fresh) return;
    setShown((before) =>
      before.key === key && before.rows.length > 0 && isHeld()
        ? { key, ...keepPlaces(before.rows, fresh) }
        : { key, rows: asShown(fresh), waiting: 0 },
    );
  }, [fresh, key, isHeld]);

  const apply = useCallback(() => {
    if (fresh) setShown({ key, rows: asShown(fresh), waiting: 0 });
  }, [fresh, key]);

  useEffect(() => {
    if (shown.waiting === 0) return;
    const timer = setInterval(() => {
      if (!isHeld()) apply();
    }, recheckMs);
    return () => clearInterval(timer);
  }, [shown.waiting, isHeld, apply]);

  return shown.key === key
    ? { rows: shown.rows, waiting: shown.waiting, apply }
    : { rows: asShown(fresh ?? []), waiting: 0, apply };
}

function useHand(list: RefObject<HTMLElement | null>): () => boolean {
  const [pointer] = useState(() => ({ movedAt: 0 }));
  useEffect(() => {
    const move = (event: PointerEvent) => {
      if (event.target instanceof Node && list.current?.contains(event.target)) pointer.movedAt = Date.now();
    };
    window.addEventListener('pointermove', move);
    return () => window.removeEventListener('pointermove', move);
  }, [list, pointer]);
  return useCallback(
    () =>
      window.scrollY > 160 ||
      Date.now() - pointer.movedAt < restMs ||
      Boolean(list.current?.contains(document.activeElement)),
    [list, pointer],
  );
}

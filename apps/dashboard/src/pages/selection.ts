import type { TransactionRow } from '@np-hub/model';
import { useMemo, useRef, useState } from 'react';
import type { RowChoice } from './list-table.js';
import { rowKey, type ShownRow } from './steady-rows.js';

interface Selection {
  /** The chosen rows that are on the screen: what cannot be seen is never acted on. */
  readonly rows: readonly TransactionRow[];
  readonly choice: RowChoice;
  readonly clear: () => void;
}

/** Keys between two places of the list, ends included; one key where the other end is not shown. */
export function keysBetween(shown: readonly string[], from: string | null, to: string): readonly string[] {
  const start = from === null ? -1 : shown.indexOf(from);
  const end = shown.indexOf(to);
  if (start < 0 || end < 0) return [to];
  return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** Which rows of the list are chosen. Another filter begins anew. */
export function useSelection(rows: readonly ShownRow[], filterKey: string): Selection {
  const [state, setState] = useState({ filterKey, chosen: new Set<string>() as ReadonlySet<string> });
  const last = useRef<string | null>(null);
  const chosen = useMemo(
    () => (state.filterKey === filterKey ? state.chosen : new Set<string>()),
    [state, filterKey],
  );
  const shown = rows.map(({ row }) => rowKey(row));
  const choose = (next: ReadonlySet<string>) => setState({ filterKey, chosen: next });
  return {
    rows: rows.flatMap(({ row }) => (chosen.has(rowKey(row)) ? [row] : [])),
    choice: {
      chosen,
      toggle: (key, range) => {
        const next = new Set(chosen);
        const keys = range ? keysBetween(shown, last.current, key) : [key];
        const wanted = !chosen.has(key);
        for (const one of keys) {
          if (wanted) next.add(one);
          else next.delete(one);
        }
        last.current = key;
        choose(next);
      },
      toggleAll: () => {
        const all = shown.every((key) => chosen.has(key));
        choose(new Set(all ? [] : shown));
      },
    },
    clear: () => choose(new Set()),
  };
}

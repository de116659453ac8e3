import type { ReactNode } from 'react';

interface Column<Key extends string> {
  readonly key: Key;
  readonly head: string;
  readonly number?: boolean;
  /** It names its row. */
  readonly names?: boolean;
}

interface Props<Key extends string> {
  readonly label: string;
  readonly columns: readonly Column<Key>[];
  readonly rows: readonly { readonly key: string; readonly cells: Readonly<Record<Key, ReactNode>> }[];
}

/**
 * A table that becomes one card a row on a narrow page, each cell under its own head. The roles are written out because
 * that layout would take the table's meaning away.
 */
export function StackTable<Key extends string>({ label, columns, rows }: Props<Key>) {
  return (
    <table className="stack-table" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, head, number }) => (
            <th key={key} role="columnheader" scope="col" className={number ? 'number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.key} role="row">
            {columns.map(({ key, head, number, names }) => (
              <td key={key} role={names ? 'rowheader' : 'cell'} className={number ? 'number' : undefined}>
                <span className="stack-head" aria-hidden>
                  {head}
                </span>
                <div className="stack-value">{row.cells[key]}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { cellText, localProblem, problemParts, withCell, type FileLayout, type LocalText } from '@np-hub/kit';
import type { StoredPart } from './file-parts.js';

/** Of several rows of one order not all need to be wrong: so many values are shown. */
const mostValues = 3;

/** Why an order cannot be read, with what its rows hold in the column that is named, and what should stand there. */
export function cellProblems(
  problems: readonly string[],
  layouts: readonly Pick<FileLayout, 'id' | 'columns'>[],
  parts: readonly StoredPart[],
): LocalText[] {
  return problems.map((problem) => {
    const { place } = problemParts(problem);
    const columns = layouts.flatMap(({ id, columns: all }) =>
      Object.entries(all)
        .filter(([, { label }]) => label.ja === place)
        .map(([name, { form }]) => ({ id, name, form })),
    );
    const cells = columns.flatMap(({ id, name }) =>
      parts
        .filter(({ layout }) => layout === id)
        .flatMap(({ rows }) => rows.map((row) => cellText(row, name))),
    );
    const values = [...new Set(cells)].filter((cell) => cell !== '').slice(0, mostValues);
    return withCell(localProblem(problem), values.join(' / '), columns[0]?.form);
  });
}

import { inspectTable, readTable, type FileLayout, type TableHead, type TableOptions } from '@np-hub/kit';
import { ApiProblem } from '../http/problem.js';

/** One row of NP's list, of which only the two ids are ever looked at. */
export interface ListedRow {
  readonly line: number;
  readonly shopTransactionId: string;
  readonly npTransactionId: string;
  readonly readable: boolean;
}

const mostBytes = 20 * 1024 * 1024;
const mostRows = 100_000;

const tooLarge = (): ApiProblem =>
  new ApiProblem(413, 'file-too-large', {
    ja: `ファイルが大きすぎます（上限 ${mostBytes / 1024 / 1024} MB、${mostRows.toLocaleString('ja-JP')}行）。期間を分けてダウンロードしてください。`,
    en: `The file is too large (at most ${mostBytes / 1024 / 1024} MB and ${mostRows.toLocaleString('en-US')} rows). Download shorter periods.`,
  });

/** The whole of an upload, which is kept in memory alone and forgotten with the answer. Throws 413. */
export async function wholeOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* onceMore(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}

/** What a list turns out to be, seen through the columns that are known or set. */
export const headOfList = (
  content: Buffer,
  layout: FileLayout<never>,
  options: TableOptions,
): Promise<TableHead> => inspectTable(onceMore(content), layout, options);

/** The two ids of every row. Throws 413 for more rows than anybody looks through. */
export async function rowsOfList(content: Buffer, head: TableHead): Promise<readonly ListedRow[]> {
  const rows: ListedRow[] = [];
  for await (const batch of readTable(onceMore(content), head)) {
    for (const { line, row, problem } of batch) {
      const [shopTransactionId, npTransactionId] = [
        idOf(row['shopTransactionId']),
        idOf(row['npTransactionId']),
      ];
      const readable = problem === null && shopTransactionId !== '' && /^\d{11}$/u.test(npTransactionId);
      // What cannot be two ids may be anything, a name as well: nothing of it goes further.
      rows.push(
        readable
          ? { line, shopTransactionId, npTransactionId, readable }
          : { line, shopTransactionId: '', npTransactionId: '', readable },
      );
    }
    if (rows.length > mostRows) throw tooLarge();
  }
  return rows;
}

/** As spreadsheets leave it: widths, spaces, and the mark that keeps leading zeros. */
const idOf = (cell: string | undefined): string =>
  (cell ?? '').normalize('NFKC').trim().replace(/^'/u, '').slice(0, 60);

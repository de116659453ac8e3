import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { readTable, writeTable } from '@np-hub/kit';
import { problemOf } from '../http/problem.js';
import type { OpenShop } from '../shops/shops.js';
import { FileChunks } from './chunks.js';
import { layoutOf } from './column-maps.js';
import { ImportRows } from './import-rows.js';
import { Imports } from './imports.js';
import { Previews } from './previews.js';

const addedHeader = '取り込めなかった理由';

/** The refused rows of an import as a file like the one they came in, with the reason in an added column. */
@Injectable()
export class RefusedRows {
  constructor(
    @Inject(Imports) private readonly imports: Imports,
    @Inject(ImportRows) private readonly rows: ImportRows,
    @Inject(FileChunks) private readonly chunks: FileChunks,
    @Inject(Previews) private readonly previews: Previews,
  ) {}

  /** The file's name and its bytes, as they are written. Throws 404 where the import was never started. */
  async file(shop: OpenShop, importId: string): Promise<{ name: string; content: Readable }> {
    const record = await this.imports.find(shop.id, importId);
    if (record.layout === null || record.started_at === null) throw problemOf(404);
    const head = await this.previews.head(shop, importId, layoutOf(shop, record.layout), record.reading);
    const { chunks, rows } = this;
    const content = async function* (): AsyncGenerator<Buffer> {
      const header = head.header && [...head.header, addedHeader];
      if (header) yield writeTable(head.encoding, header, []).bytes;
      for await (const batch of readTable(chunks.read(importId), head)) {
        const reasons = await rows.refusals(importId, batch[0]?.line ?? 0, batch.at(-1)?.line ?? 0);
        const refused = batch.flatMap(({ line, cells }) => {
          const why = reasons.get(line);
          return why ? [[...evenCells(cells, head.width), why.map(({ ja }) => ja).join(' ')]] : [];
        });
        if (refused.length > 0) yield writeTable(head.encoding, null, refused).bytes;
      }
    };
    return { name: `取り込めなかった行_${record.name}`, content: Readable.from(content()) };
  }
}

/** As many cells as the header has, so that the reason stands under its own. */
const evenCells = (cells: readonly string[], width: number): readonly string[] => [
  ...cells,
  ...Array.from({ length: Math.max(0, width - cells.length) }, () => ''),
];

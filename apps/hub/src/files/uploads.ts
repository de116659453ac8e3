import { Inject, Injectable } from '@nestjs/common';
import type { Clock, IdSource, ImportView } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { believedTime } from '../intake/told-times.js';
import type { OpenShop } from '../shops/shops.js';
import { CLOCK, IDS } from '../tokens.js';
import { FileChunks } from './chunks.js';
import { layoutOf } from './column-maps.js';
import { Imports, noCounts } from './imports.js';
import { obstacleOf, Previews, type SeenFile } from './previews.js';

/** A file on its way in. */
export interface Upload {
  readonly name: string;
  readonly layout?: string | undefined;
  /** When it was made, as the sender says; the file's own name goes before it. */
  readonly madeAt?: Date | undefined;
  /** Login, name of an API key, or `folder`. */
  readonly by: string;
  readonly source: AsyncIterable<Uint8Array>;
  /** Given by who has named the file by it already. */
  readonly id?: string;
}

/** Files as they arrive: stored, looked at, and not yet taken in. */
@Injectable()
export class Uploads {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Imports) private readonly imports: Imports,
    @Inject(FileChunks) private readonly chunks: FileChunks,
    @Inject(Previews) private readonly previews: Previews,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Stores a file and looks at it; nothing is taken in. Throws 413. What a broken upload leaves is removed. */
  async receive(shop: OpenShop, upload: Upload): Promise<ImportView> {
    if (upload.layout !== undefined) layoutOf(shop, upload.layout);
    const id = upload.id ?? this.ids.next();
    await this.database.query(
      `insert into imports (id, shop_id, name, state, uploaded_at, by_login, reading, counts, new_words)
       values ($1, $2, $3, 'receiving', $4, $5, $6, $7, '[]')`,
      [id, shop.id, upload.name, this.clock.now(), upload.by, '{}', JSON.stringify(noCounts)],
    );
    try {
      const { bytes, contentHash } = await this.chunks.store(id, upload.source);
      const found = await this.previews.see(shop, id, { layout: upload.layout });
      // A table may have odd bytes in it: what fits a layout is one.
      const fits = found.layout !== null && found.preview !== null && obstacleOf(found.preview) === null;
      const foreign = fits ? null : await this.previews.foreign(id);
      const seen = foreign ? notSeen : found;
      const [same] = await this.database.query<{ id: string }[]>(
        `select id from imports where shop_id = $1 and content_hash = $2
           and state in ('waiting', 'running', 'asking', 'done') order by uploaded_at limit 1`,
        [shop.id, contentHash],
      );
      const now = this.clock.now();
      await this.database.query(
        `update imports set state = 'uploaded', bytes = $2, content_hash = $3, same_as = $4, made_at = $5,
           uploaded_at = $6, layout = $7, sealed_preview = $8, error = $9 where id = $1`,
        [
          id,
          bytes,
          contentHash,
          same?.id ?? null,
          madeAtOf(shop, upload, now),
          now,
          seen.layout,
          this.imports.sealPreview(id, seen.preview),
          foreign && JSON.stringify(foreign),
        ],
      );
    } catch (error) {
      await this.database.query(`delete from imports where id = $1 and state = 'receiving'`, [id]);
      throw error;
    }
    return this.imports.viewOf(await this.imports.find(shop.id, id));
  }
}

/** What holds no table is not shown as one, in an encoding that it does not have. */
const notSeen: SeenFile = { layout: null, preview: null };

/** The file's own name goes before what its sender says; none was made after it came. */
function madeAtOf(shop: OpenShop, { name, madeAt }: Upload, now: Date): Date | null {
  const said = believedTime(shop.adapter.file?.madeAtOf?.(name) ?? madeAt ?? null, now);
  return said && said > now ? now : said;
}

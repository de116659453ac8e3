import { Inject, Injectable } from '@nestjs/common';
import type { ColumnMap, FileLayout } from '@np-hub/kit';
import type { Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import type { OpenShop } from '../shops/shops.js';
import { CLOCK } from '../tokens.js';

/** The layout of this id. Throws 404 where the shop's cart has none. */
export function layoutOf(shop: OpenShop, id: string): FileLayout {
  const layout = shop.adapter.file?.layouts.find((candidate) => candidate.id === id);
  if (!layout) throw problemOf(404);
  return layout;
}

/** Throws 400, naming the column, for one that the layout does not know. */
export function checkColumns(layout: FileLayout, columns: ColumnMap): void {
  const unknown = Object.keys(columns).filter((name) => !Object.hasOwn(layout.columns, name));
  if (unknown.length === 0) return;
  const message = { ja: 'この形式にない項目です。', en: 'This kind of file has no such column.' };
  const fields = unknown.map((name) => ({ field: `columns.${name}`, message }));
  throw new ApiProblem(400, 'invalid-input', message, fields);
}

/** Where a shop's own files have each column, as people have settled it. */
@Injectable()
export class ColumnMaps {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** By layout; a layout that nobody has settled is absent. */
  async of(shopId: string): Promise<ReadonlyMap<string, ColumnMap>> {
    const rows = await this.database.query<{ layout: string; columns: ColumnMap }[]>(
      'select layout, columns from file_maps where shop_id = $1',
      [shopId],
    );
    return new Map(rows.map(({ layout, columns }) => [layout, columns]));
  }

  /** Settles the columns of one layout; those left out are matched by header again. */
  async save(shopId: string, layout: string, columns: ColumnMap, by: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      await manager.query(
        `insert into file_maps (shop_id, layout, columns, by_login, changed_at) values ($1, $2, $3, $4, $5)
         on conflict (shop_id, layout) do update set columns = excluded.columns, by_login = excluded.by_login,
           changed_at = excluded.changed_at`,
        [shopId, layout, JSON.stringify(columns), by, this.clock.now()],
      );
      const object = `shop:${shopId}`;
      const details = { layout, columns };
      await this.audit.record(manager, { by, action: 'columns-saved', object, shopId, details });
    });
  }
}

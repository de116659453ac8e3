import { Inject, Injectable } from '@nestjs/common';
import type { LocalText } from '@np-hub/kit';
import type { Clock, ImportView } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { ApiProblem, problemOf } from '../http/problem.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { CLOCK } from '../tokens.js';
import { checkColumns, ColumnMaps, layoutOf } from './column-maps.js';
import { Imports, type ImportRecord, type Reading } from './imports.js';
import { ImportJobs } from './jobs.js';
import { obstacleOf, Previews } from './previews.js';
import { importTexts, missingText } from './texts.js';

/** What people and machines do with imports, up to the moment at which a job takes over. */
@Injectable()
export class ImportActions {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Imports) private readonly imports: Imports,
    @Inject(Previews) private readonly previews: Previews,
    @Inject(ColumnMaps) private readonly maps: ColumnMaps,
    @Inject(ImportJobs) private readonly jobs: ImportJobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Opens a shop whose cart exchanges files. Throws 404 for any other. */
  async shop(shopId: string): Promise<OpenShop> {
    const shop = await this.shops.open(shopId);
    if (!shop.adapter.file) throw problemOf(404);
    return shop;
  }

  /** Throws 409 while the hub is not responsible for the shop: what was taken in then would be released for good. */
  refuseDraft(shop: OpenShop): void {
    if (!shop.takeoverAt) throw new ApiProblem(409, 'shop-not-live', importTexts.draftShop);
  }

  /** Looks at a file again, in the way a person has now chosen. Throws 409 once it has been started. */
  async preview(shop: OpenShop, importId: string, reading: Reading): Promise<ImportView> {
    const record = await this.imports.find(shop.id, importId);
    refuseUnless(record, ['uploaded', 'failed']);
    this.checkReading(shop, reading);
    const seen = await this.previews.see(shop, importId, reading);
    await this.database.query('update imports set sealed_preview = $2, layout = $3 where id = $1', [
      importId,
      this.imports.sealPreview(importId, seen.preview),
      seen.layout,
    ]);
    return this.view(shop.id, importId);
  }

  /**
   * Begins to take a file in: at once where the shop is live, on resuming where it is paused. Throws 409 where the shop
   * is a draft or the import is not to be started, 400 where the layout is unclear or a required column is missing.
   */
  async start(
    shop: OpenShop,
    importId: string,
    { remember, by, ...chosen }: Reading & { readonly remember?: boolean | undefined; readonly by: string },
  ): Promise<ImportView> {
    this.refuseDraft(shop);
    const record = await this.imports.find(shop.id, importId);
    refuseUnless(record, ['uploaded', 'failed']);
    this.checkReading(shop, chosen);
    const id = chosen.layout ?? record.layout;
    if (id === null) throw cannotStart('layout', await this.whyUnclear(shop, importId, chosen));
    const layout = layoutOf(shop, id);
    const saved = (await this.maps.of(shop.id)).get(id);
    // As it is now: a change of the shop's columns half-way must not change how the rest is read.
    const reading: Reading = { ...chosen, layout: id, columns: { ...saved, ...chosen.columns } };
    const { preview } = await this.previews.see(shop, importId, reading);
    const obstacle = preview ? obstacleOf(preview) : missingText([layout.label]);
    if (obstacle) throw cannotStart('columns', (await this.previews.foreign(importId)) ?? obstacle);
    if (remember && chosen.columns) await this.maps.save(shop.id, id, reading.columns ?? {}, by);
    await this.database.transaction(async (manager) => {
      refuseUnless(await this.imports.find(shop.id, importId, manager), ['uploaded', 'failed']);
      await manager.query(
        'update imports set layout = $2, reading = $3, sealed_preview = $4, error = null where id = $1',
        [importId, id, JSON.stringify(reading), this.imports.sealPreview(importId, preview)],
      );
      await this.enqueue(manager, shop, importId);
    });
    this.jobs.wake();
    return this.view(shop.id, importId);
  }

  /** Why no layout is chosen: the file is no table, what the layout that comes nearest lacks, or that several fit. */
  private async whyUnclear(shop: OpenShop, importId: string, reading: Reading): Promise<LocalText> {
    const foreign = await this.previews.foreign(importId);
    if (foreign) return foreign;
    const { preview } = await this.previews.see(shop, importId, reading);
    return (preview && preview.misfits?.length && obstacleOf(preview)) || importTexts.layoutUnclear;
  }

  /** Starts as a machine does: what stands in the way is noted on the import, for people to settle. */
  async startIfClear(shop: OpenShop, importId: string, by: string): Promise<ImportView> {
    try {
      return await this.start(shop, importId, { by });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.getStatus() !== 400) throw error;
      await this.database.query('update imports set error = $2 where id = $1', [
        importId,
        JSON.stringify(error.view.message),
      ]);
      return this.view(shop.id, importId);
    }
  }

  /** Takes exactly the rows that count as older. Throws 409 where nothing is asked. */
  async acceptOlder(shop: OpenShop, importId: string): Promise<ImportView> {
    await this.database.transaction(async (manager) => {
      refuseUnless(await this.imports.find(shop.id, importId, manager), ['asking']);
      await manager.query('update imports set older_accepted = true where id = $1', [importId]);
      await this.enqueue(manager, shop, importId);
    });
    this.jobs.wake();
    return this.view(shop.id, importId);
  }

  /** Drops a file that was not started, with its content; or leaves the older rows of one that asks. */
  async discard(shop: OpenShop, importId: string): Promise<ImportView> {
    await this.database.transaction(async (manager) => {
      const record = await this.imports.find(shop.id, importId, manager);
      refuseUnless(record, ['uploaded', 'waiting', 'failed', 'asking']);
      const state = record.state === 'asking' ? 'done' : 'discarded';
      await manager.query('update imports set state = $2, finished_at = $3 where id = $1', [
        importId,
        state,
        this.clock.now(),
      ]);
      if (state === 'done') return;
      await manager.query('delete from import_chunks where import_id = $1', [importId]);
      await manager.query('update imports set sealed_preview = null where id = $1', [importId]);
    });
    return this.view(shop.id, importId);
  }

  /** Lets the imports go on that wait for a shop that is live again. */
  async resumeWaiting(): Promise<void> {
    const waiting = await this.database.query<{ id: string; shop_id: string }[]>(
      `select i.id, i.shop_id from imports i join shops s on s.id = i.shop_id
       where i.state = 'waiting' and s.mode = 'live' order by i.uploaded_at`,
    );
    for (const { id, shop_id: shopId } of waiting) {
      const shop = await this.shops.open(shopId);
      await this.database.transaction(async (manager) => {
        const record = await this.imports.find(shopId, id, manager);
        if (record.state === 'waiting') await this.enqueue(manager, shop, id);
      });
    }
    if (waiting.length > 0) this.jobs.wake();
  }

  async view(shopId: string, importId: string): Promise<ImportView> {
    return this.imports.viewOf(await this.imports.find(shopId, importId));
  }

  private async enqueue(manager: EntityManager, shop: OpenShop, importId: string): Promise<void> {
    const isPaused = shop.mode === 'paused';
    const jobId = isPaused ? null : await this.jobs.enqueue(manager, { importId, shopId: shop.id });
    await manager.query(
      `update imports set state = $2, started_at = $3, finished_at = null, job_id = $4 where id = $1`,
      [importId, isPaused ? 'waiting' : 'running', this.clock.now(), jobId],
    );
  }

  private checkReading(shop: OpenShop, { layout, columns }: Reading): void {
    if (layout !== undefined) checkColumns(layoutOf(shop, layout), columns ?? {});
  }
}

function refuseUnless(record: ImportRecord, states: readonly ImportRecord['state'][]): void {
  if (!states.includes(record.state)) throw problemOf(409);
}

function cannotStart(field: string, message: LocalText): ApiProblem {
  return new ApiProblem(400, 'cannot-start', message, [{ field, message }]);
}

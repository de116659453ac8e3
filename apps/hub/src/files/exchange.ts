import { constants } from 'node:fs';
import { link, lstat, mkdir, open, readdir, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock, IdSource, ImportView } from '@np-hub/model';
import { DataSource } from 'typeorm';
import type { Environment } from '../env.js';
import { adapters } from '../adapters.js';
import { ApiProblem } from '../http/problem.js';
import type { OpenShop } from '../shops/shops.js';
import type { Timing } from '../timing.js';
import { CLOCK, ENVIRONMENT, IDS, TIMING } from '../tokens.js';
import { largestFileBytes, tooLarge } from './chunks.js';
import { ImportActions } from './import-actions.js';
import { ResultFiles } from './result-files.js';
import { japaneseMoment } from './texts.js';
import { Uploads } from './uploads.js';

const folders = ['in', 'taken', 'done', 'failed', 'out'] as const;
/** A claim that led to nothing (its hub died) is taken over after so long. */
const abandonedMs = 5 * 60_000;
/** Half-written files of others, by the names that programs give them. */
const isUnfinished = (name: string): boolean =>
  /^[.~]|\.(tmp|part|partial|crdownload|filepart|writing)$/iu.test(name);
const claimPattern = /^([0-9a-f-]{36}) (.+)$/u;
const ended: readonly ImportView['state'][] = ['asking', 'done', 'failed', 'discarded'];
/** One that could not be started says why. */
const hasEnded = ({ state, error }: ImportView): boolean =>
  ended.includes(state) || (state === 'uploaded' && error !== null);

const linkRefused = {
  ja: 'シンボリックリンクや特殊ファイルは取り込みません。',
  en: 'Links and special files are not taken in.',
};

/**
 * The watched folder: what appears in `<shop>/in` is taken in, and results appear in `<shop>/out`. A file is claimed by
 * renaming it into `taken`, so that of several hubs one alone has it, and moved to `done` or `failed` afterwards.
 */
@Injectable()
export class Exchange {
  private readonly logger = new Logger('exchange');
  /** Sizes at the last look: a file is complete once its size has stayed the same. */
  private readonly sizes = new Map<string, string>();
  private readonly droppedAt = new Map<string, number>();
  private readonly made = new Set<string>();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ImportActions) private readonly actions: ImportActions,
    @Inject(Uploads) private readonly uploads: Uploads,
    @Inject(ResultFiles) private readonly results: ResultFiles,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(TIMING) private readonly timing: Timing,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'exchangeDir'>,
  ) {}

  /** Looks once at the folders of all live shops whose carts exchange files. */
  async look(): Promise<void> {
    const root = this.environment.exchangeDir;
    if (root === null) return;
    const carts = adapters.filter(({ file }) => file !== undefined).map(({ id }) => id);
    const shops = await this.database.query<{ id: string }[]>(
      `select id from shops where mode = 'live' and adapter = any($1) order by id`,
      [carts],
    );
    const toTell = await this.results.shopsToTell();
    for (const { id } of shops) {
      await this.lookAt(join(root, id), id, toTell.has(id)).catch((error: unknown) =>
        this.logger.error(`Shop ${id}: ${error instanceof Error ? error.message : 'failed'}`),
      );
    }
  }

  /** Removes what was dealt with long ago: the folder holds people's data in the clear. */
  async tidy(keptDays: number): Promise<void> {
    const root = this.environment.exchangeDir;
    if (root === null) return;
    const oldMs = this.clock.now().getTime() - keptDays * 86_400_000;
    const shops = await readdir(root).catch((): string[] => []);
    for (const path of shops.flatMap((shop) => [join(root, shop, 'done'), join(root, shop, 'failed')])) {
      for (const name of await readdir(path).catch((): string[] => [])) {
        const found = await lstat(join(path, name)).catch(() => null);
        // The status of a file changes when it is renamed: that is when it came here.
        if (found && !found.isDirectory() && found.ctimeMs < oldMs)
          await unlink(join(path, name)).catch(() => undefined);
      }
    }
  }

  private async lookAt(folder: string, shopId: string, isToTell: boolean): Promise<void> {
    if (!this.made.has(folder)) {
      for (const name of folders) await mkdir(join(folder, name), { recursive: true });
      this.made.add(folder);
    }
    await this.settle(folder, shopId);
    const names = (await readdir(join(folder, 'in'))).filter((name) => !isUnfinished(name)).sort();
    for (const name of names) await this.consider(folder, shopId, name);
    if (isToTell) await this.drop(folder, shopId);
  }

  /** Takes a file of `in` once two looks have found it alike. */
  private async consider(folder: string, shopId: string, name: string): Promise<void> {
    const path = join(folder, 'in', name);
    const found = await lstat(path).catch(() => null);
    if (!found || found.isDirectory()) return;
    if (!found.isFile()) {
      await this.move(path, join(folder, 'failed'), name, linkRefused);
      return;
    }
    const size = `${found.size} ${found.mtimeMs}`;
    if (this.sizes.get(path) !== size) {
      this.sizes.set(path, size);
      return;
    }
    this.sizes.delete(path);
    await this.claim(folder, { shopId, name, path });
  }

  private async claim(
    folder: string,
    { shopId, name, path }: { readonly shopId: string; readonly name: string; readonly path: string },
  ): Promise<void> {
    const id = this.ids.next();
    const claimed = join(folder, 'taken', `${id} ${name}`);
    const isOurs = await rename(path, claimed).then(
      () => true,
      () => false,
    );
    if (isOurs) await this.take(folder, { shopId, id, name, claimed });
  }

  private async take(
    folder: string,
    { shopId, id, name, claimed }: { shopId: string; id: string; name: string; claimed: string },
  ): Promise<void> {
    try {
      const shop = await this.actions.shop(shopId);
      // Looked at again under its new name, and opened without following what may have been put in its place.
      const file = await open(claimed, constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        const { size } = await file.stat();
        if (size > largestFileBytes) throw tooLarge();
        const source = file.createReadStream({ autoClose: false });
        await this.uploads.receive(shop, { id, name: name.slice(0, 200), by: 'folder', source });
      } finally {
        await file.close();
      }
      const view = await this.actions.startIfClear(shop, id, 'folder');
      if (hasEnded(view)) await this.end(folder, claimed, name, view);
    } catch (error) {
      const why = error instanceof ApiProblem ? error.view.message : null;
      if (!why) throw error;
      await this.move(claimed, join(folder, 'failed'), name, why);
    }
  }

  /**
   * Moves what has ended, and claims anew what a hub that died had claimed: not by way of `in`, where the cart may have put
   * another file of that name.
   */
  private async settle(folder: string, shopId: string): Promise<void> {
    for (const entry of await readdir(join(folder, 'taken'))) {
      const [, id, name] = claimPattern.exec(entry) ?? [];
      if (!id || !name) continue;
      const claimed = join(folder, 'taken', entry);
      const view = await this.actions.view(shopId, id).catch(() => null);
      if (view && hasEnded(view)) {
        await this.end(folder, claimed, name, view);
        continue;
      }
      if (view && view.state !== 'uploaded') continue;
      const found = await stat(claimed).catch(() => null);
      // The status of a file changes when it is renamed: that is when it was claimed.
      if (!found || this.clock.now().getTime() - found.ctimeMs <= abandonedMs) continue;
      if (view) await this.actions.startIfClear(await this.actions.shop(shopId), id, 'folder');
      else await this.claim(folder, { shopId, name, path: claimed });
    }
  }

  private async end(folder: string, claimed: string, name: string, view: ImportView): Promise<void> {
    const isDone = view.state === 'done' || view.state === 'asking';
    const why = isDone
      ? null
      : (view.error ?? { ja: '取り込みは取り消されました。', en: 'It was discarded.' });
    await this.move(claimed, join(folder, isDone ? 'done' : 'failed'), name, why);
  }

  /** Moves a file under the time of the move; `why` is put beside it. Of several hubs one alone does it. */
  private async move(
    path: string,
    folder: string,
    name: string,
    why: { readonly ja: string; readonly en: string } | null,
  ): Promise<void> {
    const stamp = japaneseMoment(this.clock.now()).replaceAll(/[-:]/gu, '').replace(' ', '-');
    // Taken before it is filled: a file of the same name may have come within the same minute.
    const target = await firstFree(folder, `${stamp} ${name}`, (free) =>
      writeFile(free, '', { flag: 'wx' }),
    ).catch(() => null);
    if (target === null) return;
    const moved = await rename(path, target).then(
      () => true,
      () => false,
    );
    if (!moved) await unlink(target);
    if (!moved || !why) return;
    const hidden = join(folder, `.${this.ids.next()}.writing`);
    await writeFile(hidden, `${why.ja}\r\n${why.en}\r\n`);
    await appear(hidden, folder, `${basename(target)}.txt`);
  }

  /** Puts what is due into `out`, not more often than carts are read, each file whole from its first moment. */
  private async drop(folder: string, shopId: string): Promise<void> {
    const nowMs = this.clock.now().getTime();
    if (
      nowMs - (this.droppedAt.get(shopId) ?? 0) >= this.timing.pullMs &&
      (await this.results.pending(shopId)) > 0
    ) {
      this.droppedAt.set(shopId, nowMs);
      const shop: OpenShop = await this.actions.shop(shopId);
      await this.results.make(shop, { by: 'folder', drop: true });
    }
    await this.results.dropDue(shopId, async (name, bytes) => {
      const hidden = join(folder, 'out', `.${name}.${this.ids.next()}.writing`);
      await writeFile(hidden, bytes, { flag: 'wx' });
      await appear(hidden, join(folder, 'out'), name);
    });
  }
}

/** Gives a whole file its name, or the next free one: names carry seconds, and a file that waits is never overwritten. */
async function appear(hidden: string, folder: string, name: string): Promise<void> {
  await firstFree(folder, name, (free) => link(hidden, free));
  await unlink(hidden);
}

/** Takes a name, or the next one of its kind that nobody has; gives the path. `take` fails where the path is taken. */
async function firstFree(
  folder: string,
  name: string,
  take: (path: string) => Promise<void>,
): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? name : `${stem}_${number}${ext}`);
    try {
      await take(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

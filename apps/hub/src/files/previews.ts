import { Inject, Injectable } from '@nestjs/common';
import { chooseLayout, inspectTable, type FileLayout, type LocalText, type TableHead } from '@np-hub/kit';
import type { ImportPreview } from '@np-hub/model';
import type { OpenShop } from '../shops/shops.js';
import { FileChunks } from './chunks.js';
import { ColumnMaps } from './column-maps.js';
import { foreignText } from './foreign-files.js';
import type { Reading } from './imports.js';
import { importTexts, misfitText, missingText } from './texts.js';

/** A file seen through the layout that it is to be read by. */
export interface SeenFile {
  /** Null: it fits none, or several alike. */
  readonly layout: string | null;
  readonly preview: ImportPreview | null;
}

const longestSample = 200;

/** Looks at stored files before anything is taken in: which layout they have, and which columns are understood. */
@Injectable()
export class Previews {
  constructor(
    @Inject(FileChunks) private readonly chunks: FileChunks,
    @Inject(ColumnMaps) private readonly maps: ColumnMaps,
  ) {}

  /** The head of a stored file seen through one layout, under the shop's columns and what people have said of it. */
  async head(shop: OpenShop, importId: string, layout: FileLayout, reading: Reading): Promise<TableHead> {
    const saved = (await this.maps.of(shop.id)).get(layout.id);
    const { encoding, header } = reading;
    const map = { ...saved, ...reading.columns };
    return inspectTable(this.chunks.read(importId), layout, {
      map,
      ...(encoding === undefined ? {} : { encoding }),
      ...(header === undefined ? {} : { header }),
    });
  }

  /** What a file is that holds no table of text at all; null where it may hold one. */
  async foreign(importId: string): Promise<LocalText | null> {
    for await (const start of this.chunks.read(importId)) return foreignText(start);
    return foreignText(Buffer.alloc(0));
  }

  /** Finds the layout, unless one is named, and shows what it understands of the file. */
  async see(shop: OpenShop, importId: string, reading: Reading): Promise<SeenFile> {
    const layouts = shop.adapter.file?.layouts ?? [];
    const heads = new Map<string, TableHead>();
    for (const layout of layouts) {
      if (reading.layout === undefined || reading.layout === layout.id)
        heads.set(layout.id, await this.head(shop, importId, layout, reading));
    }
    const plausible = withHeaderBefore(heads);
    const chosen = reading.layout ?? chooseLayout(plausible);
    const fitting = [...plausible].filter(([, head]) => head.missing.length === 0).map(([id]) => id);
    const shown = chosen ?? fitting[0] ?? closest(plausible);
    const layout = layouts.find(({ id }) => id === shown);
    const head = shown === undefined ? undefined : heads.get(shown);
    if (!layout || !head) return { layout: chosen, preview: null };
    const others = fitting.filter((id) => id !== chosen);
    const names = chosen === null ? others : [chosen, ...others];
    return { layout: chosen, preview: previewOf(layout, head, names) };
  }
}

/**
 * Where one layout recognises the file's header, none that only counts places is plausible: a file that lacks a column
 * of the one must not be taken for a file of the other.
 */
function withHeaderBefore(heads: ReadonlyMap<string, TableHead>): ReadonlyMap<string, TableHead> {
  const headed = [...heads].filter(([, { header }]) => header !== null);
  return headed.length > 0 ? new Map(headed) : heads;
}

/** The layout of which most is there, to show what is missing where none fits. */
function closest(heads: ReadonlyMap<string, TableHead>): string | undefined {
  const ranked = [...heads].sort(
    ([, one], [, other]) => Object.keys(other.positions).length - Object.keys(one.positions).length,
  );
  return ranked[0]?.[0];
}

/** Why a file cannot be taken in as it is understood, without a word of what it holds; null where nothing stands in the way. */
export function obstacleOf(preview: ImportPreview): LocalText | null {
  const { missing, misfits = [], columns } = preview;
  const labels = (names: readonly string[]) =>
    columns.flatMap(({ name, label }) => (names.includes(name) ? [label] : []));
  if (misfits.length > 0 && preview.unknown.length > 0) return importTexts.headerUnknown;
  if (misfits.length > 0) return misfitText(labels(misfits));
  return missing.length > 0 ? missingText(labels(missing)) : null;
}

/** What people are shown of a file seen through a layout; `layouts` are those that it may be. */
export function previewOf(
  layout: Pick<FileLayout<never>, 'columns'>,
  head: TableHead,
  layouts: readonly string[],
): ImportPreview {
  return {
    encoding: head.encoding,
    header: head.header !== null,
    columns: Object.entries(layout.columns).map(([name, column]) => {
      const position = head.positions[name] ?? null;
      return {
        name,
        label: column.label,
        required: column.required ?? false,
        header: position === null ? null : (head.header?.[position] ?? null),
        position,
        sample:
          position === null
            ? []
            : head.sample.map((cells) => (cells[position] ?? '').slice(0, longestSample)),
      };
    }),
    headers: [...(head.header ?? [])],
    width: head.width,
    unknown: [...head.unknown],
    missing: [...head.missing],
    misfits: [...head.misfits],
    layouts: [...layouts],
  };
}

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type FileLayout, type FileOrder, type FileRow, inspectTable, readTable } from '@np-hub/kit';
import type { AdapterSubject } from './adapter-subject.js';
import { demand } from './check.js';

/** One raw order of a case; `number` is what a file's rows say, null for raw orders that come as JSON. */
interface RawOrder {
  readonly number: string | null;
  readonly raw: unknown;
}

/** One case of the fixtures: raw orders, and what `readOrder` has to make of each. */
export interface Case {
  readonly name: string;
  readonly raws: readonly RawOrder[];
  /** Null where nobody has written it yet. */
  readonly expected: readonly unknown[] | null;
  readonly files: readonly CaseFile[];
}

/** A file of a case, as it stands in `fixtures`. */
export interface CaseFile {
  readonly file: string;
  readonly layout: string;
  /** 1, or the number of a later file. */
  readonly turn: number;
  readonly bytes: Uint8Array;
}

const csvName = /^(.+?)\.([a-z0-9-]+)(?:\.(\d))?\.in\.csv$/;

const namesIn = (folder: string): string[] => {
  const fixtures = join(folder, 'fixtures');
  return existsSync(fixtures) ? readdirSync(fixtures).sort() : [];
};

/** The names of all cases: `<case>.in.json`, or `<case>.<layout>.in.csv` with `.2`, `.3` for later files. */
export function caseNames(folder: string): string[] {
  const names = namesIn(folder).flatMap(
    (file) => /^(.+)\.in\.json$/.exec(file)?.[1] ?? csvName.exec(file)?.[1] ?? [],
  );
  return [...new Set(names)];
}

export async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The rows of a file by order number. */
export async function rowsByOrder<Settings>(
  file: CaseFile,
  layout: FileLayout<Settings>,
  settings: Settings,
): Promise<Map<string, FileRow[]>> {
  const head = await inspectTable(inOnePiece(file.bytes), layout);
  demand(
    head.missing.length === 0,
    `fixtures/${file.file}: no column found for ${head.missing.join(', ')}. ${head.header ? 'Headers that no column claims' : 'No header was recognised. The first row'}: ${(head.header ? head.unknown : (head.sample[0] ?? [])).join(', ') || 'none'}. ` +
      `Write the file as the cart exports it, and its headers into the columns of the layout "${layout.id}".`,
  );
  const orders = new Map<string, FileRow[]>();
  for await (const batch of readTable(inOnePiece(file.bytes), head))
    for (const { row, problem } of batch) {
      const number = problem ? '' : layout.orderNumberOf(row, settings);
      if (number !== '') orders.set(number, [...(orders.get(number) ?? []), row]);
    }
  return orders;
}

/** As the hub does: a newer file's rows replace those of an older one, or add up, in the order of their keys. */
function merged<Settings>(
  layout: FileLayout<Settings>,
  old: readonly FileRow[],
  rows: readonly FileRow[],
): FileRow[] {
  const { rowKeyOf } = layout;
  if (!rowKeyOf) return [...rows];
  const keyed = (of: readonly FileRow[]) => {
    const byKey = new Map<string, FileRow[]>();
    for (const row of of) {
      const key = rowKeyOf(row);
      byKey.set(key, [...(byKey.get(key) ?? []), row]);
    }
    return byKey;
  };
  const all = [...new Map([...keyed(old), ...keyed(rows)])];
  return all.sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, same]) => same);
}

/** What files, one after the other, say of each order; by order number ascending. */
export async function fileOrdersOf<Settings>(
  { adapter }: AdapterSubject<Settings>,
  files: readonly CaseFile[],
  settings: Settings,
): Promise<RawOrder[]> {
  const orders = new Map<string, Record<string, readonly FileRow[]>>();
  for (const file of [...files].sort((one, other) => one.turn - other.turn)) {
    const layout = adapter.file?.layouts.find(({ id }) => id === file.layout);
    demand(
      layout !== undefined,
      `fixtures/${file.file}: the cart has no layout "${file.layout}". Name it <case>.<layout>.in.csv, with one of: ${adapter.file?.layouts.map(({ id }) => id).join(', ') ?? 'none'}.`,
    );
    for (const [number, rows] of await rowsByOrder(file, layout, settings)) {
      const order = orders.get(number) ?? {};
      orders.set(number, { ...order, [layout.id]: merged(layout, order[layout.id] ?? [], rows) });
    }
  }
  return [...orders]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([number, raw]): RawOrder => ({ number, raw: raw satisfies FileOrder }));
}

async function loadCase<Settings>(
  subject: AdapterSubject<Settings>,
  settings: Settings,
  name: string,
): Promise<Case> {
  const at = (file: string) => join(subject.folder, 'fixtures', file);
  const json = (file: string): unknown => JSON.parse(readFileSync(at(file), 'utf8'));
  const golden = existsSync(at(`${name}.out.json`)) ? json(`${name}.out.json`) : null;
  if (existsSync(at(`${name}.in.json`)))
    return {
      name,
      raws: [{ number: null, raw: json(`${name}.in.json`) }],
      expected: golden === null ? null : [golden],
      files: [],
    };
  const files = namesIn(subject.folder).flatMap((file) => {
    const [, of, layout = '', turn = '1'] = csvName.exec(file) ?? [];
    return of === name ? [{ file, layout, turn: Number(turn), bytes: readFileSync(at(file)) }] : [];
  });
  const expected = Array.isArray(golden) || golden === null ? golden : [golden];
  return { name, raws: await fileOrdersOf(subject, files, settings), expected, files };
}

/** Loads cases once, when the first check asks. */
export interface Cases {
  readonly names: readonly string[];
  one(name: string): Promise<Case>;
  all(): Promise<readonly Case[]>;
}

export function casesOf<Settings>(subject: AdapterSubject<Settings>, settings: Settings): Cases {
  const names = caseNames(subject.folder);
  const loaded = new Map<string, Promise<Case>>();
  const one = (name: string) => {
    const known = loaded.get(name) ?? loadCase(subject, settings, name);
    loaded.set(name, known);
    return known;
  };
  return { names, one, all: () => Promise.all(names.map(one)) };
}

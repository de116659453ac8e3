import {
  type FileLayout,
  type FileRow,
  type FileTransport,
  cellText,
  comparableHeader,
  fitsShape,
  inspectTable,
  readTable,
  writeTable,
} from '@np-hub/kit';
import * as fc from 'fast-check';
import { type CaseFile, type Cases, fileOrdersOf, inOnePiece } from './adapter-cases.js';
import type { Read } from './adapter-reading.js';
import type { AdapterSubject } from './adapter-subject.js';
import { type Check, demand, demandNone } from './check.js';
import { withoutLocalTime } from './local-time.js';

const isBlank = (text: { ja: string; en: string }): boolean => text.ja.trim() === '' || text.en.trim() === '';

const twice = (values: readonly (string | number)[]): string[] =>
  [...new Set(values.filter((value, index) => values.indexOf(value) !== index))].map(String);

function checkLayout<Settings>(layout: FileLayout<Settings>): void {
  const columns = Object.entries(layout.columns);
  const at = `layout "${layout.id}"`;
  demand(
    /^[a-z][a-z0-9-]*$/.test(layout.id),
    `${at}: the id stands in addresses and file names: small letters, digits, hyphens.`,
  );
  demandNone(
    [layout, ...columns.map(([, column]) => column)].flatMap((each) =>
      isBlank(each.label) ? [JSON.stringify(each.label)] : [],
    ),
    `${at}: write every label in Japanese and English.`,
  );
  demand(
    !isBlank(layout.help),
    `${at}: write \`help\` in both languages: where in the cart this file is made.`,
  );
  demandNone(
    columns.flatMap(([name]) => (/^[a-z][A-Za-z0-9]*$/.test(name) ? [] : [name])),
    `${at}: name columns in camelCase letters and digits, so that no header of a file can be taken for one.`,
  );
  demandNone(
    columns.flatMap(([name, { headers, position }]) =>
      headers.some((header) => comparableHeader(header) !== '') || position !== undefined ? [] : [name],
    ),
    `${at}: these columns cannot be found in any file. Write their headers as the cart's export has them, or delete the columns it lacks:`,
  );
  demandNone(
    twice(columns.flatMap(([, { headers }]) => [...new Set(headers.map(comparableHeader))])),
    `${at}: two columns claim one header (widths, spaces and brackets do not count). Each header belongs to one column:`,
  );
  const positions = columns.flatMap(([, { position }]) => position ?? []);
  demandNone(
    [
      ...twice(positions),
      ...positions.filter((position) => !Number.isInteger(position) || position < 0).map(String),
    ],
    `${at}: positions count from 0, and each belongs to one column:`,
  );
  demand(
    columns.some(([, { required }]) => required === true),
    `${at}: mark the columns without which a row says nothing as \`required\`, the order number first: by them a file is recognised.`,
  );
}

/** What stands at the same places in files of other kinds. */
const hostile = {
  name: '山田 花子',
  address: '東京都港区赤坂1-2-3',
  day: '2026/11/23',
  digits: '20261123',
  shelf: 'A-1203',
  pieces: '3',
} as const;

/** Samples that a column must not take for its own: a slip number reports goods to NP, so it takes none of them. */
function wronglyTaken(name: string, shape: RegExp, isNumber: boolean): string[] {
  const taken = Object.values(hostile).filter((sample) => fitsShape(shape, sample));
  if (/slip/i.test(name)) return taken;
  const never: readonly string[] = isNumber ? [hostile.name, hostile.address, hostile.day] : [];
  const isEverything = taken.length === Object.keys(hostile).length;
  return isEverything ? taken : taken.filter((sample) => never.includes(sample));
}

/** A layout that is known by places alone is taken for a file only where the cells look like its columns. */
async function checkShapes<Settings>(
  layout: FileLayout<Settings>,
  cases: Cases,
  settings: Settings,
): Promise<void> {
  const columns = Object.entries(layout.columns);
  const at = `src/data/columns.ts, layout "${layout.id}"`;
  const needed = columns.filter(([, { required, position }]) => required === true && position !== undefined);
  demandNone(
    needed.flatMap(([name, { shape }]) => (shape ? [] : [name])),
    `${at}: these columns are found by their places alone. Say what their values look like (\`shape\`), so that no other file is taken for this one:`,
  );
  const whole = Object.fromEntries(columns.map(([name]) => [name, '1']));
  const number = layout.orderNumberOf(whole, settings);
  const isNumber = (name: string) => layout.orderNumberOf({ ...whole, [name]: '' }, settings) !== number;
  demandNone(
    needed.flatMap(([name, { shape }]) =>
      shape ? wronglyTaken(name, shape, isNumber(name)).map((sample) => `${name}: ${sample}`) : [],
    ),
    `${at}: these shapes take what is none of theirs:`,
  );
  const files = (await cases.all()).flatMap((one) => one.files).filter((file) => file.layout === layout.id);
  for (const file of files) {
    const rows = await allRows(file, layout);
    const unfit = columns.filter(
      ([name, { shape }]) => shape && rows.some((row) => !fitsShape(shape, cellText(row, name))),
    );
    demandNone(
      unfit.map(([name]) => name),
      `${at}: these shapes refuse what fixtures/${file.file} holds:`,
    );
  }
}

/** Rows under the names of their columns, whatever their shapes say. */
async function allRows(file: CaseFile, layout: FileLayout<never>): Promise<FileRow[]> {
  const columns = Object.fromEntries(
    Object.entries(layout.columns).map(([name, column]) => [name, { ...column, shape: /[^]*/ }]),
  );
  const head = await inspectTable(inOnePiece(file.bytes), { ...layout, columns });
  const rows: FileRow[] = [];
  for await (const batch of readTable(inOnePiece(file.bytes), head))
    rows.push(...batch.filter(({ problem }) => problem === null).map(({ row }) => row));
  return rows;
}

/** Whatever a row holds, its order number and key are texts; an empty row is about no order. */
function checkRowFunctions<Settings>(layout: FileLayout<Settings>, settings: Settings): void {
  const names = fc.oneof(fc.constantFrom(...Object.keys(layout.columns)), fc.string());
  const row = fc.dictionary(names, fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(row, (cells) => {
      expect(typeof layout.orderNumberOf(cells, settings)).toBe('string');
      expect(typeof (layout.rowKeyOf?.(cells) ?? '')).toBe('string');
    }),
  );
  const empty = Object.fromEntries(Object.keys(layout.columns).map((name) => [name, '']));
  for (const cells of [{}, empty])
    demand(
      layout.orderNumberOf(cells, settings) === '',
      `layout "${layout.id}": orderNumberOf finds a number in an empty row. Give '' where there is none (see \`cellText\`).`,
    );
}

function checkFileTimes({ madeAtOf }: FileTransport<never>): void {
  const made = (name: string) => madeAtOf?.(name) ?? null;
  const isTime = (at: Date | null) => at === null || !Number.isNaN(at.getTime());
  fc.assert(fc.property(fc.string(), (name) => expect(isTime(made(name))).toBe(true)));
  const names = [
    '',
    'orders.csv',
    'orders_99999999_999999.csv',
    '20260230250000.csv',
    '注文_260231_999999.csv',
  ];
  demandNone(
    names.filter((name) => made(name) !== null),
    'madeAtOf finds a time in names that hold none, or one that does not exist. Use `japaneseTime` of the kit:',
  );
  const [, uses] = withoutLocalTime(() => ['order_20261121_093000.csv', 'order_261121_093000.csv'].map(made));
  demandNone(uses, 'madeAtOf depends on the time zone of the machine: use `japaneseTime` of the kit.');
}

async function tableOf(file: CaseFile, layout: FileLayout<never>) {
  const head = await inspectTable(inOnePiece(file.bytes), layout);
  const rows: (readonly string[])[] = [];
  for await (const batch of readTable(inOnePiece(file.bytes), head))
    rows.push(...batch.filter(({ problem }) => problem === null).map(({ cells }) => cells));
  return { header: head.header, rows };
}

const quoted = (rows: readonly (readonly string[])[]) =>
  Buffer.from(
    `\ufeff${rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')}`,
  );

/** The same content as other software would write it. */
async function disguises(
  file: CaseFile,
  layout: FileLayout<never>,
): Promise<(CaseFile & { readonly how: string })[]> {
  const { header, rows } = await tableOf(file, layout);
  const all = header ? [header, ...rows] : rows;
  const cp932 = writeTable('cp932', header, rows);
  const asCp932 = { ...file, bytes: cp932.bytes, how: 'in code page 932' };
  const isKept =
    cp932.lost.length === 0 && JSON.stringify((await tableOf(asCp932, layout)).rows) === JSON.stringify(rows);
  const turned = all.map((cells, index) =>
    [...cells].reverse().concat(index === 0 ? '知らない列' : '知らない値'),
  );
  return [
    { ...file, bytes: quoted(all), how: 'in UTF-8 with a mark, all cells quoted, LF' },
    ...(isKept ? [asCp932] : []),
    ...(header
      ? [{ ...file, bytes: quoted(turned), how: 'with its columns turned round and an unknown one' }]
      : []),
  ];
}

async function checkDisguises<Settings>(
  subject: AdapterSubject<Settings>,
  cases: Cases,
  { settings, read }: Using<Settings>,
) {
  for (const { files, raws } of await cases.all())
    for (const file of files) {
      const layout = subject.adapter.file?.layouts.find(({ id }) => id === file.layout);
      for (const disguise of layout ? await disguises(file, layout) : []) {
        const others = files.map((each) => (each === file ? disguise : each));
        const readings = (await fileOrdersOf(subject, others, settings)).map(({ raw }) => read(raw));
        demand(
          JSON.stringify(readings) === JSON.stringify(raws.map(({ raw }) => read(raw))),
          `fixtures/${file.file}: read differently ${disguise.how}. Read cells by the names of their columns only.`,
        );
      }
    }
}

async function checkRepeats<Settings>(
  subject: AdapterSubject<Settings>,
  cases: Cases,
  { settings, read }: Using<Settings>,
) {
  for (const { name, files, raws } of await cases.all()) {
    if (files.length === 0) continue;
    const last = Math.max(...files.map(({ turn }) => turn));
    const again = files.filter(({ turn }) => turn === last).map((file) => ({ ...file, turn: last + 1 }));
    const readings = (await fileOrdersOf(subject, [...files, ...again], settings)).map(({ raw }) =>
      read(raw),
    );
    demand(
      JSON.stringify(readings) === JSON.stringify(raws.map(({ raw }) => read(raw))),
      `fixtures/${name}: the same file once more changes what is read. \`rowKeyOf\` has to give the same key for the same row.`,
    );
  }
}

async function checkLayoutsUsed<Settings>(file: FileTransport<Settings>, cases: Cases): Promise<void> {
  const used = new Set((await cases.all()).flatMap(({ files }) => files.map(({ layout }) => layout)));
  demandNone(
    file.layouts.flatMap(({ id }) => (used.has(id) ? [] : [`fixtures/<case>.${id}.in.csv`])),
    'No case has a file of these layouts; take one that the cart (or its manual) really wrote:',
  );
  demandNone(twice(file.layouts.map(({ id }) => id)), 'Two layouts have one id:');
}

interface Using<Settings> {
  readonly settings: Settings;
  readonly read: Read;
}

/** Files as a transport: layouts that can be recognised, and readings that do not depend on who wrote the file. */
export function fileChecks<Settings>(
  subject: AdapterSubject<Settings>,
  file: FileTransport<Settings>,
  cases: Cases,
  using: Using<Settings>,
): Check[] {
  return [
    ...file.layouts.flatMap((layout) => [
      { name: `layout ${layout.id}: labels, headers, positions`, run: () => checkLayout(layout) },
      {
        name: `layout ${layout.id}: finds order numbers and keys in any row`,
        run: () => checkRowFunctions(layout, using.settings),
      },
      {
        name: `layout ${layout.id}: columns known by their places say what their values look like`,
        run: () => checkShapes(layout, cases, using.settings),
      },
    ]),
    { name: 'has a case for each layout', run: () => checkLayoutsUsed(file, cases) },
    {
      name: 'reads the time of a file from its name, or says that there is none',
      run: () => checkFileTimes(file),
    },
    {
      name: 'reads files whatever their encoding, quotes, line ends and columns',
      run: () => checkDisguises(subject, cases, using),
    },
    { name: 'reads the same file twice as once', run: () => checkRepeats(subject, cases, using) },
  ];
}

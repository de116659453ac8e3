import type { FileColumn } from '@np-hub/kit';
import {
  type Mutant,
  type Sample,
  file,
  reading,
  text,
  withColumns,
  withLayout,
  withResults,
} from './mutate.js';
import { readSample, soundAdapter } from './sample.js';

/** The columns of the slips, one of them with another shape, or none. */
function shapedAs(name: string, shape: RegExp | undefined): Readonly<Record<string, FileColumn>> {
  const { shape: _, ...column } = file.layouts[1]?.columns[name] ?? { label: text, headers: [] };
  return { ...file.layouts[1]?.columns, [name]: shape ? { ...column, shape } : column };
}

/** Faults in layouts and result files. */
export const fileMutants: readonly Mutant[] = [
  [
    'a label in one language',
    'layout orders: labels, headers, positions',
    withLayout(0, { label: { ja: '見本', en: '' } }),
  ],
  ['no help', 'layout orders: labels, headers, positions', withLayout(0, { help: { ja: '', en: '' } })],
  ['an id with spaces', 'layout Orders 1: labels, headers, positions', withLayout(0, { id: 'Orders 1' })],
  [
    'a column that nothing finds',
    'layout orders: labels, headers, positions',
    withColumns({ extra: { label: text, headers: [' '] } }),
  ],
  [
    'one header twice',
    'layout orders: labels, headers, positions',
    withColumns({ extra: { label: text, headers: ['注文 番号'] } }),
  ],
  [
    'a column named like a header',
    'layout orders: labels, headers, positions',
    withColumns({ 備考: { label: text, headers: ['備考'] } }),
  ],
  [
    'a position below 0',
    'layout orders: labels, headers, positions',
    withColumns({ extra: { label: text, headers: [], position: -1 } }),
  ],
  [
    'one position twice',
    'layout orders: labels, headers, positions',
    withColumns({
      one: { label: text, headers: [], position: 30 },
      two: { label: text, headers: [], position: 30 },
    }),
  ],
  [
    'nothing required',
    'layout slips: labels, headers, positions',
    withLayout(1, {
      columns: {
        number: { label: text, headers: ['管理番号'], position: 0 },
        slip: { label: text, headers: ['伝票番号'], position: 1 },
      },
    }),
  ],
  ...(
    [
      ['a required place without a shape', 'slip', undefined],
      ['a shape that takes everything', 'slip', /.*/],
      ['a day taken for a slip number', 'slip', /[\d-]{8,}/],
      ['a shelf taken for a slip number', 'slip', /[A-Z]-\d{4}|(?:\d-?){9,13}\d/],
      ['a piece count taken for a slip number', 'slip', /[\d-]{1,7}|(?:\d-?){9,13}\d/],
      ['a name taken for an order number', 'number', /\d+|\p{L}+ \p{L}+/u],
      ['an address taken for an order number', 'number', /[\p{L}\d-]+/u],
      ['a shape that refuses a real slip', 'slip', /\d{12}/],
    ] as const
  ).map(([fault, column, shape]): Mutant => [
    fault,
    'layout slips: columns known by their places say what their values look like',
    withLayout(1, { columns: shapedAs(column, shape) }),
  ]),
  [
    'an order number out of nothing',
    'layout orders: finds order numbers and keys in any row',
    withLayout(0, { orderNumberOf: (row) => String(row['number']) }),
  ],
  [
    'a throw on a short row',
    'layout slips: finds order numbers and keys in any row',
    withLayout(1, { rowKeyOf: (row) => (row['slip'] as string).trim() }),
  ],
  ['a layout without a case', 'has a case for each layout', withLayout(1, { id: 'parcels' })],
  [
    'rows that add up for ever',
    'reads the same file twice as once',
    (() => {
      let count = 0;
      const adapter = withLayout(1, { rowKeyOf: () => String((count += 1)) });
      return {
        ...adapter,
        readOrder: (raw: unknown) => {
          const rows = (raw as { slips?: unknown[] } | null)?.slips;
          const sound = readSample(raw);
          return sound.kind === 'order' && Array.isArray(rows)
            ? { ...sound, order: { ...sound.order, note: String(rows.length) } }
            : sound;
        },
      };
    })(),
  ],
  [
    'cells read by their place',
    'reads files whatever their encoding, quotes, line ends and columns',
    reading((_, raw) => ({ note: Object.values((raw as { orders: object[] }).orders[0] ?? {}).join() })),
  ],
  [
    'local time in a file name',
    'reads the time of a file from its name, or says that there is none',
    { ...soundAdapter, file: { ...file, madeAtOf: () => new Date(2026, 10, 21) } },
  ],
  [
    'an impossible time in a file name',
    'reads the time of a file from its name, or says that there is none',
    { ...soundAdapter, file: { ...file, madeAtOf: (name) => new Date(`${name}+09:00`) } },
  ],
  ['no header', 'result file: has a header that its encoding carries', withResults({ header: [] })],
  [
    'a header without a name',
    'result file: has a header that its encoding carries',
    withResults({ header: ['注文番号', '', '指示'] }),
  ],
  [
    'a folder in a file name',
    'result file: has a name of its own at every moment',
    withResults({ fileName: (at) => `out/${at.getTime()}` }),
  ],
  [
    'one file name for ever',
    'result file: has a name of its own at every moment',
    withResults({ fileName: () => 'result.csv' }),
  ],
  [
    'local time in the result file’s name',
    'result file: has a name of its own at every moment',
    withResults({ fileName: (at) => `${at.getHours()}${at.getTime()}` }),
  ],
  [
    'fewer cells than headers',
    'result file: holds one row for each update, and is read back as written',
    withResults({ row: ({ orderNumber }) => [orderNumber] }),
  ],
  [
    'a row about nobody',
    'result file: holds one row for each update, and is read back as written',
    withResults({ row: ({ word }) => ['', word, ''] }),
  ],
  [
    'a word that the encoding lacks',
    'result file: holds one row for each update, and is read back as written',
    { ...soundAdapter, words: { ...soundAdapter.words, approved: '与信OK😀' }, shippingWords: ['与信OK😀'] },
  ],
  [
    'two words alike',
    'result file: keeps different words and instructions apart',
    withResults({ row: ({ orderNumber }) => [orderNumber, '済', ''] }),
  ],
  [
    'an instruction that is not told',
    'result file: keeps different words and instructions apart',
    (({ push: _push, ...rest }: Sample): Sample => ({
      ...rest,
      file: {
        ...file,
        results: { ...file.results, row: ({ orderNumber, word }) => [orderNumber, word, ''] },
      },
    }))(soundAdapter),
  ],
  [
    'a cell that is no text',
    'result file: stays whole and harmless on hostile texts',
    withResults({
      row: ({ orderNumber, word, npTransactionId }) => [
        orderNumber,
        word,
        npTransactionId?.includes('\0') ? (undefined as unknown as string) : '',
      ],
    }),
  ],
];

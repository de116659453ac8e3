import {
  type FileLayout,
  type FileTransport,
  type StatusUpdate,
  inspectTable,
  notSent,
  readTable,
  writeTable,
} from '@np-hub/kit';
import { inOnePiece } from './adapter-cases.js';
import { now } from './adapter-samples.js';
import type { AdapterSubject } from './adapter-subject.js';
import { type Check, demand, demandNone } from './check.js';
import { withoutLocalTime } from './local-time.js';

const anything: FileLayout = {
  id: 'any',
  label: { ja: '-', en: '-' },
  help: { ja: '-', en: '-' },
  columns: {},
  orderNumberOf: () => '',
};

async function readBack(bytes: Uint8Array): Promise<(readonly string[])[]> {
  const head = await inspectTable(inOnePiece(bytes), anything, { header: true });
  const rows: (readonly string[])[] = [];
  for await (const batch of readTable(inOnePiece(bytes), head))
    rows.push(...batch.map(({ cells, problem }) => (problem ? [problem.en] : cells)));
  return rows;
}

const reasons = ['ご住所を確認できません。', '電話番号: 桁数が足りません'];

/** An update for each word, bare and with all that can be told. */
function updatesOf<Settings>({ adapter }: AdapterSubject<Settings>): StatusUpdate[] {
  const words = [...new Set(Object.values(adapter.words).filter((word) => word !== notSent))];
  return words.flatMap((word, index) => [
    { orderNumber: `R-${2 * index}`, word },
    {
      orderNumber: `R-${2 * index + 1}`,
      originNumber: '249-8461959',
      word,
      npTransactionId: '12345678901',
      reasons,
      instruction: null,
    },
  ]);
}

const hostile: StatusUpdate = {
  orderNumber: "=cmd|'/c calc'!A1",
  word: '@SUM(1)"\r\n,',
  npTransactionId: '+A1\u0000',
  reasons: ['-2+3', '😀\ud83d', 'a\tb"c'],
};

function checkHeader<Settings>({ results }: FileTransport<Settings>): void {
  demand(
    results.header.length > 0,
    'results.header is empty: write the headers of the file that the cart, or the people at it, take over.',
  );
  demandNone(
    results.header.filter((header) => header.trim() === ''),
    'results.header has columns without a name.',
  );
  const lost = writeTable(results.encoding, results.header, []).bytes.toString('latin1').includes('?');
  demand(!lost, 'results.header has characters that its encoding cannot carry.');
}

function checkName<Settings>({ results }: FileTransport<Settings>): void {
  const [name, uses] = withoutLocalTime(() => results.fileName(now));
  demandNone(
    uses,
    'results.fileName depends on the time zone of the machine: add nine hours and use `toISOString`.',
  );
  demand(
    /^[^/\\:*?"<>|\p{Cc}]{1,100}$/u.test(name) && !name.startsWith('.'),
    `results.fileName gives "${name}", which is no file name on every computer.`,
  );
  const later = results.fileName(new Date(now.getTime() + 60_000));
  demand(
    name !== later,
    'results.fileName gives one name for two moments: put the time into it, so that no file replaces another.',
  );
}

async function checkRows<Settings>(
  subject: AdapterSubject<Settings>,
  { results }: FileTransport<Settings>,
  settings: Settings,
) {
  const updates = updatesOf(subject);
  const rows = updates.map((update) => results.row(update, settings));
  demandNone(
    rows.flatMap((row, index) =>
      row.length === results.header.length
        ? []
        : [`${updates[index]?.word}: ${row.length} cells, ${results.header.length} headers`],
    ),
    'results.row has to give one cell for each header:',
  );
  demandNone(
    rows.flatMap((row, index) => (row.includes(updates[index]?.orderNumber ?? '') ? [] : [row.join(',')])),
    'results.row does not say which order it is about. Give `orderNumber` a column of its own:',
  );
  const { bytes, lost } = writeTable(results.encoding, results.header, rows);
  demandNone(
    lost.map(({ characters }) => characters),
    'The words hold characters that the encoding of the file cannot carry:',
  );
  expect(await readBack(bytes)).toEqual(rows);
}

/** Words that differ have to stay apart in the file: an error is never to look like an NG. */
function checkDistinct<Settings>(
  subject: AdapterSubject<Settings>,
  { results }: FileTransport<Settings>,
  settings: Settings,
): void {
  const words = [...new Set(updatesOf(subject).map(({ word }) => word))];
  const rows = words.map((word) => JSON.stringify(results.row({ orderNumber: 'R-1', word }, settings)));
  demandNone(
    words.filter((_, index) => rows.indexOf(rows[index] ?? '') !== index),
    'results.row writes different words alike; the people at the cart could not tell them apart:',
  );
  for (const instruction of subject.adapter.push ? [] : (subject.adapter.instructions ?? [])) {
    const update = { orderNumber: 'R-1', word: words[0] ?? '' };
    const told = JSON.stringify(results.row({ ...update, instruction }, settings));
    demand(
      told !== JSON.stringify(results.row(update, settings)),
      `results.row says nothing of the instruction "${instruction}", which the adapter declares.`,
    );
  }
}

async function checkHostile<Settings>(
  { results }: FileTransport<Settings>,
  settings: Settings,
): Promise<void> {
  const row = results.row(hostile, settings);
  demand(
    row.every((cell) => typeof cell === 'string'),
    'results.row has to give texts only.',
  );
  const [cells = [], ...more] = await readBack(writeTable(results.encoding, results.header, [row]).bytes);
  expect({ width: cells.length, more }).toEqual({ width: results.header.length, more: [] });
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
}

/** The result file: one row for each update, as written so read, whatever it says. */
export const resultChecks = <Settings>(
  subject: AdapterSubject<Settings>,
  file: FileTransport<Settings>,
  settings: Settings,
): Check[] => [
  { name: 'result file: has a header that its encoding carries', run: () => checkHeader(file) },
  { name: 'result file: has a name of its own at every moment', run: () => checkName(file) },
  {
    name: 'result file: holds one row for each update, and is read back as written',
    run: () => checkRows(subject, file, settings),
  },
  {
    name: 'result file: keeps different words and instructions apart',
    run: () => checkDistinct(subject, file, settings),
  },
  { name: 'result file: stays whole and harmless on hostile texts', run: () => checkHostile(file, settings) },
];

import type { ImportView } from '@np-hub/model';
import { chosenOf, headerChoices, placeAt } from '../src/pages/imports/columns.js';
import { readyToStart } from '../src/pages/imports/ready.js';
import { sizeText } from '../src/pages/imports/import-parts.js';
import { openedPlaces, placesOf } from '../src/pages/imports/places.js';
import { faultOf } from '../src/pages/imports/uploads.js';

const position = (number: number) => `${number}列目`;

describe('the columns of a file to choose from', () => {
  const file = { header: true, headers: ['番号', '氏名', '備考', '備考', ''], width: 6 };

  it('are named by their headers, and by their place where they have none', () => {
    expect(headerChoices(file, position).map(({ label }) => label)).toEqual([
      '1列目 番号',
      '2列目 氏名',
      '3列目 備考',
      '4列目 備考',
      '5列目',
      '6列目',
    ]);
  });

  it('are told to the hub by header only where one header means one column', () => {
    expect(placeAt(file, '1')).toBe('氏名');
    expect(placeAt(file, '3')).toBe(3);
    expect(placeAt(file, '4')).toBe(4);
    expect(placeAt(file, '')).toBeNull();
    expect(placeAt({ ...file, header: false }, '0')).toBe(0);
  });
});

describe('the choice that a column stands at', () => {
  const file = { headers: ['番号', '氏名'] };

  it('is what was just chosen, else what the hub has found', () => {
    const column = { name: 'a', position: 1 };
    expect(chosenOf(file, column, {})).toBe('1');
    expect(chosenOf(file, column, { a: '番号' })).toBe('0');
    expect(chosenOf(file, column, { a: 5 })).toBe('5');
    expect(chosenOf(file, column, { a: null })).toBe('');
    expect(chosenOf(file, { ...column, position: null }, {})).toBe('');
  });
});

describe('the column map of a shop', () => {
  const columns = [
    { name: 'a' },
    { name: 'b', mapped: 'ご請求金額' },
    { name: 'c', mapped: 3 },
    { name: 'd', mapped: null },
  ];

  it('comes back as it was saved, without what is left to the hub', () => {
    expect(placesOf(openedPlaces(columns))).toEqual({
      columns: { b: 'ご請求金額', c: 3, d: null },
      faults: [],
    });
  });

  it('takes full-width figures, and names what is no column', () => {
    const { columns: read, faults } = placesOf([
      { name: 'a', kind: 'position', value: '１２' },
      { name: 'b', kind: 'position', value: '0' },
      { name: 'c', kind: 'header', value: ' ' },
    ]);
    expect(read).toEqual({ a: 11 });
    expect(faults).toEqual(['b', 'c']);
  });
});

describe('imports that can be started together', () => {
  const view = (id: string, part: Partial<ImportView>): ImportView => ({
    id,
    shopId: 'shop',
    name: id,
    layout: 'orders',
    state: 'uploaded',
    madeAt: null,
    uploadedAt: '2026-11-20T00:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    by: 'operator',
    bytes: 1,
    preview: {
      encoding: 'utf8',
      header: true,
      columns: [],
      headers: [],
      width: 0,
      unknown: [],
      missing: [],
      layouts: ['orders'],
    },
    progress: { rows: 0, rowsTotal: null },
    counts: { taken: 0, unchanged: 0, waiting: 0, older: 0, refused: 0, ignored: 0, newWords: 0 },
    newWords: [],
    sameAs: null,
    olderAccepted: false,
    error: null,
    ...part,
  });

  it('are understood in full, and the oldest file comes first', () => {
    const whole = view('newer', {});
    const older = view('older', { madeAt: '2026-11-19T00:00:00.000Z' });
    const lacking = view('lacking', {
      preview: whole.preview && { ...whole.preview, missing: ['billedYen'] },
    });
    const unclear = view('unclear', { layout: null, preview: null });
    const bare = view('bare', { preview: whole.preview && { ...whole.preview, header: false } });
    const rows = [whole, bare, older, lacking, unclear, view('done', { state: 'done' })];
    expect(readyToStart(rows).map(({ id }) => id)).toEqual(['older', 'newer']);
  });
});

describe('a file before it is sent', () => {
  it('is not empty and not larger than the hub takes', () => {
    expect(faultOf({ size: 0 })).toBe('empty');
    expect(faultOf({ size: 1 })).toBeNull();
    expect(faultOf({ size: 200 * 1024 * 1024 + 1 })).toBe('tooLarge');
  });

  it('has a size that people can read', () => {
    expect([0, 999, 1_000, 123_456, 200_000_000].map(sizeText)).toEqual([
      '0 B',
      '999 B',
      '1.0 KB',
      '123.5 KB',
      '200.0 MB',
    ]);
  });
});

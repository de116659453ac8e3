import { cellForms, problemAt, unreadableText, writeTable } from '@np-hub/kit';
import { cellProblems } from '../../src/files/cell-texts.js';
import type { TestHub } from '../support/hub.js';
import { startFileShop, type FileShop, type Problem } from './support/shop.js';
import { decodeCp932 } from './support/text.js';
import { goodsFile, orderCells, orderHeader, ordersFile } from './support/test-cart.js';

let hub: TestHub;
let shop: FileShop;

beforeAll(async () => {
  shop = await startFileShop();
  hub = shop.hub;
});
afterAll(() => hub.stop());

const known = async (number: string): Promise<boolean> => (await hub.stored(number, shop.id)) !== undefined;

test('a broken row never stops the others, takes its own order with it, and comes back with its reason', async () => {
  await shop.take('goods.csv', goodsFile(['R-1', 'R-2', 'R-3', 'R-4']));
  const sound = ordersFile([
    { number: 'R-1' },
    { number: 'R-2' },
    { number: '' },
    { number: 'R-3', orderedAt: ' ' },
  ]);
  const file = Buffer.concat([
    sound,
    Buffer.from('R-2,2026-11-21\r\n'),
    ordersFile([{ number: 'R-4' }]).subarray(headerBytes()),
  ]);
  const view = await shop.take('orders.csv', file);
  expect(view).toMatchObject({ state: 'done', counts: { taken: 2, refused: 4 } });
  expect([await known('R-1'), await known('R-2'), await known('R-3'), await known('R-4')]).toEqual([
    true,
    false,
    false,
    true,
  ]);
  const refused = await shop.rows(view.id, 'refused');
  expect(refused.map(({ line, orderNumber }) => [line, orderNumber])).toEqual([
    [3, 'R-2'],
    [4, ''],
    [5, 'R-3'],
    [6, 'R-2'],
  ]);
  expect(refused[0]?.reasons[0]?.ja).toContain('6行目');
  const download = await shop.send('GET', `/imports/${view.id}/refused.csv`);
  expect(download.headers.get('content-disposition')).toContain(
    encodeURIComponent('取り込めなかった行_orders.csv'),
  );
  const lines = decodeCp932(download.bytes).split('\r\n');
  expect(lines[0]?.endsWith(',取り込めなかった理由')).toBe(true);
  expect(lines).toHaveLength(6);
  expect(lines[2]).toContain('注文番号がありません。');
  // Put right, the same file can be taken in again: its last column is kept and harms nobody.
  expect(lines[3]?.endsWith(',受注日時: 値がありません')).toBe(true);
  expect(refused[2]?.reasons).toEqual([{ ja: '受注日時: 値がありません', en: '受注日時: missing' }]);
});

test('an order that is said to be placed far in the future is refused by name, and taken once that is put right', async () => {
  const inHours = (hours: number) => new Date(hub.clock.now().getTime() + hours * 3_600_000).toISOString();
  await shop.take('goods.csv', goodsFile(['Z-1', 'Z-2']));
  const view = await shop.take(
    'orders.csv',
    ordersFile([
      { number: 'Z-1', orderedAt: inHours(23) },
      { number: 'Z-2', orderedAt: inHours(24 * 365) },
    ]),
  );
  expect(view).toMatchObject({ state: 'done', counts: { taken: 1, refused: 1 } });
  const [refused] = await shop.rows(view.id, 'refused');
  expect(refused).toMatchObject({
    orderNumber: 'Z-2',
    reasons: [
      { ja: '注文日時: 24時間以上先の日時になっています', en: '注文日時: more than 24 hours from now' },
    ],
  });
  expect([await known('Z-1'), await known('Z-2')]).toEqual([true, false]);
  await shop.take('orders.csv', ordersFile([{ number: 'Z-2', orderedAt: inHours(-1) }]));
  expect(await known('Z-2')).toBe(true);
});

test('no name, phone or address is kept as the order number of a broken row; a number that is known is', async () => {
  await shop.take('goods.csv', goodsFile(['B-1', 'B-2', 'B-3']));
  await shop.take('orders.csv', ordersFile([{ number: 'B-1' }]));
  const quoted = (number: string) =>
    orderCells({ number })
      .map((cell) => `"${cell}"`)
      .join(',');
  const lines = [
    orderHeader.join(','),
    quoted('B-4\u0000'),
    quoted('B-5').replace('太郎', '太"郎'),
    '山田 太郎,東京都港区赤坂1-2-3',
    `"${'03-1234-5678 '.repeat(20)}"${',"x"'.repeat(orderHeader.length - 1)}`,
    quoted('B-1').replace('東京', '東\u0000京'),
    'B-2,2026-11-21',
    quoted('B-3'),
    quoted('B-3').replace('東京', '東\u0000京'),
    quoted('B-6'),
  ];
  const view = await shop.take('orders.csv', Buffer.from(lines.join('\r\n')));
  expect(view).toMatchObject({ state: 'done', counts: { waiting: 1, refused: 8 } });
  const rows = await hub.database.query<{ line: number; order_number: string }[]>(
    'select line, order_number from import_rows where import_id = $1 order by line',
    [view.id],
  );
  expect(rows.map(({ line, order_number: number }) => [line, number])).toEqual([
    [2, ''],
    [3, ''],
    [4, ''],
    [5, ''],
    [6, 'B-1'],
    [7, 'B-2'],
    [8, 'B-3'],
    [9, 'B-3'],
    [10, 'B-6'],
  ]);
  expect((await shop.rows(view.id, 'refused')).map(({ orderNumber }) => orderNumber).join('')).toBe(
    'B-1B-2B-3B-3',
  );
});

test('a row of which one cell is wrong says of which order it is, what stands there, and what should; none of it in the clear', async () => {
  const view = await shop.take('goods.csv', goodsFile(['V-1'], '千円'));
  expect(view).toMatchObject({ state: 'done', counts: { refused: 1, taken: 0 } });
  const [row] = await shop.rows(view.id, 'refused');
  expect(row?.orderNumber).toBe('V-1');
  expect(row?.reasons).toEqual([
    {
      ja: '「価格」の値が、この項目の形式ではありません。値：「千円」。正しい形式：3300 のような数字',
      en: 'The value of "価格" does not look like one. Value: "千円". Expected: a number such as 3300',
    },
  ]);
  const stored = await hub.database.query<unknown[]>('select * from import_rows where import_id = $1', [
    view.id,
  ]);
  expect(JSON.stringify(stored)).not.toMatch(/V-1|千円/u);
});

test('an order that cannot be read quotes the column that is named, in all of its rows', () => {
  const layouts = [
    {
      id: 'orders',
      columns: { at: { label: { ja: '注文日時', en: 'At' }, headers: [], form: cellForms.moment } },
    },
  ];
  const rows = [{ at: '先週' }, { at: '' }, { at: '昨日' }];
  const parts = [{ layout: 'orders', rows }] as unknown as Parameters<typeof cellProblems>[2];
  const [told, other] = cellProblems(
    [problemAt('注文日時', unreadableText), problemAt('金額', unreadableText)],
    layouts,
    parts,
  );
  expect(told?.ja).toBe(
    '注文日時: 値がないか、読み取れません。値：「先週 / 昨日」。正しい形式：2026/11/30 12:34',
  );
  expect(other).toEqual({ ja: '金額: 値がないか、読み取れません', en: '金額: missing or unreadable' });
});

const headerBytes = (): number => writeTable('cp932', orderHeader, []).bytes.length;

test('an order of thousands of rows, and endless numbers, are refused without harm to others', async () => {
  const cells = (number: string) => orderCells({ number });
  const rows = [...Array.from({ length: 1_001 }, () => cells('H-1')), cells('H-2'), cells('9'.repeat(5_000))];
  await shop.take('goods.csv', goodsFile(['H-1', 'H-2']));
  const view = await shop.take('orders.csv', writeTable('utf8', orderHeader, rows).bytes);
  expect(view).toMatchObject({
    state: 'done',
    counts: { taken: 1, refused: 1_002 },
    progress: { rows: 1_003 },
  });
});

test('orders that are not paid by NP, or were cancelled before, are left out, and nothing of them is kept', async () => {
  await shop.take('goods.csv', goodsFile(['N-1', 'N-2']));
  const view = await shop.take(
    'orders.csv',
    ordersFile([
      { number: 'N-1', payment: '代金引換' },
      { number: 'N-2', status: 'キャンセル' },
    ]),
  );
  expect(view).toMatchObject({ counts: { ignored: 2, taken: 0 } });
  const parts = await hub.database.query<unknown[]>(`select 1 from file_parts where order_number = any($1)`, [
    ['N-1', 'N-2'],
  ]);
  expect(parts).toEqual([]);
});

test.each<[string, Buffer, string, string]>([
  ['an empty file', Buffer.alloc(0), 'ファイルが空です', 'empty'],
  ['an Excel workbook', Buffer.from('PK\u0003\u0004\u0014\u0000'), 'Excelブック', 'Excel workbook'],
  ['text in UTF-16', Buffer.from('\ufeff注文番号\t受注日時\r\n', 'utf16le'), 'UTF-16', 'UTF-16'],
  [
    'a picture',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]),
    'テキスト形式のファイルではない',
    'file of text',
  ],
  ['text that is no table', Buffer.from('こんにちは\n'), '種類を判別できません', 'kind of the file'],
])('%s is said to be what it is, and not taken in', async (_, bytes, ja, en) => {
  const shown = await shop.upload('x.csv', bytes);
  if (ja !== '種類を判別できません') {
    expect(shown.body).toMatchObject({ state: 'uploaded', layout: null, preview: null });
    expect(shown.body.error?.ja).toContain(ja);
  }
  const { status, body } = await shop.upload('x.csv', bytes, '&start=1');
  expect([status, body.state]).toEqual([201, 'uploaded']);
  expect(body.error?.ja).toContain(ja);
  expect(body.error?.en).toContain(en);
  const started = await shop.act<Problem>(`/imports/${body.id}/start`, { layout: 'orders' });
  expect(started).toMatchObject({ status: 400, body: { error: 'cannot-start' } });
  if (ja !== '種類を判別できません') expect(started.body.message.ja).toContain(ja);
});

test('columns are matched by hand where their headers are strange, and remembered', async () => {
  const header = orderHeader.map((name) => (name === '注文番号' ? '伝票ＮＯ' : name));
  const bytes = (number: string) =>
    writeTable('utf8', [...header, 'ギフト'], [[...orderCells({ number }), '熨斗']]).bytes;
  const { body } = await shop.upload('odd.csv', bytes('M-1'), '&layout=orders');
  expect(body.preview).toMatchObject({ missing: ['number'], unknown: ['伝票ＮＯ', 'ギフト'] });
  const refused = await shop.act<Problem>(`/imports/${body.id}/start`, {});
  expect(refused).toMatchObject({
    status: 400,
    body: { error: 'cannot-start', fields: [{ field: 'columns' }] },
  });
  const wrong = await shop.act<Problem>(`/imports/${body.id}/preview`, {
    layout: 'orders',
    columns: { nothing: 0 },
  });
  expect(wrong).toMatchObject({ status: 400, body: { fields: [{ field: 'columns.nothing' }] } });
  const columns = { number: '伝票ＮＯ' };
  const seen = await shop.act(`/imports/${body.id}/preview`, { layout: 'orders', columns });
  expect(seen.body.preview).toMatchObject({ missing: [], unknown: ['ギフト'] });
  await shop.act(`/imports/${body.id}/start`, { layout: 'orders', columns, remember: true });
  expect(await shop.ended(body.id)).toMatchObject({ state: 'done', counts: { waiting: 1 } });
  expect(await shop.take('odd.csv', bytes('M-2'), '&layout=orders')).toMatchObject({
    state: 'done',
    counts: { waiting: 1 },
  });
  const support = await hub.as('support');
  const files = await support.get<{ layouts: { columns: { name: string; mapped?: string }[] }[] }>(
    `/shops/${shop.id}/files`,
  );
  expect(files.body.layouts[0]?.columns[0]).toMatchObject({ name: 'number', mapped: '伝票ＮＯ' });
  // Put back, so that the cart's own headers count again.
  expect((await shop.put('/files/orders/columns', { columns: {} }, 'support')).status).toBe(403);
  expect((await shop.put('/files/orders/columns', { columns: {} }, 'operator')).status).toBe(200);
  expect((await shop.take('own.csv', ordersFile([{ number: 'M-3' }]), '&layout=orders')).counts.waiting).toBe(
    1,
  );
});

import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { setTimeout as sleep } from 'node:timers/promises';
import { control, makeshopClient, openSandbox, removeFolders } from './client.js';

type Opened = Awaited<ReturnType<typeof openSandbox>>;
type Sandbox = Opened['sandbox'];
let opened: Opened;

beforeEach(async () => {
  opened = await openSandbox();
});
afterEach(async () => opened.sandbox.close());
afterAll(removeFolders);

const office = async (method: string, path: string, body?: object) =>
  control(opened.sandbox, method, `/offices/goqsystem${path}`, body);
const place = async (body: object): Promise<string[]> => (await office('POST', '/orders', body)).body.numbers;
const orderOf = async (number: string) => (await office('GET', `/orders/${number}`)).body;

async function bytesOf(name: string): Promise<Buffer> {
  const answer = await fetch(`${opened.sandbox.url}/control/offices/goqsystem/export/${name}`);
  return Buffer.from(await answer.arrayBuffer());
}
const textOf = async (name: string): Promise<string> => iconv.decode(await bytesOf(name), 'cp932');
const exported = async (): Promise<Record<string, string>[]> =>
  parse(await textOf('orders'), { columns: true });

async function importResults(sandbox: Sandbox, lines: readonly (readonly string[])[]) {
  const header = ['GoQ管理番号', '受注番号', '与信結果', '伝票番号同期', 'NP取引ID', 'エラー内容'];
  const text = [header, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
  const answer = await fetch(`${sandbox.url}/control/offices/goqsystem/import?name=goqsystem_np.csv`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(iconv.encode(text, 'cp932')),
  });
  return { status: answer.status, body: await answer.json() };
}

const page = async (path = ''): Promise<string> =>
  (await fetch(`${opened.sandbox.url}/offices/goqsystem${path}`)).text();

test('the custom CSV has one row for each line, every field quoted, and 請求額 beside 合計金額', async () => {
  await place({ count: 40, seed: 3, mix: { shipped: 1 } });
  const [header = '', first = ''] = (await textOf('orders')).split('\r\n');
  expect(header.startsWith('"注文日時","配送方法(複数配送先)","チェック項目","販売店舗","GoQ管理番号"')).toBe(
    true,
  );
  expect(first.replaceAll(/"[^"]*"/g, '')).toMatch(/^,+$/);
  const rows = await exported();
  const numbers = new Set(rows.map((row) => row['GoQ管理番号']));
  expect(numbers.size).toBe(40);
  expect(rows.length).toBeGreaterThan(40);
  expect(new Set(rows.map((row) => row['販売店舗']))).toEqual(new Set(['楽天市場店', 'makeshop本店']));
  for (const number of numbers) {
    const own = rows.filter((row) => row['GoQ管理番号'] === number);
    const goodsYen = own.reduce((sum, row) => sum + Number(row['単価']) * Number(row['個数']), 0);
    for (const row of own) {
      expect(Number(row['合計金額'])).toBe(goodsYen);
      expect(Number(row['請求額'])).toBeGreaterThan(goodsYen);
      expect(row['お支払い方法']).toBe('NP後払い');
    }
  }
});

test('B2クラウド’s file comes once slips are entered: no header, 98 columns, key with branch', async () => {
  const [number = '', other = ''] = await place({ count: 2, seed: 1, mix: { shipped: 1 } });
  expect(await bytesOf('slips-b2')).toHaveLength(0);
  await office('POST', `/orders/${number}/ship`, {
    carrier: 'ヤマト運輸',
    slipNumber: '450012345671 450012345682',
  });
  await office('POST', `/orders/${other}/ship`, { carrier: '佐川急便', slipNumber: '401234567890' });
  const records: string[][] = parse(await textOf('slips-b2'));
  expect(records.map((record) => record.length)).toEqual([98, 98]);
  expect(records.map(([key, , , slip]) => [key, slip])).toEqual([
    [`${number}-1`, '450012345671'],
    [`${number}-2`, '450012345682'],
  ]);
  expect(records[0]?.[4]).toMatch(/^\d{4}\/\d\d\/\d\d$/);
  const row = (await exported()).find((each) => each['GoQ管理番号'] === other);
  expect(row).toMatchObject({ お荷物伝票番号: '401234567890', 受注ステータス: '新規受付', 出荷日: '' });
});

test('the result file shows as tags, kept apart, and words of a foreign file are refused', async () => {
  const numbers = await place({ count: 4, seed: 1, mix: { shipped: 1 } });
  const [reviewing = '', approved = '', held = '', failed = ''] = numbers;
  const answer = await importResults(opened.sandbox, [
    [reviewing, '', '与信中', '', '', ''],
    [approved, '', '与信OK', '伝票番号同期OK', '18121200001', ''],
    [held, '', '保留', '', '18121200002', '住所を確認してください'],
    [failed, '', 'エラー', '', '', '<電話番号>'],
    ['999', '', '与信OK', '', '', ''],
  ]);
  expect(answer.body).toMatchObject({ rows: 5, problems: [expect.stringContaining('999')] });
  const list = await page();
  for (const text of ['[与信中]', '[与信OK]<br>[伝票番号同期OK]', '[保留]', '[エラー]<br>&lt;電話番号&gt;'])
    expect(list).toContain(text);
  expect(list).not.toContain('<電話番号>');
  expect(await orderOf(approved)).toMatchObject({ npWord: '与信OK', npTransactionId: '18121200001' });
  const foreign = await fetch(`${opened.sandbox.url}/control/offices/goqsystem/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: 'a,b\r\n1,2\r\n',
  });
  expect(foreign.status).toBe(400);
});

test('the pages show the tags of the manual and say where the five buttons are', async () => {
  const [number = ''] = await place({ count: 1, seed: 1, mix: { shipped: 1 } });
  await office('POST', `/orders/${number}/edit`, {
    pieces: 2,
    carrier: '日本郵便',
    checkItems: 'コンビニ受取',
    memo: '<b>',
  });
  await office('POST', `/orders/${number}/ship`, { slipNumber: '123456789012' });
  const list = await page();
  for (const text of [
    '日本郵便<br>コンビニ受取<br>[伝票入力済]<br>[2個口]',
    '請求額',
    '合計金額',
    '&lt;b&gt;',
  ])
    expect(list).toContain(text);
  for (const name of ['与信を実行', '与信結果確認', '与信内容変更', '与信キャンセル', '伝票番号同期'])
    expect(list).toContain(name);
  expect(await page(`/orders/${number}`)).toContain(number);
  expect(await page('?mall=nobody')).toContain('0件');
});

test('the same order can stand in makeshop too, under the mall’s number', async () => {
  const [number = ''] = await place({ count: 1, seed: 2, mix: { shipped: 1 } });
  const order = await orderOf(number);
  expect((await office('POST', `/orders/${number}/mirror`, {})).status).toBe(200);
  expect((await office('POST', `/orders/${number}/mirror`, {})).status).toBe(409);
  expect((await office('POST', `/orders/${number}/mirror`, { shopId: 'nobody' })).status).toBe(404);
  const ask = makeshopClient(opened.sandbox.makeshopUrl);
  const { body } = await ask(
    '{ searchOrder(input: {}) { orders { displayOrderNumber sumPrice senderName } } }',
  );
  const [row] = await exported();
  expect(body.data.searchOrder.orders).toEqual([
    {
      displayOrderNumber: order.mallNumber,
      sumPrice: Number(row?.['請求額']),
      senderName: row?.['注文者氏名']?.replace('　', ' '),
    },
  ]);
});

test('people act on the words that come back', async () => {
  const { sandbox } = opened;
  await control(sandbox, 'POST', '/life', { on: true, ordersPerMinute: 0, paceMs: [1, 2] });
  const [number = ''] = await place({ count: 1, seed: 1, alive: true, mix: { shipped: 1 } });
  await importResults(sandbox, [[number, '', '与信OK', '', '18121200001', '']]);
  const entered = await waitFor(number, ({ slipNumbers }) => slipNumbers.length > 0);
  expect(entered.slipNumbers).toHaveLength(entered.pieces);
  expect(entered.label).toBe('新規受付');
  await importResults(sandbox, [[number, '', '与信OK', '伝票番号同期OK', '18121200001', '']]);
  expect((await waitFor(number, ({ label }) => label !== '新規受付')).label).toBe('★発送済み');
});

async function waitFor(
  number: string,
  isThere: (order: { slipNumbers: string[]; label: string }) => boolean,
) {
  for (let turn = 0; turn < 100 && !isThere(await orderOf(number)); turn += 1) await sleep(100);
  return orderOf(number);
}

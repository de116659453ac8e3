import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { control, npClient, openSandbox, removeFolders, transaction } from './client.js';

afterAll(removeFolders);

type Sandbox = Awaited<ReturnType<typeof openSandbox>>['sandbox'];
const office = (sandbox: Sandbox, method: string, path: string, body?: object) =>
  control(sandbox, method, `/offices/cagolab${path}`, body);

async function exported(sandbox: Sandbox, name: string) {
  const answer = await fetch(`${sandbox.url}/control/offices/cagolab/export/${name}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { disposition: answer.headers.get('content-disposition'), text: iconv.decode(bytes, 'cp932') };
}

const rowsOf = (text: string): Record<string, string>[] =>
  parse(text, { columns: true, record_delimiter: '\r\n' });

async function importResults(sandbox: Sandbox, lines: readonly (readonly string[])[]) {
  const header = ['注文番号', 'NP後払いステータス', 'NP取引ID', 'エラー情報'];
  const text = [header, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
  const answer = await fetch(`${sandbox.url}/control/offices/cagolab/import?name=np_result.csv`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(iconv.encode(text, 'cp932')),
  });
  return { status: answer.status, body: await answer.json() };
}

test('受注CSV has the columns of EC-CUBE 2.13 in its order, then those of カゴラボ, quoted only where needed', async () => {
  const { sandbox } = await openSandbox();
  await office(sandbox, 'POST', '/orders', { count: 40, seed: 7, mix: { shipped: 1 } });
  const { disposition, text } = await exported(sandbox, 'orders');
  expect(disposition).toMatch(/order_\d{6}_\d{6}\.csv/);
  const [header = ''] = text.split('\r\n');
  expect(header.split(',').slice(0, 8)).toEqual([
    '注文番号',
    '会員ID',
    '要望等',
    'お名前(姓)',
    'お名前(名)',
    'お名前(フリガナ・姓)',
    'お名前(フリガナ名)',
    '会社名',
  ]);
  expect(header.split(',').slice(31, 41).join()).toBe(
    'お支払い合計,配送業者ID,支払い方法,SHOPメモ,対応状況,注文日時,更新日時,発送完了日時,端末種別ID,配送情報ID',
  );
  expect(header).not.toContain('"');
  const rows = rowsOf(text);
  expect(rows).toHaveLength(40);
  expect(text).toContain(',"平日の午前中に\n届けてください。",');
  for (const row of rows) {
    const yen = (name: string) => Number(row[name]);
    expect(yen('お支払い合計')).toBe(
      yen('小計') + yen('送料') + yen('手数料') - yen('値引き') - yen('使用ポイント'),
    );
    expect(row).toMatchObject({ 対応状況: '1', NP後払いステータス: '取引登録中', 請求書区分: '別送' });
  }
  const items = rowsOf((await exported(sandbox, 'items')).text);
  const goodsOf = (number: string | undefined) =>
    items
      .filter((item) => item['注文番号'] === number)
      .reduce((sum, item) => sum + Number(item['販売価格(税込)']) * Number(item['数量']), 0);
  rows.forEach((row) => expect(goodsOf(row['注文番号'])).toBe(Number(row['小計'])));
  await sandbox.close();
});

test('the same seed makes the same orders, and NP takes them as they are', async () => {
  const { sandbox } = await openSandbox();
  await office(sandbox, 'POST', '/orders', { count: 30, seed: 5, mix: { shipped: 1 } });
  await office(sandbox, 'POST', '/orders', { count: 30, seed: 5, mix: { shipped: 1 } });
  const rows = rowsOf((await exported(sandbox, 'orders')).text);
  const contents = rows.map(({ 注文番号: _number, 注文日時: _at, 更新日時: _changed, ...rest }) => rest);
  expect(contents.slice(30)).toEqual(contents.slice(0, 30));
  const lines = rows.map((row) => {
    const party = {
      customer_name: `${row['お名前(姓)']} ${row['お名前(名)']}`,
      customer_name_kana: `${row['お名前(フリガナ・姓)']} ${row['お名前(フリガナ名)']}`,
      company_name: '',
      department_name: '',
      zip_code: `${row['郵便番号1']}-${row['郵便番号2']}`,
      address: `${row['都道府県']}${row['住所1']} ${row['住所2']}`.trim(),
      tel: `${row['電話番号1']}-${row['電話番号2']}-${row['電話番号3']}`,
    };
    const yen = Number(row['お支払い合計']);
    return transaction(row['注文番号'] ?? '', {
      billed_amount: yen,
      customer: { ...party, email: row['メールアドレス'] },
      dest_customer: party,
      goods: [{ goods_name: '商品', goods_price: yen, quantity: 1 }],
    });
  });
  expect((await npClient(sandbox.npBaseUrl)('POST', '/transactions', lines)).errors).toEqual([]);
  await sandbox.close();
});

test('a change moves 更新日時 and comes with the next export; a result does not', async () => {
  const { sandbox, pass } = await openSandbox();
  await office(sandbox, 'POST', '/orders', { count: 2, seed: 1, mix: { shipped: 1 } });
  const since = Date.now() + 1000;
  pass(60_000);
  await importResults(sandbox, [['20001', '審査保留', '30000000001', '住所を確認してください']]);
  expect(rowsOf((await exported(sandbox, `orders?sinceMs=${since}`)).text)).toEqual([]);
  await office(sandbox, 'POST', '/orders/20001/edit', {
    buyer: { building: '第三コーポ205号室' },
    carrier: '西濃運輸',
  });
  const rows = rowsOf((await exported(sandbox, `orders?sinceMs=${since}`)).text);
  expect(rows).toEqual([
    expect.objectContaining({
      注文番号: '20001',
      住所2: '第三コーポ205号室',
      配送業者: '西濃運輸',
      NP後払いステータス: '審査保留',
    }),
  ]);
  expect((await office(sandbox, 'GET', '/orders/20001')).body).toMatchObject({
    npError: '住所を確認してください',
  });
  await sandbox.close();
});

test('発送済み stamps its time, キャンセル and the slip are exported, nonsense is refused by name', async () => {
  const { sandbox } = await openSandbox();
  await office(sandbox, 'POST', '/orders', { count: 3, seed: 1, mix: { shipped: 1 } });
  await office(sandbox, 'POST', '/orders/20001/ship', { slipNumber: '1234', carrier: 'ヤマト運輸' });
  await office(sandbox, 'POST', '/orders/20001/status', { status: 5 });
  await office(sandbox, 'POST', '/orders/20002/cancel');
  const [shipped, cancelled] = rowsOf((await exported(sandbox, 'orders')).text);
  expect(shipped).toMatchObject({ 対応状況: '5', 配送伝票番号: '1234', 配送業者: 'ヤマト運輸' });
  expect(shipped?.['発送完了日時']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(cancelled).toMatchObject({ 対応状況: '3', 発送完了日時: '' });
  expect((await office(sandbox, 'POST', '/orders/20003/status', { status: 9 })).body.message).toContain(
    'status',
  );
  expect((await office(sandbox, 'POST', '/orders/20003/edit', { wages: 1 })).body.message).toContain('wages');
  expect((await office(sandbox, 'POST', '/orders/20003/explode')).status).toBe(404);
  await sandbox.close();
});

test('a file without the columns of a result is refused', async () => {
  const { sandbox } = await openSandbox();
  const answer = await fetch(`${sandbox.url}/control/offices/cagolab/import?name=x.csv`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: 'a,b\r\n1,2\r\n',
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ message: expect.stringContaining('注文番号') });
  await sandbox.close();
});

test('the pages speak the words of the guide, and hold no unescaped text', async () => {
  const { sandbox } = await openSandbox();
  await office(sandbox, 'POST', '/orders', { count: 2, seed: 1, mix: { shipped: 1 } });
  await office(sandbox, 'POST', '/orders/20001/edit', {
    buyer: { company: '', building: '<b>"' },
    shopMemo: '<i>',
  });
  const read = async (path: string) => (await fetch(`${sandbox.url}${path}`)).text();
  const list = await read('/offices/cagolab');
  for (const word of [
    'この条件で検索する',
    '2件が該当しました。',
    '受注CSV',
    '配送先商品CSV',
    '請求書区分',
    '入金済キャンセル不可',
  ])
    expect(list).toContain(word);
  expect(await read('/offices/cagolab?status=3')).toContain('0件が該当しました。');
  const page = await read('/offices/cagolab/orders/20001');
  for (const word of ['NP後払いステータス', 'NP後払いエラー情報', 'SHOPメモ', '送料の変更は手動', '在庫'])
    expect(page).toContain(word);
  expect(page).not.toMatch(/<b>"|<i>/);
  const posted = await fetch(`${sandbox.url}/offices/cagolab/orders/20001/ship`, {
    method: 'POST',
    body: new URLSearchParams({ slipNumber: '9876' }),
    redirect: 'manual',
  });
  expect(posted.status).toBe(303);
  await fetch(`${sandbox.url}/offices/cagolab/orders/20001/buyer`, {
    method: 'POST',
    body: new URLSearchParams({ phone: '03-5555-0123' }),
    redirect: 'manual',
  });
  const { buyer } = (await office(sandbox, 'GET', '/orders/20001')).body;
  expect(buyer).toMatchObject({ phone: '03-5555-0123', building: '<b>"' });
  expect((await office(sandbox, 'GET', '/orders/20001')).body.slipNumber).toBe('9876');
  expect(await read('/')).toContain('/offices/cagolab');
  await sandbox.close();
});

test('people enter a slip once 審査OK shows, correct what is held, and cancel some', async () => {
  const { sandbox } = await openSandbox();
  await control(sandbox, 'POST', '/life', { on: true, ordersPerMinute: 0, paceMs: [0, 0] });
  const mix = { shipped: 1, 'hold-address': 1, cancelled: 1, rejected: 1 };
  await office(sandbox, 'POST', '/orders', { count: 24, seed: 2, alive: true, mix });
  interface Lived {
    readonly number: string;
    readonly life: { readonly script: string } | null;
  }
  const orders = async (): Promise<Lived[]> => (await office(sandbox, 'GET', '/orders')).body.orders;
  const scriptOf = new Map((await orders()).map(({ number, life }) => [number, life?.script ?? '']));
  const wordOf = (script: string): string =>
    ({ 'hold-address': '審査保留', rejected: '審査NG' })[script] ?? '審査OK';
  await importResults(
    sandbox,
    [...scriptOf].map(([number, script]) => [number, wordOf(script), '', '']),
  );
  await sleep(1200);
  const after = await orders();
  const of = (script: string) => after.filter(({ number }) => scriptOf.get(number) === script);
  for (const script of Object.keys(mix)) expect(of(script).length).toBeGreaterThan(0);
  of('shipped').forEach((order) =>
    expect(order).toMatchObject({ slipNumber: expect.stringMatching(/^\d{12}$/) }),
  );
  of('cancelled').forEach((order) => expect(order).toMatchObject({ status: 3 }));
  of('rejected').forEach((order) => expect(order).toMatchObject({ payment: '代金引換', chargeYen: 330 }));
  of('hold-address').forEach((order) => {
    expect(order).toMatchObject({ slipNumber: '', buyer: { building: '第三コーポ205号室' } });
  });
  await sandbox.close();
});

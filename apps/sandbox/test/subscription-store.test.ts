import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { control, openSandbox, removeFolders } from './client.js';

afterAll(removeFolders);

type Sandbox = Awaited<ReturnType<typeof openSandbox>>['sandbox'];
const hourMs = 3_600_000;

const office = (sandbox: Sandbox, method: string, path: string, body?: object) =>
  control(sandbox, method, `/offices/subscription-store${path}`, body);

async function place(sandbox: Sandbox, script: string, count = 1): Promise<string[]> {
  const { body } = await office(sandbox, 'POST', '/orders', { count, seed: 3, mix: { [script]: 1 } });
  return body.numbers;
}

async function exported(sandbox: Sandbox, name: string): Promise<{ name: string; text: string }> {
  const answer = await fetch(`${sandbox.url}/control/offices/subscription-store/export/${name}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    name: answer.headers.get('content-disposition') ?? '',
    text: iconv.decode(bytes, 'cp932'),
  };
}

async function importResult(sandbox: Sandbox, ...lines: readonly (readonly string[])[]) {
  const header = ['注文番号', '決済状況', 'NP取引ID', 'エラー内容', '支払方法変更', 'コース停止'];
  const text = [header, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
  const answer = await fetch(`${sandbox.url}/control/offices/subscription-store/import?name=np_result.csv`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(iconv.encode(text, 'cp932')),
  });
  const body = await answer.json();
  // What the file asks for is done by the office's next look, four times a second.
  await sleep(600);
  return { status: answer.status, body };
}

const order = async (sandbox: Sandbox, number: string) =>
  (await office(sandbox, 'GET', `/orders/${number}`)).body;
const courses = async (sandbox: Sandbox) => (await office(sandbox, 'GET', '/courses')).body;
const form = (sandbox: Sandbox, path: string, body = '') =>
  fetch(`${sandbox.url}/offices/subscription-store/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
    redirect: 'manual',
  });

test('注文データ has a row for each line of goods, in cp932 with CRLF and every field in quotes', async () => {
  const { sandbox } = await openSandbox();
  await place(sandbox, 'two-destinations', 3);
  const { name, text } = await exported(sandbox, 'orders');
  expect(decodeURIComponent(name)).toMatch(/order_\d{14}\.csv/);
  expect(text.split('\r\n').at(-2)).toMatch(/^".*"$/);
  const rows: Record<string, string>[] = parse(text, { columns: true });
  expect(new Set(rows.map((row) => row['注文番号'])).size).toBe(3);
  const first = rows.filter((row) => row['注文番号'] === 'SS26100001');
  expect(new Set(first.map((row) => row['配送先氏名(姓)'] + (row['配送先電話番号'] ?? ''))).size).toBe(2);
  const goodsYen = first.reduce((sum, row) => sum + Number(row['商品単価(税込)']) * Number(row['数量']), 0);
  const yen = (column: string) => Number(first[0]?.[column]);
  expect(yen('請求金額')).toBe(
    goodsYen + yen('送料') + yen('手数料') - yen('クーポン割引') - yen('利用ポイント'),
  );
  expect(first[0]).toMatchObject({ 注文状況: '出荷待ち', 決済状況: '取引審査待ち', 支払い方法: 'NP後払い' });
  await sandbox.close();
});

test('an order ships only at 与信OK and without the 出荷停止 box, and 出荷データ has no header', async () => {
  const { sandbox } = await openSandbox();
  const [number = ''] = await place(sandbox, 'paid');
  const ship = () => office(sandbox, 'POST', `/orders/${number}/ship`, { slipNumber: '123456789012' });
  expect(await ship()).toMatchObject({ status: 409 });
  await importResult(sandbox, [number, '与信NG', '', '限度額超過', '', '']);
  expect(await ship()).toMatchObject({ status: 409, body: { message: expect.stringContaining('与信NG') } });
  expect(await order(sandbox, number)).toMatchObject({ creditStatus: '与信NG', shipmentStopped: false });
  await importResult(sandbox, [number, '与信OK', '30000000001', '', '', '']);
  await office(sandbox, 'POST', `/orders/${number}/stop-shipment`, { on: true });
  expect(await ship()).toMatchObject({ status: 409 });
  await office(sandbox, 'POST', `/orders/${number}/stop-shipment`, { on: false });
  expect((await ship()).body).toMatchObject({ orderStatus: '出荷済み', npTransactionId: '30000000001' });
  const { text } = await exported(sandbox, 'shipments');
  expect(text).toMatch(new RegExp(`^"${number}","123456789012","\\d{4}/\\d\\d/\\d\\d","[^"]+"\r\n$`));
  await sandbox.close();
});

test('a result file changes the payment method and stops the course where it says so, and 通知ログ tells', async () => {
  const { sandbox } = await openSandbox();
  const [single = ''] = await place(sandbox, 'rejected');
  const [child = ''] = await place(sandbox, 'recurring');
  await importResult(
    sandbox,
    [single, '与信NG', '', '限度額超過', '代引き', ''],
    [child, '与信保留', '30000000002', '住所不備', '', '停止'],
  );
  const changed = await order(sandbox, single);
  expect(changed).toMatchObject({ payment: '代引き', feeYen: 330, creditStatus: '' });
  const texts = changed.notices.map(({ text }: { text: string }) => text);
  expect(texts).toEqual([
    expect.stringContaining('与信NGになりました。限度額超過'),
    expect.stringContaining('代引きに変更'),
  ]);
  expect(await order(sandbox, child)).toMatchObject({ payment: 'NP後払い', creditStatus: '与信保留' });
  expect(await courses(sandbox)).toMatchObject([{ status: '停止' }]);
  const page = await (await fetch(`${sandbox.url}/offices/subscription-store`)).text();
  expect(page).toContain('コース注文状況を停止に変更しました');
  await sandbox.close();
});

test('「自動で代引きに変更する」 follows an imported 与信NG, never a hold', async () => {
  const { sandbox } = await openSandbox();
  expect((await form(sandbox, 'settings', 'changeToCod=true&generateDaysBefore=7')).status).toBe(303);
  const [first = '', second = ''] = await place(sandbox, 'paid', 2);
  await importResult(sandbox, [first, '与信NG', '', '', '', ''], [second, '与信保留', '', '', '', '']);
  expect(await order(sandbox, first)).toMatchObject({ payment: '代引き' });
  expect(await order(sandbox, second)).toMatchObject({ payment: 'NP後払い' });
  await sandbox.close();
});

test('courses generate so many days before, keep 定期回数, and after 再開 at 07:00 of the next day', async () => {
  const { sandbox, pass } = await openSandbox();
  const [number = ''] = await place(sandbox, 'first');
  await sleep(400);
  const [course] = await courses(sandbox);
  expect(course).toMatchObject({ status: '継続', count: 1, lastOrder: number });

  await form(sandbox, `courses/${course.number}/generate`);
  const byHand = await order(sandbox, 'SS26100002');
  expect(byHand).toMatchObject({
    course: { number: course.number, count: 2, generation: '手動生成' },
    plannedShipOn: course.nextShipOn,
    creditStatus: '取引審査待ち',
    orderStatus: '出荷待ち',
  });

  await office(sandbox, 'POST', '/orders/SS26100002/delete', {});
  expect(await courses(sandbox)).toMatchObject([{ count: 1 }]);

  await office(sandbox, 'POST', `/orders/${number}/stop-course`, {});
  pass(90 * 24 * hourMs);
  await sleep(600);
  expect(await courses(sandbox)).toMatchObject([{ status: '停止', count: 1 }]);

  await form(sandbox, `courses/${course.number}/payment`, `payment=${encodeURIComponent('代引き')}`);
  await form(sandbox, `courses/${course.number}/resume`);
  await sleep(400);
  const [resumed] = await courses(sandbox);
  expect(resumed).toMatchObject({ status: '継続', count: 1 });
  expect(new Date(resumed.generateFromMs).toISOString()).toMatch(/T22:00:00.000Z$/);
  const untilSeven = resumed.generateFromMs - (Date.now() + 90 * 24 * hourMs);
  expect(untilSeven).toBeGreaterThan(0);
  expect(untilSeven).toBeLessThanOrEqual(31 * hourMs);
  pass(31 * hourMs);
  await sleep(800);
  expect(await order(sandbox, 'SS26100003')).toMatchObject({
    course: { count: 2, generation: '自動生成' },
    payment: '代引き',
    creditStatus: '',
  });
  await sandbox.close();
});

describe('the API', () => {
  const base = (sandbox: Sandbox) => `${sandbox.url}/subsc/api/v1/external_cooperation`;
  const json = async (answer: Response) => ({ status: answer.status, body: JSON.parse(await answer.text()) });
  const post = async (url: string, body: object, token = '') =>
    json(
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      }),
    );
  const credentials = { client_id: 'demo-client', client_secret: 'demo-client-secret' };
  const tokenOf = async (sandbox: Sandbox) =>
    (await post(`${base(sandbox)}/access_tokens`, credentials)).body.access_token as string;
  const list = async (sandbox: Sandbox, token: string, page: number) => {
    const query = `ordered_from=2020-01-01T00:00:00Z&ordered_to=2030-01-01T00:00:00Z&page=${page}&per_page=2`;
    return json(
      await fetch(`${base(sandbox)}/orders?${query}`, { headers: { authorization: `Bearer ${token}` } }),
    );
  };

  test('gives a token for the credentials, lists orders in pages, and writes 決済状況 order by order', async () => {
    const { sandbox, pass } = await openSandbox();
    const wrong = await post(`${base(sandbox)}/access_tokens`, { ...credentials, client_secret: 'x' });
    expect(wrong.status).toBe(401);
    const [first = ''] = await place(sandbox, 'recurring', 3);
    const token = await tokenOf(sandbox);
    expect((await list(sandbox, 'nobody', 1)).status).toBe(401);
    const { body } = await list(sandbox, token, 2);
    expect(body).toMatchObject({ success: true, total_count: 3, orders: [{ uid: 'SS26100003' }] });
    expect(body.orders[0]).toMatchObject({
      order_status: '出荷待ち',
      settlement_status: '取引審査待ち',
      payment_method_name: 'NP後払い',
      is_generated: true,
      client_address: { zip_code: expect.stringMatching(/^\d{7}$/), state_id: expect.any(Number) },
    });
    const line = { np_transaction_id: null, error_message: '' };
    const written = await post(
      `${base(sandbox)}/orders/settlement_statuses`,
      {
        orders: [
          { uid: first, settlement_status: '与信NG', ...line, payment_method_name: '代引き' },
          { uid: 'nobody', settlement_status: '与信OK', ...line },
        ],
      },
      token,
    );
    expect(written.body.results).toMatchObject([{ success: true }, { success: false }]);
    expect(await order(sandbox, first)).toMatchObject({ payment: '代引き' });
    const unknown = { orders: [{ uid: first, settlement_status: '審査OK', ...line }] };
    expect((await post(`${base(sandbox)}/orders/settlement_statuses`, unknown, token)).status).toBe(422);
    pass(hourMs);
    expect((await list(sandbox, token, 1)).status).toBe(401);
    await sandbox.close();
  });

  test('has faults of its own', async () => {
    const { sandbox } = await openSandbox();
    const token = await tokenOf(sandbox);
    const fault = {
      fault: 'server-error',
      target: 'subscription-store',
      operation: 'orders',
      times: 1,
    };
    await control(sandbox, 'POST', '/faults', fault);
    expect((await list(sandbox, token, 1)).status).toBe(503);
    expect((await list(sandbox, token, 1)).status).toBe(200);
    await sandbox.close();
  });
});

test('orders, courses and settings are there after a restart', async () => {
  const { sandbox, dataDir } = await openSandbox();
  const [number = ''] = await place(sandbox, 'recurring');
  await form(sandbox, 'settings', 'generateDaysBefore=3');
  await sleep(400);
  const before = [await order(sandbox, number), await courses(sandbox)];
  await sandbox.close();
  const again = await openSandbox({}, dataDir);
  await sleep(400);
  expect([await order(again.sandbox, number), await courses(again.sandbox)]).toEqual(before);
  await again.sandbox.close();
});

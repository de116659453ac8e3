import {
  asynchronous,
  control,
  npClient,
  openSandbox,
  realTime,
  removeFolders,
  transaction,
  withBuyer,
} from './client.js';

type Opened = Awaited<ReturnType<typeof openSandbox>>;
let opened: Opened;
let np: ReturnType<typeof npClient>;
let last = 0;
const nextId = (): string => `FLOW-${(last += 1)}`;

beforeAll(async () => {
  opened = await openSandbox();
  np = npClient(opened.sandbox.npBaseUrl);
});
afterAll(async () => {
  await opened.sandbox.close();
  removeFolders();
});

const register = async (line: object): Promise<string> => {
  const answer = await np('POST', '/transactions', [line]);
  expect(answer).toMatchObject({ status: 200, errors: [] });
  return String(answer.results[0]?.np_transaction_id);
};
const find = async (id: string) => np('POST', '/authorizations/find', [{ np_transaction_id: id }]);
const resultOf = async (id: string) => (await find(id)).results[0]?.authori_result;
const edit = (id: string, changes: object) =>
  np('PATCH', '/transactions/update', [{ np_transaction_id: id, ...changes }]);
const cancel = (id: string) => np('PATCH', '/transactions/cancel', [{ np_transaction_id: id }]);
const report = (id: string, changes: object = {}) =>
  np('POST', '/shipments', [
    { np_transaction_id: id, pd_company_code: '59010', slip_no: '1234-5678', ...changes },
  ]);
const reviewMs = 3000;
const codesOf = ({ errors }: Awaited<ReturnType<typeof np>>) => errors[0]?.codes;

async function approved(changes: object = {}): Promise<string> {
  const id = await register(transaction(nextId(), changes));
  opened.pass(reviewMs);
  expect(await resultOf(id)).toBe('00');
  return id;
}

test('the connection test: good credentials 400 EPRO0101, bad ones 401 or 403', async () => {
  const url = opened.sandbox.npBaseUrl;
  expect(url.endsWith('/v1')).toBe(true);
  const ask = (who: typeof asynchronous) => npClient(url, who)('POST', '/authorizations/find', []);
  expect(await ask(asynchronous)).toMatchObject({ status: 400, errors: [{ codes: ['EPRO0101'] }] });
  expect((await ask({ ...asynchronous, spCode: 'WRONG' })).status).toBe(401);
  expect((await ask({ ...asynchronous, merchantCode: 'WRONG' })).status).toBe(401);
  expect((await ask({ ...asynchronous, terminalId: 'WRONG' })).status).toBe(403);
  expect((await fetch(`${url}/authorizations/find`, { method: 'POST' })).status).toBe(401);
});

test('a transaction is registered, reviewed, changed, reported, paid', async () => {
  const id = await register(transaction(nextId()));
  expect(id).toMatch(/^\d{11}$/);
  expect(await resultOf(id)).toBe('40');
  opened.pass(reviewMs * 0.6);
  expect(await resultOf(id)).toBe('50');
  opened.pass(reviewMs * 0.5);
  const result = (await find(id)).results[0];
  expect(result).toMatchObject({ np_transaction_id: id, authori_result: '00' });
  expect(result?.authori_required_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00$/);

  expect(await edit(id, { billed_amount: 5100 })).toMatchObject({ status: 200, errors: [] });
  expect(await resultOf(id)).toBe('40');
  expect(codesOf(await report(id))).toEqual(['E0100120']);
  opened.pass(reviewMs);

  expect(await report(id)).toMatchObject({ status: 200, results: [{ np_transaction_id: id }] });
  expect(codesOf(await report(id))).toEqual(['E0100115']);
  expect(codesOf(await edit(id, { billed_amount: 5000 }))).toEqual(['E0100115']);

  const pay = () => np('POST', '/transactions/payments/find', [{ np_transaction_id: id }]);
  expect((await pay()).results[0]).toEqual({ np_transaction_id: id, payment_status: '10' });
  expect((await control(opened.sandbox, 'POST', '/np/pay', { np_transaction_id: id })).status).toBe(200);
  expect((await pay()).results[0]).toMatchObject({ payment_status: '20' });
  expect(codesOf(await cancel(id))).toEqual(['E0100118']);
  expect(codesOf(await report(id))).toEqual(['E0100118']);
});

test('an identical edit is reviewed again, and a POST can stand for a PATCH', async () => {
  const id = await approved();
  const overridden = await np('POST', '/transactions/update', [{ np_transaction_id: id }], {
    'x-http-method-override': 'PATCH',
  });
  expect(overridden).toMatchObject({ status: 200, errors: [] });
  expect(await resultOf(id)).toBe('40');
  const plainPost = await np('POST', '/transactions/cancel', [{ np_transaction_id: id }]);
  expect(plainPost.status).toBe(405);
});

test('after a cancel everything is refused with E0100114', async () => {
  const id = await approved();
  expect(await cancel(id)).toMatchObject({ status: 200, results: [{ np_transaction_id: id }] });
  for (const answer of [await cancel(id), await edit(id, {}), await report(id), await find(id)]) {
    expect(answer).toMatchObject({ status: 400, errors: [{ id, codes: ['E0100114'] }] });
  }
});

test('a real-time merchant gets the result in the answer, one transaction a call', async () => {
  const client = npClient(opened.sandbox.npBaseUrl, realTime);
  const held = await client('POST', '/transactions', [
    withBuyer(nextId(), { department_name: '保留RE009ＲＥ０２１' }),
  ]);
  expect(held.results[0]).toMatchObject({ authori_result: '10', authori_hold: ['RE009', 'RE021'] });
  const two = await client('POST', '/transactions', [transaction(nextId()), transaction(nextId())]);
  expect(two).toMatchObject({ status: 400, errors: [{ codes: ['SANDBOX07'] }] });
  const foreign = await np('POST', '/authorizations/find', [held.results[0] ?? {}]);
  expect(codesOf(foreign)).toEqual(['E0100113']);
});

test('a batch answers line by line: done ones, refused ones, ids', async () => {
  const lines = [transaction(nextId()), withBuyer('BAD', { tel: '031234567' }), transaction(nextId())];
  const mixed = await np('POST', '/transactions', lines);
  expect(mixed.status).toBe(200);
  expect(mixed.results.map((line) => line.shop_transaction_id)).toEqual([
    lines[0]?.shop_transaction_id,
    lines[2]?.shop_transaction_id,
  ]);
  expect(mixed.errors).toEqual([{ id: 'BAD', codes: ['E0100067'] }]);

  const [first, second] = mixed.results.map((line) => String(line.np_transaction_id));
  const ids = [first, first, '12345', '1234567890あ', '', '99999999999', second];
  const answer = await np(
    'POST',
    '/authorizations/find',
    ids.map((id) => ({ np_transaction_id: id })),
  );
  expect(answer.results.map((line) => line.np_transaction_id)).toEqual([second]);
  expect(answer.errors.map((line) => line.codes[0])).toEqual([
    'EPRO0106',
    'EPRO0106',
    'E0100003',
    'E0100002',
    'EPRO0105',
    'E0100113',
  ]);
});

test('1,000 lines are answered, 1,001 are refused', async () => {
  const many = (count: number) => Array.from({ length: count }, () => transaction(nextId()));
  expect(await np('POST', '/transactions', many(1001))).toMatchObject({
    status: 400,
    errors: [{ codes: ['EPRO0102'] }],
  });
  const lines = many(1000);
  const answer = await np('POST', '/transactions', lines);
  expect(answer.results).toHaveLength(1000);
});

test('the duplicate guard refuses the same id and total within a month, and can be switched off', async () => {
  const line = transaction(nextId());
  await register(line);
  expect(codesOf(await np('POST', '/transactions', [line]))).toEqual(['E0100999']);
  await register({ ...line, billed_amount: 5001 });
  await control(opened.sandbox, 'PATCH', '/settings', { duplicateGuard: false });
  await register(line);
  await control(opened.sandbox, 'PATCH', '/settings', { duplicateGuard: true });
  expect(opened.sandbox.transactions(line.shop_transaction_id)).toHaveLength(3);
});

test('magic words script holds, rejections, errors, lapses, payments and stale answers', async () => {
  const reviewed = async (changes: object) => {
    const id = await register(withBuyer(nextId(), changes));
    opened.pass(reviewMs);
    return { id, result: (await find(id)).results[0] };
  };
  const held = await reviewed({ customer_name: '保留RE014' });
  expect(held.result).toMatchObject({ authori_result: '10', authori_hold: ['RE014'] });
  await edit(held.id, { customer: { customer_name: '山田 花子' } });
  opened.pass(reviewMs);
  expect(await resultOf(held.id)).toBe('00');

  const rejected = await reviewed({ address: '東京都千代田区丸の内1-1 審査NG002' });
  expect(rejected.result).toMatchObject({ authori_result: '20', authori_ng: 'NG002' });
  expect((await reviewed({ company_name: '審査ER' })).result).toMatchObject({ authori_result: '30' });
  expect((await reviewed({ department_name: '審査中' })).result).toMatchObject({ authori_result: '50' });
  const byAmount = await register(
    transaction(nextId(), {
      billed_amount: 19_911,
      goods: [{ goods_name: '茶', goods_price: 19_911, quantity: 1 }],
    }),
  );
  opened.pass(reviewMs);
  expect(await resultOf(byAmount)).toBe('20');

  const refused = await np('POST', '/transactions', [
    withBuyer(nextId(), { department_name: 'エラーE0100059E0100065' }),
  ]);
  expect(codesOf(refused)).toEqual(['E0100059', 'E0100065']);
  const scripted = await reviewed({ department_name: '出荷エラーE0109002 取消エラーE0100131' });
  expect(codesOf(await report(scripted.id))).toEqual(['E0109002']);
  expect(codesOf(await cancel(scripted.id))).toEqual(['E0100131']);

  const lapsing = await reviewed({ department_name: '失効' });
  opened.pass(5000);
  expect(codesOf(await report(lapsing.id))).toEqual(['E0100114']);

  const paying = await reviewed({ department_name: '入金' });
  await report(paying.id);
  opened.pass(5000);
  expect(codesOf(await cancel(paying.id))).toEqual(['E0100118']);

  const stale = await reviewed({ department_name: '古い00' });
  await edit(stale.id, { billed_amount: 5200 });
  expect([await resultOf(stale.id), await resultOf(stale.id), await resultOf(stale.id)]).toEqual([
    '00',
    '00',
    '40',
  ]);
});

test('an outcome can be set through the control API, before and after', async () => {
  const shopId = nextId();
  await control(opened.sandbox, 'POST', '/np/outcome', {
    shop_transaction_id: shopId,
    outcome: { result: 'ng', ng: 'NG001' },
  });
  const id = await register(transaction(shopId));
  opened.pass(reviewMs);
  expect(await resultOf(id)).toBe('20');
  await control(opened.sandbox, 'POST', '/np/outcome', {
    np_transaction_id: id,
    outcome: { result: 'approve' },
  });
  expect(await resultOf(id)).toBe('00');

  const { body } = await control(opened.sandbox, 'POST', '/np/outcome', {
    shop_transaction_id: shopId,
    outcome: { lapse: true },
  });
  expect(body.transactions[0].state).toBe('approved');
  opened.pass(5000);
  expect(opened.sandbox.transactions(shopId)[0]).toMatchObject({ state: 'lapsed', isLive: false });
  expect((await control(opened.sandbox, 'POST', '/np/pay', { np_transaction_id: id })).status).toBe(409);
});

test('a longer review (RE029) ends by itself, and an invoice can be printed later', async () => {
  const id = await register(withBuyer(nextId(), { department_name: '保留RE029' }));
  opened.pass(reviewMs);
  expect(await resultOf(id)).toBe('10');
  opened.pass(60_000);
  expect(await resultOf(id)).toBe('00');

  const wiz = await register({
    ...withBuyer(nextId(), { department_name: '未印刷' }),
    settlement_type: '03',
  });
  opened.pass(reviewMs);
  const today = () => new Date(Date.now() + 9 * 3_600_000 + 10 * 60_000).toISOString().slice(0, 10);
  expect(codesOf(await report(wiz, { bill_issued_date: today() }))).toEqual(['E0100121']);
  await control(opened.sandbox, 'POST', '/np/print', { np_transaction_id: wiz });
  expect((await report(wiz, { bill_issued_date: today() })).errors).toEqual([]);
});

test('a partial return: cancel, re-register with less, report again', async () => {
  const base = await approved();
  const again = (changes: object = {}) =>
    np('POST', '/transactions/reregister', [
      {
        base_np_transaction_id: base,
        shop_transaction_id: nextId(),
        shop_order_date: '2026-11-21',
        billed_amount: 2500,
        goods: [{ goods_name: '煎茶', goods_price: 2500, quantity: 1 }],
        ...changes,
      },
    ]);
  expect(codesOf(await again())).toEqual(['SANDBOX09']);
  await report(base);
  await cancel(base);
  expect(codesOf(await again({ billed_amount: 5001 }))).toContain('E0131010');
  const answer = await again();
  expect(answer.results[0]).toMatchObject({ base_np_transaction_id: base, authori_result: '00' });
  expect(codesOf(await again())).toEqual(['E0131006']);

  let latest = String(answer.results[0]?.np_transaction_id);
  for (let round = 2; round <= 4; round += 1) {
    await report(latest);
    await cancel(latest);
    const next = await again({ base_np_transaction_id: latest });
    if (round <= 3) latest = String(next.results[0]?.np_transaction_id);
    else expect(codesOf(next)).toEqual(['E0131011']);
  }
});

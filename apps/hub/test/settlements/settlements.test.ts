import { randomUUID } from 'node:crypto';
import { writeTable } from '@np-hub/kit';
import {
  japaneseDay,
  type BillingPage,
  type ChangePage,
  type DepositFileView,
  type DepositRowPage,
  type MonthView,
} from '@np-hub/model';
import { cartOf, type Cart } from '../path/cart.js';
import { startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
}, 60_000);
afterAll(() => hub.stop());

const today = (): string => japaneseDay(hub.clock.now());
const monthQuery = (): string => `?shopId=${hub.shopId}&month=${today().slice(0, 7)}`;
const header = [
  '通番',
  'NP取引ID',
  '加盟店取引ID',
  'ご購入者名',
  '取引総額',
  'NP手数料(税抜)',
  'NP手数料消費税',
  'お支払総額',
];

/** 2.9% and 190 yen, as the contract of these tests has it. */
const feeOf = (total: number): number => Math.floor((total * 290) / 10_000) + 190;

/** A line as NP writes it, unless it is to be wrong. */
const line = (npId: string, shopId: string, total: number, wrong: { fee?: number; paid?: number } = {}) => {
  const fee = wrong.fee ?? feeOf(total);
  const tax = Math.floor(fee / 10);
  return ['1', npId, shopId, '山田　太郎', total, fee, tax, wrong.paid ?? total - fee - tax].map(String);
};
const fileOf = (lines: readonly string[][], encoding: 'cp932' | 'utf8' = 'cp932') =>
  writeTable(encoding, header, lines).bytes;

async function send<Body>(content: Buffer, query = ''): Promise<{ status: number; body: Body }> {
  const signedIn = await fetch(`${hub.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'support', password: 'correct horse battery' }),
  });
  const response = await fetch(`${hub.url}/api/v1/deposits/${hub.connectionId}?name=np.csv${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      cookie: signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '',
      'idempotency-key': randomUUID(),
    },
    body: new Uint8Array(content),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

async function shipped(magic?: string): Promise<{ number: string; npId: string; billedYen: number }> {
  const number = magic === undefined ? await cart.place() : await cart.placeMagic(magic);
  await hub.until(number, 'approved');
  await cart.ship(number, `4012-${number.slice(-4)}-0001`);
  const { facts } = await hub.until(number, ['reported', 'paid']);
  const attempt = facts.attempts[0];
  return {
    number,
    npId: attempt?.npTransactionId ?? '',
    billedYen: attempt?.payload?.billedYen ?? 0,
  };
}

const paymentOf = async (number: string) => (await hub.page(number)).attempts[0]?.payment;

test('what NP says of a payment is shown in its own words: unpaid, paid with the day, and 不明', async () => {
  const unpaid = await shipped();
  await hub.eventually(async () => (await paymentOf(unpaid.number))?.status === 'unpaid');

  const hidden = await shipped('入金非開示');
  await hub.eventually(async () => (await paymentOf(hidden.number))?.status === 'undisclosed');
  expect(await paymentOf(hidden.number)).toMatchObject({ raw: '30', paidOn: null });
  expect((await hub.stored(hidden.number))?.state).toBe('reported');

  await hub.control('POST', '/np/pay', { np_transaction_id: unpaid.npId });
  await hub.until(unpaid.number, 'paid');
  expect(await paymentOf(unpaid.number)).toMatchObject({ status: 'paid', raw: '20', paidOn: today() });

  const changes = await (await hub.as('viewer')).get<ChangePage>('/changes?limit=500');
  const told = changes.body.rows.filter(({ orderNumber }) => orderNumber === unpaid.number);
  expect(told.at(-1)).toMatchObject({ state: 'paid', paidOn: today() });
});

test('a month: fees only where the contract is known, payouts, what is paid, and what goes back', async () => {
  const { number, npId, billedYen } = await shipped();
  const operator = await hub.as('operator');
  const month = async () => (await operator.get<MonthView>(`/settlements/month${monthQuery()}`)).body;
  const rowOf = async () => (await month()).rows.find(({ orderNumber }) => orderNumber === number);
  expect(await rowOf()).toMatchObject({ billedYen, feeYen: null, payoutYen: null, reportedOn: today() });
  expect((await month()).summary.unpriced).toBeGreaterThan(0);

  const set = await operator.put(`/settlements/fees/${hub.connectionId}`, {
    rateBasisPoints: 290,
    perTransactionYen: 190,
    taxPercent: 10,
  });
  expect(set.status).toBe(200);
  const fee = feeOf(billedYen);
  expect(await rowOf()).toMatchObject({
    feeYen: fee,
    taxYen: Math.floor(fee / 10),
    payoutYen: billedYen - fee - Math.floor(fee / 10),
  });

  // Paid before the cancel: the shop pays back itself, and NP's payout stands.
  await hub.control('POST', '/np/pay', { np_transaction_id: npId });
  await cart.cancel(number);
  await hub.until(number, 'cancel-refused-paid');
  expect(await rowOf()).toMatchObject({ refundYen: billedYen, payment: 'paid' });
  // Cancelled on the day of the report: neither payout nor fee.
  const other = await shipped();
  await cart.cancel(other.number);
  await hub.until(other.number, 'cancelled');
  const { summary, rows } = await month();
  expect(rows.find(({ orderNumber }) => orderNumber === other.number)).toMatchObject({
    cancelledOn: today(),
    feeYen: 0,
    payoutYen: 0,
  });
  const sum = (of: (row: (typeof rows)[number]) => number | null) =>
    rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  expect(summary).toMatchObject({
    transactions: rows.length,
    unpriced: 0,
    payoutYen: sum((row) => row.payoutYen),
    feeYen: sum((row) => row.feeYen),
    refundYen: sum((row) => row.refundYen),
    cancelled: 1,
    refunds: 1,
  });
});

test('the month as a file, in Shift_JIS or UTF-8; the last line is the sum', async () => {
  const signedIn = await fetch(`${hub.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'support', password: 'correct horse battery' }),
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const download = async (encoding: string) => {
    const path = `/api/v1/settlements/month.csv${monthQuery()}&encoding=${encoding}`;
    const response = await fetch(`${hub.url}${path}`, { headers: { cookie } });
    return Buffer.from(await response.arrayBuffer());
  };
  const lines = new TextDecoder('shift_jis')
    .decode(await download('cp932'))
    .trimEnd()
    .split('\r\n');
  expect(lines[0]).toContain('入金予定額');
  expect(lines.at(-1)).toMatch(/^合計,/u);
  expect((await download('utf8')).toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n')).toEqual(
    lines,
  );
});

test('NP’s deposits are read against what was reported; the same file twice changes nothing', async () => {
  const [good, short, dear, missing] = [await shipped(), await shipped(), await shipped(), await shipped()];
  const approved = await cart.place();
  await hub.until(approved, 'approved');
  const unreported = cart.theOneAtNp(approved).npTransactionId;
  const rows = [
    line(good.npId, good.number, good.billedYen),
    line(short.npId, short.number, short.billedYen - 100, { fee: feeOf(short.billedYen) }),
    line(dear.npId, dear.number, dear.billedYen, { fee: 999 }),
    line('99999999999', 'P-OTHER', 1_000),
    line(unreported, approved, 1_000),
    line(good.npId, good.number, good.billedYen),
    ['8', '山田太郎', good.number, '山田　太郎', '1000', '1', '0', '999'],
  ];
  const days = `&fromDay=${today()}&toDay=${today()}`;
  const seen = await send<DepositFileView>(fileOf(rows), days);
  expect(seen).toMatchObject({ status: 200, body: { state: 'preview', rows: 7, agreeing: 0, sameAs: null } });
  expect(seen.body.differences).toEqual({
    'paid-twice': 2,
    'amount-differs': 1,
    'fee-differs': 1,
    unknown: 1,
    'not-reported': 1,
    malformed: 1,
  });
  const support = await hub.as('support');
  const take = (id: string) => support.post<DepositFileView>(`/deposits/files/${id}/take`);
  // A preview counts for nothing.
  expect((await support.get<DepositFileView[]>('/deposits')).body).toEqual([]);

  const { body: taken } = await take(seen.body.id);
  expect(taken).toMatchObject({ state: 'taken', rows: 7 });
  const lost = await support.get<BillingPage>(`/deposits/files/${taken.id}/missing`);
  const numbers = lost.body.rows.map(({ orderNumber }) => orderNumber);
  expect(numbers).toContain(missing.number);
  expect(numbers).not.toContain(good.number);

  // The same content in another encoding is the same file.
  const again = await send<DepositFileView>(fileOf(rows, 'utf8'), days);
  expect(again.body).toMatchObject({ state: 'preview', sameAs: taken.id });
  expect((await take(again.body.id)).body).toMatchObject({ id: taken.id, sameAs: taken.id });
  expect((await support.get<DepositFileView[]>('/deposits')).body).toHaveLength(1);

  // Another file that pays one of them once more is not the same, and says so.
  const second = await send<DepositFileView>(
    fileOf([
      line(dear.npId, dear.number, dear.billedYen),
      line(missing.npId, missing.number, missing.billedYen),
    ]),
  );
  expect(second.body).toMatchObject({ agreeing: 1, differences: { 'paid-twice': 1 }, missing: null });
  const twice = await support.get<DepositRowPage>(
    `/deposits/files/${second.body.id}/rows?difference=paid-twice`,
  );
  expect(twice.body.rows).toMatchObject([{ npTransactionId: dear.npId, shopId: hub.shopId }]);

  const kept: unknown = await hub.database.query('select * from deposit_files, deposit_rows');
  expect(JSON.stringify(kept)).not.toMatch(/山田/u);
});

test('a file without the columns of the money is refused by name, and leaves nothing', async () => {
  const wrong = writeTable('utf8', ['通番', 'NP取引ID'], [['1', '12345678901']]).bytes;
  expect(await send(wrong)).toMatchObject({ status: 400, body: { error: 'columns-missing' } });
  expect(await hub.database.query(`select 1 from deposit_files where state = 'reading'`)).toEqual([]);
});

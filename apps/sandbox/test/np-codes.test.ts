import { npClient, openSandbox, person, removeFolders, transaction } from './client.js';

type Opened = Awaited<ReturnType<typeof openSandbox>>;
let opened: Opened;
let np: ReturnType<typeof npClient>;

beforeAll(async () => {
  opened = await openSandbox({ settings: { reviewDelayMs: 0 } });
  np = npClient(opened.sandbox.npBaseUrl);
});
afterAll(async () => {
  await opened.sandbox.close();
  removeFolders();
});

/** Field, wrong value, the buyer's code (section 4b), the destination's code (section 4c). */
const partyTable: [field: string, value: string, buyer: string, destination: string | null][] = [
  ['customer_name', '', 'E0100048', 'E0100072'],
  ['customer_name', '山田😀', 'E0100049', 'E0100073'],
  ['customer_name', '山'.repeat(22), 'E0100050', 'E0100074'],
  ['customer_name_kana', 'ヤ'.repeat(26), 'E0100051', 'E0100075'],
  ['customer_name_kana', 'ヤマダ\u301C', 'E0100052', 'E0100076'],
  ['company_name', '社'.repeat(31), 'E0100053', 'E0100077'],
  ['company_name', '会社\u0007', 'E0100054', 'E0100078'],
  ['department_name', '部'.repeat(31), 'E0100055', 'E0100079'],
  ['department_name', '部😀', 'E0100056', 'E0100080'],
  ['zip_code', '', 'E0100057', 'E0100081'],
  ['zip_code', '１００-0005', 'E0100058', 'E0100082'],
  ['zip_code', '100-005', 'E0100136', 'E0100137'],
  ['zip_code', '530-0001', 'E0100059', 'E0100083'],
  ['address', '', 'E0100060', 'E0100084'],
  ['address', '東京都千代田区丸の内1\u2212 2', 'E0100061', 'E0100085'],
  ['address', `東京都${'あ'.repeat(53)}`, 'E0100062', 'E0100086'],
  ['address', '東京(23区内)千代田区丸の内1-1', 'E0100059', 'E0100083'],
  ['tel', '', 'E0100063', 'E0100087'],
  ['tel', '+81-90-1234-5678', 'E0100064', 'E0100088'],
  ['tel', '9012345678', 'E0100065', 'E0100089'],
  ['tel', '090-1234-567', 'E0100066', 'E0100090'],
  ['tel', '031-234-567', 'E0100067', 'E0100091'],
  ['email', '', 'E0100068', null],
  ['email', '花子@example.jp', 'E0100069', null],
  ['email', `${'a'.repeat(90)}@example.jp`, 'E0100070', null],
  ['email', 'hanako.example.jp', 'E0100071', null],
];

test.each(partyTable)('%s %j is refused', async (field, value, buyerCode, destinationCode) => {
  const buyer = person({ email: 'hanako@example.jp', [field]: value });
  const wrongBuyer = await np('POST', '/transactions', [transaction('B', { customer: buyer })]);
  expect(wrongBuyer).toMatchObject({ status: 400, results: [], errors: [{ id: 'B', codes: [buyerCode] }] });
  const destination = person({ [field]: value });
  const wrongDestination = await np('POST', '/transactions', [
    transaction(`D-${field}-${value.length}`, { dest_customer: destination }),
  ]);
  if (destinationCode) expect(wrongDestination.errors[0]?.codes).toEqual([destinationCode]);
  else expect(wrongDestination.errors).toEqual([]);
});

test.each([
  [
    'the longest texts',
    { customer_name: '山'.repeat(21), address: `東京都${'あ'.repeat(52)}`, company_name: '社'.repeat(30) },
  ],
  ['a postal code without hyphen', { zip_code: '1000005' }],
  ['a landline', { tel: '03-1234-5678' }],
  ['an IP phone', { tel: '05012345678' }],
  ['platform-dependent characters', { customer_name: '髙橋 ①' }],
])('%s are accepted', async (name, changes) => {
  const answer = await np('POST', '/transactions', [transaction(name, { dest_customer: person(changes) })]);
  expect(answer).toMatchObject({ status: 200, errors: [] });
});

const goods = (priceYen: number) => [{ goods_name: '茶', goods_price: priceYen, quantity: 1 }];

test.each([
  ['SANDBOX01', { shop_transaction_id: 'x'.repeat(41) }],
  ['SANDBOX02', { shop_order_date: '2026-02-30' }],
  ['SANDBOX03', { settlement_type: '01' }],
  ['SANDBOX04', { billed_amount: 0 }],
  ['SANDBOX04', { billed_amount: '5000' }],
  ['SANDBOX05', { site_url: 'h'.repeat(101) }],
  ['SANDBOX06', { goods: [] }],
  ['E0102004', { billed_amount: 5000, goods: goods(8001) }],
  ['E0102004', { billed_amount: 5000, goods: goods(1999) }],
])('%s', async (code, changes) => {
  const answer = await np('POST', '/transactions', [transaction('AMOUNTS', changes)]);
  expect(answer.errors[0]?.codes).toEqual([code]);
});

test('a difference of exactly 3,000 yen is accepted', async () => {
  const lines = [
    transaction('EDGE-1', { goods: goods(8000) }),
    transaction('EDGE-2', { goods: goods(2000) }),
  ];
  expect((await np('POST', '/transactions', lines)).results).toHaveLength(2);
});

test('a missing destination is required for 02 and may be left out for wiz', async () => {
  const { dest_customer: _destination, ...without } = transaction('NO-DEST');
  const answer = await np('POST', '/transactions', [without]);
  expect(answer.errors[0]?.codes).toEqual(['E0100072', 'E0100081', 'E0100084', 'E0100087']);
  const blank = { customer_name: '', zip_code: '', address: '', tel: '' };
  const wiz = await np('POST', '/transactions', [
    transaction('WIZ-BLANK', { settlement_type: '03', dest_customer: blank }),
  ]);
  expect(wiz.errors).toEqual([]);
});

async function registered(shopTransactionId: string, changes: object = {}): Promise<string> {
  const answer = await np('POST', '/transactions', [transaction(shopTransactionId, changes)]);
  return String(answer.results[0]?.np_transaction_id);
}

const japanDay = (daysAway: number): string =>
  new Date(Date.now() + (9 + daysAway * 24) * 3_600_000).toISOString().slice(0, 10);

test('every code of a shipment report', async () => {
  const plain = await registered('REPORT-02');
  const wiz = await registered('REPORT-03', { settlement_type: '03' });
  const unprinted = await registered('REPORT-UNPRINTED', {
    settlement_type: '03',
    customer: person({ email: 'a@example.jp', department_name: '未印刷' }),
  });
  const today = japanDay(0);
  const table: [string, object, string][] = [
    [plain, { pd_company_code: '' }, 'E0100105'],
    [plain, { pd_company_code: '5901A' }, 'E0100106'],
    [plain, { pd_company_code: '5901' }, 'E0100107'],
    [plain, { pd_company_code: '59999' }, 'E0100108'],
    [plain, { pd_company_code: '55555' }, 'E0100108'],
    [plain, { slip_no: '' }, 'E0100109'],
    [plain, { slip_no: '1'.repeat(21) }, 'E0100110'],
    [plain, { slip_no: '１２３４' }, 'E0100110'],
    [plain, { bill_issued_date: today }, 'E0100143'],
    [wiz, {}, 'E0100111'],
    [wiz, { bill_issued_date: '20261121' }, 'EPRO0109'],
    [wiz, { bill_issued_date: japanDay(11) }, 'E0100126'],
    [wiz, { bill_issued_date: japanDay(-2) }, 'E0100124'],
    [unprinted, { bill_issued_date: today }, 'E0100121'],
  ];
  for (const [id, changes, code] of table) {
    const line = { np_transaction_id: id, pd_company_code: '59010', slip_no: '1234', ...changes };
    const answer = await np('POST', '/shipments', [line]);
    expect({ changes, errors: answer.errors }).toEqual({ changes, errors: [{ id, codes: [code] }] });
  }
  const good = { np_transaction_id: wiz, pd_company_code: '50000', slip_no: 'A-1', bill_issued_date: today };
  expect((await np('POST', '/shipments', [good])).results).toEqual([{ np_transaction_id: wiz }]);
});

test('a body that is no JSON is refused, after the credentials', async () => {
  const basic = Buffer.from('DEMO000001:SP00000001').toString('base64');
  const response = await fetch(`${opened.sandbox.npBaseUrl}/transactions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${basic}`,
      'x-np-terminal-id': '2000099001',
    },
    body: '{"transactions":',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ errors: [{ id: '', codes: ['SANDBOX08'] }] });
});

import { invoicePageSchema, japaneseDay, type BulkResults, type InvoiceStep } from '@np-hub/model';
import { startTestHub, type TestHub } from '../support/hub.js';
import { addOpenShop, orderBody, programOf, type Program } from '../open/any-system.js';

let hub: TestHub;
let shopId: string;
let program: Program;

beforeAll(async () => {
  hub = await startTestHub({ shop: false });
  shopId = await addOpenShop(hub, { settings: { settlementType: '03' } });
  program = await programOf(hub, shopId);
});
afterAll(() => hub.stop());

const until = (number: string, state: Parameters<TestHub['until']>[1]) =>
  hub.until(number, state, { shopId });
const page = async (step: InvoiceStep) => {
  const { status, body } = await (
    await hub.as('support')
  ).get(`/enclosed-invoices?shopId=${shopId}&step=${step}`);
  expect(status).toBe(200);
  return invoicePageSchema.parse(body);
};
const numbersOf = async (step: InvoiceStep) => (await page(step)).rows.map(({ orderNumber }) => orderNumber);
const print = async (number: string, issuedOn?: string) => {
  const row = await hub.stored(number, shopId);
  const support = await hub.as('support');
  return support.post<BulkResults & { error?: string }>('/enclosed-invoices/bulk/printed', {
    keys: [{ shopId, id: row?.id }],
    ...(issuedOn ? { issuedOn } : {}),
  });
};
const shipment = (orderNumber: string) => ({ orderNumber, carrier: '59010', slipNumber: '123456789012' });
const dayFromNow = (days: number) => japaneseDay(new Date(hub.clock.now().getTime() + days * 86_400_000));

test('from approval to report: to print, printed, to report, and late before NP would refuse its date', async () => {
  await program.put('W-1', orderBody(hub));
  const approved = await until('W-1', 'approved');
  expect(approved.gate).toBe('wait');
  expect(await page('to-print')).toMatchObject({
    counts: { 'to-print': 1, printed: 0, 'to-report': 0, late: 0 },
  });

  const tooFar = await print('W-1', dayFromNow(11));
  expect([tooFar.status, tooFar.body.error]).toEqual([400, 'invalid-input']);
  const issuedOn = dayFromNow(0);
  expect((await print('W-1', issuedOn)).body.results).toMatchObject([{ ok: true }]);
  expect((await until('W-1', 'approved')).gate).toBe('ship');
  const [row] = (await page('printed')).rows;
  expect(row).toMatchObject({ orderNumber: 'W-1', issuedOn, reportBy: dayFromNow(10) });

  for (let days = 0; days < 7; days += 1) hub.nextDay();
  expect(await numbersOf('late')).toEqual(['W-1']);
  await program.post('shipments', { shipments: [shipment('W-1')] });
  await until('W-1', ['reported', 'paid']);
  // NP is told the date that stands on the paper, and no other.
  const atNp = hub.sandbox.transactions().find(({ shopTransactionId }) => shopTransactionId === 'W-1');
  expect(atNp?.report?.billIssuedOn).toBe(issuedOn);
  expect(await numbersOf('late')).toEqual([]);
});

test('a date too old for NP fails loudly; printed anew, the report goes', async () => {
  await program.put('W-2', orderBody(hub));
  await until('W-2', 'approved');
  await print('W-2', dayFromNow(-10));
  hub.nextDay();
  await program.post('shipments', { shipments: [shipment('W-2')] });
  const failed = await until('W-2', 'report-failed');
  expect(failed.facts.refusal?.reasons.map(({ code }) => code)).toContain('E0100126');
  expect(await numbersOf('to-report')).toContain('W-2');
  await print('W-2');
  await until('W-2', ['reported', 'paid']);
});

test('another content needs another invoice', async () => {
  await program.put('W-3', orderBody(hub));
  await until('W-3', 'approved');
  await print('W-3');
  await until('W-3', ({ gate }) => gate === 'ship');
  const lines = [{ name: '見本品', unitPriceYen: 4_000, quantity: 1 }];
  await program.put('W-3', orderBody(hub, { lines, billedYen: 4_000 }));
  const changed = await until(
    'W-3',
    ({ state, facts }) => state === 'approved' && facts.wanted.payload.billedYen === 4_000,
  );
  expect([changed.gate, changed.facts.wanted.invoiceIssuedOn]).toEqual(['wait', null]);
});

describe('the way of billing', () => {
  const elsewhere = {
    name: '贈答 花子',
    postalCode: '106-0032',
    address: '東京都港区六本木2-2-2',
    phone: '03-1234-9999',
  };
  const set = async (policies: object) => (await hub.as('operator')).patch(`/shops/${shopId}`, { policies });
  const typeOf = async (number: string, body: object) => {
    await program.put(number, orderBody(hub, body));
    const { facts, state } = await until(number, ['approved', 'blocked']);
    return [state, facts.wanted.payload.settlementType, facts.wanted.problems.map(({ rule }) => rule)];
  };

  test('for every order of the shop, or as the cart says of each', async () => {
    expect(await typeOf('W-10', { settlementType: '02' })).toEqual(['approved', '02', []]);
    await set({ settlementType: '02' });
    expect(await typeOf('W-11', { settlementType: '03' })).toEqual(['approved', '02', []]);
    await set({ settlementType: 'cart' });
  });

  test('where the goods go to somebody else: enclosed, sent by NP, or asked', async () => {
    expect(await typeOf('W-12', { destinations: [elsewhere] })).toEqual(['approved', '03', []]);
    await set({ encloseElsewhere: 'send' });
    expect(await typeOf('W-13', { destinations: [elsewhere] })).toEqual(['approved', '02', []]);
    expect(await typeOf('W-14', {})).toEqual(['approved', '03', []]);
    await set({ encloseElsewhere: 'ask' });
    expect(await typeOf('W-15', { destinations: [elsewhere] })).toEqual([
      'blocked',
      '03',
      ['enclosed-elsewhere'],
    ]);
    await set({ encloseElsewhere: 'enclose' });
  });

  const choose = async (number: string, settlementType: string) => {
    const row = await hub.stored(number, shopId);
    return (await hub.as('support')).post<{ error?: string }>(
      `/transactions/${shopId}/${row?.id}/actions/correct`,
      { fields: { settlementType } },
    );
  };
  const atNp = (number: string) =>
    hub.sandbox.transactions(number).map(({ payload, edits }) => [payload.settlement_type, edits]);

  test('chosen by staff for one order, over the shop’s own way, until it is reported', async () => {
    await set({ settlementType: '03', encloseElsewhere: 'ask' });
    expect(await typeOf('W-20', {})).toEqual(['approved', '03', []]);
    expect((await choose('W-20', '04')).status).toBe(400);
    expect((await choose('W-20', '02')).status).toBe(200);
    // NP is told, and reviews again: then nothing has to be printed.
    await until('W-20', ({ gate, facts }) => gate === 'ship' && facts.wanted.payload.settlementType === '02');
    expect(atNp('W-20')).toEqual([['02', 1]]);
    // The cart's next word about the order does not undo it; taking the choice back does.
    await program.put('W-20', orderBody(hub, { note: '別送で' }));
    await hub.settle();
    expect((await hub.stored('W-20', shopId))?.facts.wanted.payload.settlementType).toBe('02');
    expect((await choose('W-20', '')).status).toBe(200);
    await until(
      'W-20',
      ({ state, facts }) => state === 'approved' && facts.wanted.payload.settlementType === '03',
    );
    expect((await choose('W-20', '02')).status).toBe(200);
    await until('W-20', ({ gate }) => gate === 'ship');
    await program.post('shipments', { shipments: [shipment('W-20')] });
    await until('W-20', ['reported', 'paid']);
    expect(await choose('W-20', '03')).toMatchObject({ status: 409, body: { error: 'already-reported' } });
  });

  test('who encloses it for somebody else has answered what the shop wanted to be asked', async () => {
    expect(await typeOf('W-21', { destinations: [elsewhere] })).toEqual([
      'blocked',
      '03',
      ['enclosed-elsewhere'],
    ]);
    expect((await choose('W-21', '03')).status).toBe(200);
    await until('W-21', 'approved');
    expect(atNp('W-21')).toEqual([['03', 0]]);
    await set({ settlementType: 'cart', encloseElsewhere: 'enclose' });
  });
});

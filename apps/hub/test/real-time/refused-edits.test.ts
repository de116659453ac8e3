import type { ApiClient } from '../support/client.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { addRealTimeShop, atNp, authorize, orderOf } from './support.js';

let hub: TestHub;
let shopId: string;
let support: ApiClient;

beforeAll(async () => {
  hub = await startTestHub({ shop: false });
  ({ shopId } = await addRealTimeShop(hub));
  support = await hub.as('support');
});
afterAll(() => hub.stop());

const until = (number: string, wanted: Parameters<TestHub['until']>[1]) =>
  hub.until(number, wanted, { shopId });

/** A confirmed order, an edit of it that NP rejects (but for another `magic`), and what others say of the order while NP is asked. */
async function editBeside(
  number: string,
  meanwhile: (id: string) => Promise<void>,
  {
    before,
    buyer,
    magic = '審査NG001',
  }: { before?: (id: string) => Promise<void>; buyer?: object; magic?: string } = {},
) {
  await authorize(hub, { shopId, screen: 'checkout', order: orderOf(hub, number) });
  await support.post(`/shops/${shopId}/confirmations`, { orderNumbers: [number] });
  const { id } = await until(number, 'approved');
  await before?.(id);
  await until(number, ({ state, facts }) => state === 'approved' && !facts.inFlight);
  await hub.control('POST', '/faults', { fault: 'latency', operation: 'edit', delayMs: 2_000, times: 1 });
  const lines = [{ name: '見本品', unitPriceYen: 3_000, quantity: 2 }];
  const order = orderOf(hub, number, magic, { lines, billedYen: 6_000 });
  const edited = { ...order, buyer: { ...order.buyer, ...buyer } };
  const asking = authorize(hub, { shopId, screen: 'admin-edit', order: edited });
  await until(number, ({ facts }) => facts.inFlight?.phase === 'sent');
  await meanwhile(id);
  return asking;
}

async function ship(orderNumber: string): Promise<void> {
  const shipments = [{ orderNumber, carrier: 'yamato', slipNumber: '123456789012' }];
  const { body } = await support.post<{ results: { outcome: string }[] }>(`/shops/${shopId}/shipments`, {
    shipments,
  });
  expect(body.results.map(({ outcome }) => outcome)).toEqual(['changed']);
}

async function correct(id: string): Promise<void> {
  const fields = { 'buyer.phone': '03-1234-9999' };
  expect((await support.post(`/transactions/${shopId}/${id}/actions/correct`, { fields })).status).toBe(200);
}

test('a parcel that was told meanwhile is kept, and reported with the old content', async () => {
  const answer = await editBeside('E-1', () => ship('E-1'));
  expect(answer.body).toMatchObject({ result: 'rejected', action: 'refuse' });
  const { payload, shipment } = (await until('E-1', 'reported')).facts.wanted;
  expect([payload.billedYen, shipment?.slipNumber]).toEqual([3_000, '123456789012']);
  expect(atNp(hub, 'E-1').map(({ billedAmount }) => billedAmount)).toEqual([3_000]);
});

test('a correction that was made meanwhile is kept, over the old content', async () => {
  const answer = await editBeside('E-2', (id) => correct(id));
  expect(answer.body).toMatchObject({ result: 'rejected', action: 'refuse' });
  await until(
    'E-2',
    ({ state, facts }) => state === 'approved' && facts.wanted.payload.billedYen === 3_000 && !facts.inFlight,
  );
  const [live, ...others] = atNp(hub, 'E-2').filter(({ isLive }) => isLive);
  expect([live?.billedAmount, others]).toEqual([3_000, []]);
  expect(JSON.stringify(live)).toContain('9999');
});

test('a correction from before comes back with the old content, where the edit had changed its field', async () => {
  const edit = { before: correct, buyer: { phone: '03-5555-0000' } };
  const answer = await editBeside('E-3', () => ship('E-3'), edit);
  expect(answer.body).toMatchObject({ result: 'rejected', action: 'refuse' });
  const { payload, shipment } = (await until('E-3', 'reported')).facts.wanted;
  expect([payload.billedYen, shipment?.slipNumber]).toEqual([3_000, '123456789012']);
  expect(JSON.stringify(atNp(hub, 'E-3'))).toContain('9999');
});

test('a correction made meanwhile takes nothing from NP’s approval of the edit, and follows as an edit of its own', async () => {
  const answer = await editBeside('E-4', (id) => correct(id), { magic: '' });
  expect(answer).toMatchObject({ status: 200, body: { result: 'approved', action: 'create' } });
  await until(
    'E-4',
    ({ state, facts }) => state === 'approved' && facts.wanted.payload.billedYen === 6_000 && !facts.inFlight,
  );
  const [live, ...others] = atNp(hub, 'E-4').filter(({ isLive }) => isLive);
  expect([live?.billedAmount, others]).toEqual([6_000, []]);
  expect(JSON.stringify(live)).toContain('9999');
});

test('a new order that is corrected while NP is asked about it is answered as NP has answered', async () => {
  await hub.control('POST', '/faults', {
    fault: 'latency',
    operation: 'register',
    delayMs: 2_000,
    times: 1,
  });
  const asking = authorize(hub, { shopId, screen: 'checkout', order: orderOf(hub, 'E-5') });
  const { id } = await until('E-5', ({ facts }) => facts.inFlight?.phase === 'sent');
  await correct(id);
  expect(await asking).toMatchObject({ status: 200, body: { result: 'approved', action: 'create' } });
  await support.post(`/shops/${shopId}/confirmations`, { orderNumbers: ['E-5'] });
  await until('E-5', ({ gate, facts }) => gate === 'ship' && !facts.inFlight);
  expect(JSON.stringify(atNp(hub, 'E-5'))).toContain('9999');
});

import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { control, makeshopClient, openSandbox, removeFolders } from './client.js';

type Opened = Awaited<ReturnType<typeof openSandbox>>;
let opened: Opened;
let ask: ReturnType<typeof makeshopClient>;

beforeEach(async () => {
  opened = await openSandbox({ settings: { webhookCycleMs: 30 } });
  ask = makeshopClient(opened.sandbox.makeshopUrl);
});
afterEach(async () => opened.sandbox.close());
afterAll(removeFolders);

const searchQuery = `query ($input: SearchOrderRequest!) {
  searchOrder(input: $input) {
    searchedCount page limit
    orders { displayOrderNumber orderDate senderName senderPrefecture payMethod paymentStatus paymentStatusCode sumPrice message
      deliveryInfos { deliveryId deliveryStatus slipNumber deliveryCompanyCode deliveryDate receiverName basketInfos { productName amount price } } }
  }
}`;
const search = async (input: object) => {
  const { body } = await ask(searchQuery, { input });
  return body.data?.searchOrder ?? body;
};
const create = async (body: object): Promise<string> =>
  (await control(opened.sandbox, 'POST', '/makeshop/orders', body)).body.displayOrderNumber;
const act = (number: string, action: string, body?: object) =>
  control(opened.sandbox, 'POST', `/makeshop/orders/${number}/${action}`, body);

test('credentials, timestamp and introspection are guarded', async () => {
  const query = '{ searchOrder(input: {}) { searchedCount } }';
  const withHeaders = (headers: Record<string, string>) =>
    makeshopClient(opened.sandbox.makeshopUrl, headers)(query);
  expect((await withHeaders({})).body).toEqual({ data: { searchOrder: { searchedCount: 0 } } });
  expect((await withHeaders({ authorization: 'Bearer no' })).status).toBe(401);
  expect((await withHeaders({ 'x-api-key': 'no' })).status).toBe(401);
  const stale = await withHeaders({ 'x-timestamp': String(Math.floor(Date.now() / 1000) - 3700) });
  expect(stale.body.errors[0].extensions.code).toBe('INVALID_TIMESTAMP');
  expect((await ask('{ __schema { types { name } } }')).body.errors[0].extensions.code).toBe('FORBIDDEN');
  expect((await ask('{ searchOrder(input: {}) { noSuchField } }')).status).toBe(400);
});

test('searchOrder filters by order date, payment date and delivery status, sorts and pages', async () => {
  const at = (time: string) => `2026-11-20T${time}+09:00`;
  const first = await create({ orderedAt: at('10:00:00'), sender: { name: '佐藤 一' } });
  const third = await create({ orderedAt: at('12:00:00') });
  const second = await create({ orderedAt: at('11:00:00') });
  const numbers = async (input: object) =>
    (await search(input)).orders.map((order: { displayOrderNumber: string }) => order.displayOrderNumber);

  expect(first).toMatch(/^P\d{18}$/);
  expect(await numbers({})).toEqual([first, second, third]);
  expect(await numbers({ sortOrder: 'DESC' })).toEqual([third, second, first]);
  expect(await numbers({ startOrderDate: '20261120110000', endOrderDate: '20261120120000' })).toEqual([
    second,
    third,
  ]);
  expect(await numbers({ endOrderDate: '20261120105959' })).toEqual([first]);
  expect(await search({ page: 2, limit: 2 })).toMatchObject({
    searchedCount: 3,
    page: 2,
    limit: 2,
    orders: [{ displayOrderNumber: third }],
  });
  expect((await search({ limit: 1001 })).errors[0].message).toContain('1000');
  expect((await search({ startOrderDate: '2026-11-20' })).errors[0].message).toContain('YYYYMMDDHHmmss');

  await act(second, 'ship', { slipNumber: '1234-5678', deliveryCompanyCode: '002' });
  const [shipped] = (await search({ deliveryStatus: 'Y' })).orders;
  expect(shipped).toMatchObject({
    displayOrderNumber: second,
    payMethod: 'N',
    paymentStatus: '審査待ち(準備中)',
  });
  expect(shipped.deliveryInfos[0]).toMatchObject({ slipNumber: '1234-5678', deliveryCompanyCode: '002' });
  expect(shipped.deliveryInfos[0].deliveryDate).toMatch(/^\d{14}$/);
  await act(first, 'cancel');
  expect(await numbers({ deliveryStatus: 'C' })).toEqual([first]);
  await act(third, 'delete');
  expect(await numbers({})).toEqual([first, second]);
  await act(third, 'restore');
  expect(await numbers({ deliveryStatus: 'N' })).toEqual([third]);
  await act(third, 'word', { paymentStatus: '審査OK' });
  expect(await numbers({ startPaymentDate: '20200101000000' })).toEqual([third]);
  await act(third, 'payment-method', { payMethod: 'R' });
  expect((await search({ deliveryStatus: 'N' })).orders[0]).toMatchObject({
    payMethod: 'R',
    paymentStatus: null,
    paymentStatusCode: '0000',
  });
});

test('the mutations answer order by order', async () => {
  const number = await create({});
  const paint = (orders: object[]) =>
    ask(
      `mutation ($input: UpdateOrderPaymentStatusRequest!) { updateOrderPaymentStatus(input: $input) {
        updateOrderPaymentStatusResults { displayOrderNumber message } } }`,
      { input: { updateOrderPaymentStatusRequests: orders } },
    );
  const { body } = await paint([
    { displayOrderNumber: number, paymentStatus: '審査OK' },
    { displayOrderNumber: 'P000', paymentStatus: '審査OK' },
    { displayOrderNumber: number, paymentStatus: '存在しない' },
  ]);
  const results: { message: string | null }[] =
    body.data.updateOrderPaymentStatus.updateOrderPaymentStatusResults;
  expect(results.map(({ message }) => message === null)).toEqual([true, false, false]);
  expect((await search({})).orders[0].paymentStatus).toBe('審査OK');

  const line = { displayOrderNumber: number, deliveryId: 1 };
  await ask(
    `mutation ($a: UpdateOrderAttributeRequest!, $b: UpdateOrderDeliveryStatusRequest!) {
      updateOrderAttribute(input: $a) { updateOrderAttributeResults { message } }
      updateOrderDeliveryStatus(input: $b) { updateOrderDeliveryStatusResults { message } } }`,
    {
      a: {
        updateOrderAttributes: [
          {
            displayOrderNumber: number,
            deliveryRequestInfos: [{ deliveryId: 1, slipNumber: '99', deliveryCompanyCode: '003' }],
          },
        ],
      },
      b: { updateOrderDeliveryStatusRequests: [{ ...line, deliveryStatus: 'COMPLETED' }] },
    },
  );
  expect((await search({})).orders[0].deliveryInfos[0]).toMatchObject({
    deliveryStatus: 'Y',
    slipNumber: '99',
    deliveryCompanyCode: '003',
  });
  await ask(
    `mutation ($input: CancelOrderRequest!) { cancelOrder(input: $input) { cancelOrderResults { message } } }`,
    { input: { cancelOrderRequests: [{ ...line, isReturnStock: true, isReturnPoint: true }] } },
  );
  expect((await search({})).orders[0].deliveryInfos[0].deliveryStatus).toBe('C');
});

test('staff edits put the word back to the first one where makeshop allows edits', async () => {
  const number = await create({
    sender: { name: '山田 花子' },
    deliveries: [{}, { receiver: { name: '別の人' } }],
  });
  await act(number, 'word', { paymentStatus: '審査OK' });
  const path = `/makeshop/orders/${number}`;
  const edited = await control(opened.sandbox, 'PATCH', path, {
    receiver: { address2: '101' },
    deliveryId: 2,
  });
  expect(edited.body).toMatchObject({ paymentStatus: '審査待ち(準備中)', sender: { name: '山田 花子' } });
  expect(
    edited.body.deliveries.map(
      (delivery: { receiver: { address2: string } }) => delivery.receiver.address2,
    )[1],
  ).toBe('101');
  expect((await control(opened.sandbox, 'PATCH', path, { nonsense: 1 })).status).toBe(400);
  expect((await act('P0', 'cancel')).status).toBe(404);
});

test('webhooks are signed, tried again, and told apart for deleted orders', async () => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  let failures = 1;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      if (failures > 0) response.statusCode = 500;
      else received.push({ headers: request.headers, body });
      failures -= 1;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  await control(opened.sandbox, 'PATCH', '/shops/demoshop', { webhookUrl });
  const number = await create({});
  const until = async (count: number) => {
    for (let turn = 0; turn < 100 && received.length < count; turn += 1) await sleep(20);
  };
  await until(1);
  await act(number, 'delete');
  await until(2);
  server.close();
  server.closeAllConnections();
  expect(received.map(({ body }) => JSON.parse(body))).toEqual([
    { shop_id: 'demoshop', event: 'order_updated', orders: [number] },
    { shop_id: 'demoshop', event: 'order_deleted', orders: [number] },
  ]);
  for (const { headers, body } of received) {
    const timestamp = String(headers['x-makeshop-request-timestamp']);
    const expected = createHmac('sha256', 'demo-webhook-secret').update(`${timestamp}.${body}`).digest('hex');
    expect(headers['x-makeshop-signature']).toBe(expected);
  }
});

import { setTimeout as sleep } from 'node:timers/promises';
import { control, makeshopClient, npClient, openSandbox, removeFolders, transaction } from './client.js';

afterAll(removeFolders);

test('many orders are made at once, repeatable, believable, and of many kinds', async () => {
  const { sandbox } = await openSandbox();
  const bulk = (body: object) => control(sandbox, 'POST', '/makeshop/orders/bulk', body);
  const first = await bulk({ count: 200, seed: 5, mix: 'demo' });
  await bulk({ count: 200, seed: 5, mix: 'demo' });
  const orders = sandbox.orders();
  expect(new Set(orders.map((order) => order.displayOrderNumber)).size).toBe(400);
  expect(first.body.displayOrderNumbers).toHaveLength(200);
  const contents = orders.map(({ sender, deliveries }) => ({ sender, deliveries }));
  expect(contents.slice(200)).toEqual(contents.slice(0, 200));
  expect(orders.some((order) => order.sender.tel === '031234567')).toBe(true);
  expect(orders.some((order) => order.sender.prefecture === '東京(23区内)')).toBe(true);
  expect((await bulk({ count: 1, mix: { nonsense: 1 } })).body.message).toContain('nonsense');
  await sandbox.close();
});

test('plain generated orders pass every check of NP', async () => {
  const { sandbox } = await openSandbox();
  await control(sandbox, 'POST', '/makeshop/orders/bulk', { count: 300, seed: 9 });
  const lines = sandbox.orders().map((order) => {
    const [delivery] = order.deliveries;
    const party = (one: typeof order.sender) => ({
      customer_name: one.name,
      customer_name_kana: one.kana,
      zip_code: one.post,
      address: `${one.prefecture.replace(/^東京.*$/, '東京都')}${one.address} ${one.address2}`,
      tel: one.tel,
      email: one.email,
    });
    return transaction(order.displayOrderNumber, {
      billed_amount: order.totalYen,
      customer: party(order.sender),
      dest_customer: party(delivery?.receiver ?? order.sender),
      goods: [{ goods_name: '商品', goods_price: order.totalYen, quantity: 1 }],
    });
  });
  const answer = await npClient(sandbox.npBaseUrl)('POST', '/transactions', lines);
  expect(answer.errors).toEqual([]);
  await sandbox.close();
});

/** The words that a hub would show, by what NP says of an order. */
const words: Readonly<Record<string, string>> = {
  approved: '審査OK',
  held: '審査保留',
  rejected: '審査NG',
  reported: '出荷報告完了',
  paid: '出荷報告完了',
};

test('the demo life makes orders and acts on the words like a shop', async () => {
  const { sandbox } = await openSandbox({ settings: { reviewDelayMs: 0 } });
  const on = await control(sandbox, 'POST', '/life', { on: true, ordersPerMinute: 600, paceMs: [0, 0] });
  expect(on.body).toMatchObject({ on: true, ordersPerMinute: 600 });
  await control(sandbox, 'POST', '/makeshop/orders/bulk', { count: 60, seed: 3, alive: true, mix: 'demo' });
  const makeshop = makeshopClient(sandbox.makeshopUrl);
  const np = npClient(sandbox.npBaseUrl);
  for (let turn = 0; turn < 16; turn += 1) {
    await actAsHub(sandbox, makeshop, np);
    await sleep(120);
  }
  await control(sandbox, 'POST', '/life', { on: false });
  const orders = sandbox.orders();
  expect(orders.length).toBeGreaterThan(60);
  const states = new Set(sandbox.transactions().map((known) => known.state));
  expect([...states]).toEqual(expect.arrayContaining(['reported', 'paid', 'rejected']));
  expect(orders.some((order) => order.payMethod === 'R')).toBe(true);
  expect(orders.some((order) => order.deliveries[0]?.status === 'C')).toBe(true);
  expect(orders.some((order) => order.isDeleted)).toBe(true);
  expect(orders.some((order) => order.sender.address2 === '第二コーポ305号室')).toBe(true);
  await sandbox.close();
});

/** A hub in a few lines: registers what is new, reports what has left, edits what was held, shows the words. */
async function actAsHub(
  sandbox: Awaited<ReturnType<typeof openSandbox>>['sandbox'],
  makeshop: ReturnType<typeof makeshopClient>,
  np: ReturnType<typeof npClient>,
): Promise<void> {
  const updates: { displayOrderNumber: string; paymentStatus: string }[] = [];
  for (const order of sandbox.orders()) {
    const number = order.displayOrderNumber;
    if (order.payMethod !== 'N' || order.isDeleted || order.deliveries[0]?.status === 'C') continue;
    const known = sandbox.transactions(number)[0];
    if (!known) {
      await np('POST', '/transactions', [transaction(number)]);
    } else if (known.state === 'approved' && order.deliveries[0]?.status === 'Y') {
      const parcel = { pd_company_code: '59010', slip_no: order.deliveries[0].slipNumber };
      await np('POST', '/shipments', [{ np_transaction_id: known.npTransactionId, ...parcel }]);
    } else if (known.state === 'held' && order.paymentStatus === '審査待ち(準備中)' && known.edits === 0) {
      if (order.sender.address2 === '第二コーポ305号室') {
        await np('PATCH', '/transactions/update', [{ np_transaction_id: known.npTransactionId }]);
      }
    }
    const word = words[sandbox.transactions(number)[0]?.state ?? ''];
    const isHeldEdit = word === '審査保留' && order.sender.address2 === '第二コーポ305号室';
    if (word && !isHeldEdit) updates.push({ displayOrderNumber: number, paymentStatus: word });
  }
  await makeshop(
    `mutation ($input: UpdateOrderPaymentStatusRequest!) { updateOrderPaymentStatus(input: $input) {
      updateOrderPaymentStatusResults { message } } }`,
    { input: { updateOrderPaymentStatusRequests: updates } },
  );
}

test('the page is served, and names every magic value', async () => {
  const { sandbox } = await openSandbox();
  const page = await (await fetch(`${sandbox.url}/`)).text();
  expect(page).toContain('<html lang="ja">');
  expect(page).not.toContain('innerHTML');
  const { body } = await control(sandbox, 'GET', '/info');
  expect(body.magic.map((line: { value: string }) => line.value)).toContain('保留RE009');
  await sandbox.close();
});

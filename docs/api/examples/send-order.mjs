// Sends an order to the hub, waits until the goods may go, and tells of the shipment.
//
//   NP_HUB_URL=https://hub.example.jp NP_HUB_API_KEY=nph_… NP_HUB_SHOP=<shop id> node send-order.mjs W-1001

import { setTimeout as sleep } from 'node:timers/promises';

const { NP_HUB_URL, NP_HUB_API_KEY, NP_HUB_SHOP } = process.env;
const orderNumber = process.argv[2] ?? `W-${Date.now()}`;

async function call(method, path, body) {
  const headers = { authorization: `Bearer ${NP_HUB_API_KEY}`, 'content-type': 'application/json' };
  const content = body ? { body: JSON.stringify(body) } : {};
  const response = await fetch(`${NP_HUB_URL}/api/v1${path}`, { method, headers, ...content });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

// From here on the feed tells what becomes of the order.
let cursor;
for (let page; !page || page.more; cursor = page.next) {
  const after = cursor ? `&after=${cursor}` : '';
  page = await call('GET', `/changes?shopId=${NP_HUB_SHOP}&limit=1000${after}`);
}

const sent = await call('PUT', `/shops/${NP_HUB_SHOP}/orders/${encodeURIComponent(orderNumber)}`, {
  orderedAt: new Date().toISOString(),
  buyer: {
    name: '見本 太郎',
    kana: 'ミホン タロウ',
    postalCode: '106-0032',
    address: '東京都港区六本木1-1-1',
    phone: '03-1234-5678',
    email: 'taro@example.jp',
  },
  lines: [
    { name: '見本品', unitPriceYen: 3000, quantity: 1 },
    { name: '送料', unitPriceYen: 660, quantity: 1 },
  ],
  billedYen: 3660,
});
process.stdout.write(`${orderNumber}: ${sent.outcome}\n`);

function giveUp({ reasons, transactionId }) {
  const why = reasons.map(({ title }) => title.ja).join('、');
  const page = `${NP_HUB_URL}/transactions/${NP_HUB_SHOP}/${transactionId}`;
  process.stderr.write(`${orderNumber}: ${why}\n${page}\n`);
  process.exit(1);
}

async function waitFor(isReached) {
  for (;;) {
    const page = await call('GET', `/changes?shopId=${NP_HUB_SHOP}&after=${cursor}`);
    cursor = page.next;
    for (const change of page.rows.filter((row) => row.orderNumber === orderNumber)) {
      process.stdout.write(`${orderNumber}: ${change.word ?? change.state} (${change.gate})\n`);
      // Blocked, nothing goes on by itself: a person corrects the order, or says whether it is a duplicate.
      if (change.gate === 'stop' || change.state === 'blocked') giveUp(change);
      if (isReached(change)) return;
    }
    if (!page.more) await sleep(1000);
  }
}

await waitFor(({ gate }) => gate === 'ship');

// 59010 is NP's code of ヤマト運輸; the hub's own id `yamato` does as well.
const { results } = await call('POST', `/shops/${NP_HUB_SHOP}/shipments`, {
  shipments: [{ orderNumber, carrier: '59010', slipNumber: '1234-5678-9012' }],
});
process.stdout.write(`${orderNumber}: shipment ${results[0].outcome}\n`);
await waitFor(({ state }) => state === 'reported');

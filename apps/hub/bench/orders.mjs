/** Orders of the benches, as a cart without an adapter sends them, and what moves them on. */
import { each, until } from './stage.mjs';

const batch = 1_000;

/** A buyer of its own for each order number (a letter and digits), so that none is taken for a repetition of another. */
export function buyerOf(orderNumber) {
  const letter = orderNumber.charCodeAt(0) - 'A'.charCodeAt(0);
  const digits = `${Math.floor(letter / 3)}${orderNumber.slice(1).padStart(7, '0')}`;
  return {
    name: '見本 太郎',
    kana: 'ミホン タロウ',
    postalCode: '106-0032',
    address: `東京都港区六本木1-1-1 入金ビル${orderNumber}`,
    phone: `0${7 + (letter % 3)}0-${digits.slice(0, 4)}-${digits.slice(4)}`,
    email: `buyer-${orderNumber}@example.jp`,
  };
}

/** An order that NP approves, and whose buyer pays once it is reported. */
export function orderOf(orderNumber) {
  return {
    orderNumber,
    orderedAt: new Date().toISOString(),
    buyer: buyerOf(orderNumber),
    lines: [{ name: '見本品', unitPriceYen: 3_000, quantity: 1 }],
    billedYen: 3_000,
  };
}

/** Shops of carts without an adapter over a few merchants; gives their ids. */
export async function openShops(stage, count, { merchants = 5, from = 1 } = {}) {
  const connections = [];
  for (let number = from; number < from + Math.min(merchants, count); number += 1)
    connections.push(await stage.addConnection(number));
  const names = Array.from({ length: count }, (_, index) => `Bench ${index + 1}`);
  return each(names, 4, (name, index) =>
    stage.addShop({ adapter: 'any-system', name, connectionId: connections[index % connections.length] }),
  );
}

/** Spreads so many new orders over the shops; gives batches of one shop each. */
export function batchesOf(shopIds, orders, prefix) {
  const perShop = Math.ceil(orders / shopIds.length);
  const numbers = Array.from({ length: orders }, (_, index) => `${prefix}${index}`);
  return shopIds.flatMap((shopId, index) => {
    const own = numbers.slice(index * perShop, (index + 1) * perShop);
    return Array.from({ length: Math.ceil(own.length / batch) }, (_, at) => ({
      shopId,
      numbers: own.slice(at * batch, (at + 1) * batch),
    }));
  });
}

export async function sendOrders(stage, batches, atOnce = 4) {
  await each(batches, atOnce, async ({ shopId, numbers }) => {
    const { results } = await stage.ask('POST', `/shops/${shopId}/orders`, { orders: numbers.map(orderOf) });
    const refused = results.find(({ ok }) => !ok);
    if (refused) throw new Error(`An order was refused: ${JSON.stringify(refused)}`);
  });
}

export async function ship(stage, batches, atOnce = 4) {
  await each(batches, atOnce, async ({ shopId, numbers }) => {
    const shipments = numbers.map((orderNumber) => ({
      orderNumber,
      carrier: 'yamato',
      slipNumber: orderNumber.replace(/\D/gu, '').padStart(12, '4'),
    }));
    await stage.ask('POST', `/shops/${shopId}/shipments`, { shipments });
  });
}

/** Waits until so many transactions are in one of these states. */
export const untilCount = (stage, count, states) =>
  until(
    `${count} orders ${states.join(' or ')}`,
    async () =>
      Number(await stage.value('select count(*) from transactions where state = any($1)', [states])) >= count,
    { pauseMs: 200 },
  );

/** Questions that wait for their time (whether a buyer has paid is asked after hours) are due now. */
export const askNow = (stage) =>
  stage.database.query(
    `update effects set due_at = $1 where lane in ('credit', 'payment') and token is null`,
    [new Date()],
  );

/** Reads the feed to its end as a cart does, one program a shop set; gives how many changes there were. */
export async function readFeed(stage, after) {
  let [cursor, changes] = [after, 0];
  for (;;) {
    const query = cursor ? `?after=${encodeURIComponent(cursor)}&limit=1000` : '?limit=1000';
    const page = await stage.ask('GET', `/changes${query}`);
    changes += page.rows.length;
    cursor = page.next;
    if (!page.more) return { changes, cursor };
  }
}

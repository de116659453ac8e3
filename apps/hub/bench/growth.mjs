/** What an order and a page cost with 10,000, 100,000 and 1,000,000 transactions already there. */
import { orderRecordId } from '../dist/intake/stored-order.js';
import { openJson, sealJson } from '../dist/security/cipher.js';
import { createKeyring } from '../dist/security/keyring.js';
import { batchesOf, buyerOf, openShops, sendOrders, untilCount } from './orders.mjs';
import { percentile, Stage } from './stage.mjs';

const tries = 60;

const chunk = 5_000;
const keyring = createKeyring([{ id: 'bench', secret: Buffer.alloc(32, 9) }]);

/** Copies of one settled transaction, each with numbers, dates and a sealed order of its own, as they stand after months. */
async function fill(stage, shopIds, upTo) {
  const there = Number(await stage.value('select count(*) from transactions'));
  const { rows: templates } = await stage.database.query(
    `select shop_id, id, sealed_order from transactions where state = 'approved' limit 1`,
  );
  const [template] = templates;
  const recordId = orderRecordId(template.shop_id, template.id);
  const order = openJson(keyring, recordId, template.sealed_order);
  const sql = await copySql(stage);
  for (let from = there; from < upTo; from += chunk) {
    const numbers = Array.from({ length: Math.min(chunk, upTo - from) }, (_, index) => from + index);
    const ids = numbers.map(() => crypto.randomUUID());
    const shops = numbers.map((number) => shopIds[number % shopIds.length]);
    const sealed = ids.map((id, index) => sealJson(keyring, orderRecordId(shops[index], id), order));
    await stage.database.query(sql, [template.shop_id, template.id, ids, shops, numbers, sealed]);
  }
  await stage.database.query('vacuum analyze');
}

async function copySql(stage) {
  const { rows } = await stage.database.query(
    `select attname as name from pg_attribute where attrelid = 'transactions'::regclass and attnum > 0
       and not attisdropped and attgenerated = ''`,
  );
  const own = {
    shop_id: 'c.shop_id',
    id: 'c.id',
    order_number: `'G' || c.n`,
    np_transaction_id: `(20000000000 + c.n)::text`,
    slip_number: `'8' || lpad(c.n::text, 11, '0')`,
    blind: `array[md5('a' || c.n), md5('b' || c.n), md5('c' || c.n % 5000)]`,
    buyer_keys: `array[md5('d' || c.n), md5('e' || c.n), md5('f' || c.n)]`,
    sealed_order: 'c.sealed',
    updated_at: `now() - c.n * interval '9 seconds'`,
    created_at: `now() - c.n * interval '9 seconds'`,
    ordered_at: `now() - c.n * interval '9 seconds'`,
    // One in five has a deadline, and one in fifty waits for somebody, with a pattern of its own of twenty.
    deadline_kind: `case when c.n % 5 = 0 then 'credit-ageing' end`,
    deadline_at: `case when c.n % 5 = 0 then now() + (c.n % 60 - 5) * interval '1 day' end`,
    deadline_told: `'passed'`,
    state: `case when c.n % 50 = 0 then 'held' when c.n % 50 < 25 then 'paid' else t.state end`,
    actor: `case when c.n % 50 = 0 then 'buyer' else t.actor end`,
    reasons: `case when c.n % 50 = 0 then json_build_array(json_build_object('code', 'RE' || lpad((c.n / 50 % 20)::text, 3, '0'),
      'known', true, 'actor', 'buyer', 'fields', json_build_array())) else t.reasons end`,
  };
  const names = rows.map(({ name }) => name);
  return `insert into transactions (${names.join(', ')}) select ${names.map((name) => own[name] ?? `t.${name}`).join(', ')}
    from transactions t, unnest($3::uuid[], $4::uuid[], $5::int[], $6::bytea[]) as c(id, shop_id, n, sealed)
    where t.shop_id = $1 and t.id = $2`;
}

async function times(work) {
  const took = [];
  for (let index = 0; index < tries; index += 1) {
    const at = performance.now();
    await work(index);
    took.push(performance.now() - at);
  }
  return Number(percentile(took, 0.95).toFixed(1));
}

async function pages(stage, shopIds, size) {
  const some = (index) => 1_000 + ((index * 7_919) % (size - 2_000));
  const { rows } = await stage.database.query(
    `select shop_id, id from transactions where order_number like 'G%' limit ${tries}`,
  );
  const get = (path) => stage.ask('GET', path);
  return {
    listMs: await times(() => get('/transactions?limit=50')),
    shopMs: await times((index) => get(`/transactions?limit=50&shopId=${shopIds[index % shopIds.length]}`)),
    heldMs: await times(() => get('/transactions?limit=50&state=held')),
    attentionMs: await times(() => get('/transactions?limit=50&attention=1')),
    countsMs: await times(() => get('/transactions/counts')),
    attentionCountsMs: await times(() => get('/transactions/counts?attention=1')),
    orderNumberMs: await times((index) => get(`/transactions?q=G${some(index)}`)),
    npIdMs: await times((index) => get(`/transactions?q=${20_000_000_000 + some(index)}`)),
    slipMs: await times((index) => get(`/transactions?q=8${String(some(index)).padStart(11, '0')}`)),
    phoneMs: await times(() => get(`/transactions?q=${encodeURIComponent(buyerOf('W7').phone)}`)),
    nameMs: await times(() => get(`/transactions?q=${encodeURIComponent('見本太郎')}`)),
    beginningMs: await times(() => get('/transactions?q=G1')),
    findMs: await times((index) => get(`/find?q=G${some(index)}`)),
    inboxMs: await times(() => get('/inbox?limit=50')),
    inboxByDeadlineMs: await times(() => get('/inbox?limit=50&sort=deadline')),
    gateMs: await times(() => get('/gate?limit=50')),
    gateWaitMs: await times(() => get('/gate?limit=50&gate=wait')),
    deadlinesMs: await times(() => get('/deadlines')),
    repairsMs: await times(() => get('/repairs')),
    oneMs: await times((index) => get(`/transactions/${rows[index].shop_id}/${rows[index].id}`)),
  };
}

export async function growth({ orders = 4_000, rows = 1_000_000 }) {
  const stage = await Stage.open();
  try {
    const shops = await openShops(stage, 50);
    await sendOrders(stage, batchesOf(shops, 200, 'W'));
    await untilCount(stage, 200, ['approved']);
    const figures = [];
    for (const [index, size] of [10_000, 100_000, 1_000_000].filter((each) => each <= rows).entries()) {
      await fill(stage, shops, size);
      const before = Number(await stage.value(`select count(*) from transactions where state = 'approved'`));
      const startedAt = performance.now();
      await sendOrders(stage, batchesOf(shops, orders, 'PQR'[index]));
      await untilCount(stage, before + orders, ['approved']);
      const msPerOrder = (performance.now() - startedAt) / orders;
      const p95 = await pages(stage, shops, size);
      figures.push({ bench: 'growth', rows: size, orders, msPerOrder: Number(msPerOrder.toFixed(3)), p95 });
    }
    const [first] = figures;
    return figures.map((figure) => ({
      ...figure,
      costToFirst: Number((figure.msPerOrder / first.msPerOrder).toFixed(2)),
    }));
  } finally {
    await stage.close();
  }
}

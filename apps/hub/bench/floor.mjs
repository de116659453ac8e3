/**
 * The floor: what the same orders cost with the same calls to the sandbox, the same batch sizes and fsync, and raw SQL:
 * one final row an order, one history row an event, one row a call, and nothing else. No link can be cheaper and still
 * remember what it did. The schema is fixed: it is what the hub's figures are held against.
 */
import { npClient, registrationOf } from './np.mjs';
import { each } from './stage.mjs';

const schema = `
  create table orders (shop text, number text, np_id text, state text, amount int, slip text, changed_at timestamptz,
    primary key (shop, number));
  create table events (shop text, number text, sequence int, type text, at timestamptz, primary key (shop, number, sequence));
  create table calls (id bigserial primary key, operation text, lines int, at timestamptz, ms int);`;

/** Brings all batches from order to payment; gives the seconds it took. */
export async function runFloor(stage, batches, { atOnce = 5 } = {}) {
  await stage.database.query('create database floor');
  const clients = [];
  for (let count = 0; count < atOnce; count += 1) clients.push(await stage.connect('floor'));
  await clients[0].query(schema);
  const np = await npClient(stage, 'FLOOR');
  const startedAt = performance.now();
  const free = [...clients];
  await each(batches, atOnce, async (one) => {
    const client = free.pop();
    await lifeOf(client, np, one);
    free.push(client);
  });
  return (performance.now() - startedAt) / 1_000;
}

async function lifeOf(client, np, { shopId, numbers }) {
  const note = async (first, types, callRow) => {
    await client.query('begin');
    for (const [index, type] of types.entries())
      await client.query('insert into events select $1, n, $2, $3, $4 from unnest($5::text[]) n', [
        shopId,
        first + index,
        type,
        new Date(),
        numbers,
      ]);
    if (callRow)
      await client.query('insert into calls (operation, lines, at, ms) values ($1, $2, $3, $4)', callRow);
    await client.query('commit');
  };
  const timed = async ([operation, path], first, types, lines) => {
    const at = performance.now();
    const results = await np(path, lines);
    await note(first, types, [operation, lines.length, new Date(), Math.round(performance.now() - at)]);
    return results;
  };
  await note(1, ['received', 'register-sent']);
  const registered = await timed(['register', '/transactions'], 3, ['accepted'], numbers.map(registrationOf));
  const ids = registered.map(({ np_transaction_id: id }) => id);
  const asked = ids.map((id) => ({ np_transaction_id: id }));
  await timed(['find-credit', '/authorizations/find'], 4, ['approved'], asked);
  await note(5, ['shipped', 'report-sent']);
  const slips = numbers.map((number) => number.replace(/\D/gu, '').padStart(12, '4'));
  const reports = asked.map((one, index) => ({ ...one, pd_company_code: '59010', slip_no: slips[index] }));
  await timed(['report', '/shipments'], 7, ['reported'], reports);
  await timed(['find-payment', '/transactions/payments/find'], 8, ['paid'], asked);
  await client.query(
    `insert into orders select $1, n, i, 'paid', 3000, s, $2 from unnest($3::text[], $4::text[], $5::text[]) u(n, i, s)`,
    [shopId, new Date(), numbers, ids, slips],
  );
}

/** The rows that a run has written: none is ever changed. */
export async function floorRows(stage) {
  const client = await stage.connect('floor');
  const { rows } = await client.query(
    'select (select count(*) from orders) + (select count(*) from events) + (select count(*) from calls) as rows',
  );
  return Number(rows[0].rows);
}

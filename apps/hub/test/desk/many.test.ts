import type { Counts, GatePage, InboxPage, TransactionPage } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { startDesk, type Desk } from './scene.js';

const copies = 2_100;
let desk: Desk;

beforeAll(async () => {
  desk = await startDesk();
  await copy();
});
afterAll(() => desk?.hub.stop());

/** Copies of one order with numbers and moments of their own: more than a beginning of a number is looked up for. */
async function copy(): Promise<void> {
  const { database } = desk.hub;
  // Nobody asks a cart for orders that it has never had.
  await (await desk.hub.as('operator')).post(`/shops/${desk.hub.shopId}/pause`);
  const columns = await database.query<{ name: string }[]>(
    `select attname as name from pg_attribute where attrelid = 'transactions'::regclass and attnum > 0
       and not attisdropped and attgenerated = ''`,
  );
  const own: Readonly<Record<string, string>> = {
    id: 'gen_random_uuid()',
    order_number: `'Z' || lpad(n::text, 5, '0')`,
    np_number: `'Z' || lpad(n::text, 5, '0')`,
    np_transaction_id: 'null',
    slip_number: 'null',
    sealed_order: 'null',
    // The later a number, the earlier it changed: an order that no index of numbers has by chance.
    updated_at: `t.updated_at - n * interval '1 second'`,
    state: `case when n % 7 = 0 then 'held' else t.state end`,
    actor: `case when n % 7 = 0 then 'buyer' else t.actor end`,
    gate: `case when n % 7 = 0 then 'wait' when n % 5 = 0 then 'stop' else t.gate end`,
    attentions: `case when n % 11 = 0 then array['deadline'] else '{}' end`,
  };
  const names = columns.map(({ name }) => name);
  await database.query(
    `insert into transactions (${names.join(', ')})
     select ${names.map((name) => own[name] ?? `t.${name}`).join(', ')}
     from transactions t, generate_series(1, ${copies}) n where t.order_number = $1`,
    [desk.orders.approved],
  );
  // A cart that spells in small letters.
  await database.query(
    `update transactions set order_number = 'y-' || substr(order_number, 5) || '-' where order_number like 'Z0001%'`,
  );
}

const ask = async <Body>(path: string): Promise<Body> =>
  (await (await desk.hub.as('support')).get<Body>(path)).body;

/** Every order number under some filters, page by page. */
async function walk(query: string): Promise<string[]> {
  const numbers: string[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page: TransactionPage = await ask(
      `/transactions?limit=200&${query}${after && `&after=${encodeURIComponent(after)}`}`,
    );
    numbers.push(...page.rows.map(({ orderNumber }) => orderNumber));
    after = page.next;
  }
  return numbers;
}

const stored = async (condition: string): Promise<string[]> =>
  (
    await desk.hub.database.query<{ n: string }[]>(
      `select order_number as n from transactions where ${condition} order by updated_at desc, id desc`,
    )
  ).map(({ n }) => n);

test.each([
  ['q=z', `order_number like 'Z%'`],
  ['q=Z', `order_number like 'Z%'`],
  ['q=%E3%80%80%EF%BD%9A%EF%BC%90%EF%BC%90%EF%BC%90', `order_number like 'Z000%'`],
  ['q=Y', `order_number like 'y%'`],
  ['q=Y-1%E3%83%BC', `order_number like 'y-1-%'`],
  ['q=Z&state=held', `order_number like 'Z%' and state = 'held'`],
  ['q=Z000', `order_number like 'Z000%'`],
  ['q=%25', 'false'],
  ['attention=1', `attentions <> '{}'`],
])(
  'the list under %s has what the database has, the latest first, and counts the same',
  async (query, sql) => {
    const expected = await stored(sql);
    expect(await walk(query)).toEqual(expected);
    expect((await ask<Counts>(`/transactions/counts?${query}`)).total).toBe(expected.length);
  },
);

test.each(['z00', 'z0', 'y-1'])('%s is looked for by the indexes of numbers alone', async (text) => {
  const { app, database } = desk.hub;
  const asked = jest.spyOn(app.get(DataSource), 'query');
  await ask(`/transactions?q=${text}`);
  await ask(`/find?q=${text}`);
  const searches = asked.mock.calls.filter(
    ([sql]) => /order_keys/u.test(sql) && !/t\.np_number like/u.test(sql),
  );
  asked.mockRestore();
  expect(searches.length).toBeGreaterThanOrEqual(2);
  for (const [sql, values] of searches) {
    const plan = await database.transaction(async (manager) => {
      await manager.query('set local enable_seqscan = off');
      const lines = await manager.query<{ 'QUERY PLAN': string }[]>(`explain ${sql}`, values as unknown[]);
      return lines.map((line) => line['QUERY PLAN']).join('\n');
    });
    expect(plan).not.toContain('Seq Scan on order_keys');
    // A beginning in a spelling is a stretch of an index.
    for (const spelling of [text, text.toUpperCase()])
      expect(plan).toMatch(new RegExp(`Index Cond: .*~>=~ '${spelling}'`, 'u'));
  }
});

test('the inbox counts what it lists', async () => {
  const { counts } = await ask<InboxPage>('/inbox?limit=1');
  const held = await stored(`state = 'held'`);
  expect(counts.for.buyer).toBe(held.length);
  expect(counts.show.open).toBe(
    (await stored(`actor in ('buyer', 'shop', 'nobody') or (actor = 'np' and state = 'held')`)).length,
  );
});

test('the gate lists what it counts, by shop and number', async () => {
  for (const gate of ['ship', 'wait', 'stop'] as const) {
    const numbers: string[] = [];
    let counted = 0;
    for (let after: string | null = ''; after !== null;) {
      const page: GatePage = await ask(
        `/gate?gate=${gate}&limit=200${after && `&after=${encodeURIComponent(after)}`}`,
      );
      numbers.push(...page.rows.map(({ orderNumber }) => orderNumber));
      counted = page.counts[gate];
      after = page.next;
    }
    expect(numbers).toEqual([...numbers].sort());
    expect(numbers).toHaveLength(counted);
  }
});

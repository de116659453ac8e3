import {
  deadlineBoardSchema,
  deadlinePageSchema,
  findViewSchema,
  gatePageSchema,
  repairPageSchema,
  type FindView,
  type GatePage,
  type RepairGroup,
  type RepairPage,
  type RepairResult,
} from '@np-hub/model';
import type { Cart } from '../path/cart.js';
import { request } from '../support/client.js';
import { type TestHub } from '../support/hub.js';
import { startDesk, type Desk } from './scene.js';

let hub: TestHub;
let cart: Cart;
let orders: Desk['orders'];

beforeAll(async () => {
  ({ hub, cart, orders } = await startDesk());
}, 60_000);
afterAll(() => hub.stop());

/** Half-width letters, digits and hyphens in full width. */
const wide = (text: string): string =>
  text.replaceAll(/[!-~]/gu, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));

describe('find', () => {
  const find = async (q: string, login = 'support'): Promise<FindView> => {
    const client = await hub.as(login);
    return (await client.get<FindView>(`/find?${new URLSearchParams({ q })}`)).body;
  };
  /** The groups that name an order. */
  const kindsOf = async (q: string, order: string): Promise<readonly string[]> => {
    const { groups } = await find(q);
    return groups
      .filter(({ rows }) => rows.some(({ orderNumber }) => orderNumber === order))
      .map(({ kind }) => kind);
  };

  test('one text finds an order by whatever people have at hand', async () => {
    const npId = cart.theOneAtNp(orders.held).npTransactionId;
    const texts: readonly (readonly [string, string, string])[] = [
      [orders.held, orders.held, 'order'],
      [orders.held.slice(0, -1), orders.held, 'order'],
      [orders.held.toLowerCase(), orders.held, 'order'],
      [`　${wide(orders.held.toLowerCase().slice(0, -1))} `, orders.held, 'order'],
      [npId, orders.held, 'np-id'],
      [npId.slice(0, 9), orders.held, 'np-id'],
      ['東雲', orders.held, 'name'],
      ['東雲あかり', orders.held, 'name'],
      ['しののめ', orders.held, 'name'],
      ['高橋', orders.blocked, 'name'],
      ['０９０−１３５７−２４６８', orders.held, 'phone'],
      ['+81 90 1357 2468', orders.held, 'phone'],
      ['2468', orders.held, 'phone4'],
      ['123456789012', orders.shipped, 'slip'],
      ['１２３４ー５６７８ー９０１２', orders.shipped, 'slip'],
    ];
    const found = await Promise.all(
      texts.map(async ([q, order]) => [q, order, (await kindsOf(q, order))[0]]),
    );
    expect(found).toEqual(texts);
    const mail = (await hub.page(orders.held)).buyer?.email ?? '';
    expect(await kindsOf(mail.toUpperCase(), orders.held)).toEqual(['mail']);
  });

  test('the answer is whole, masked for viewers, and says that akt… numbers never come here', async () => {
    const answer = await find('東雲', 'viewer');
    expect(findViewSchema.parse(answer)).toEqual(answer);
    expect(answer.groups[0]?.rows[0]).toMatchObject({
      orderNumber: orders.held,
      buyerName: '東＊＊',
      state: 'held',
    });
    expect(await find('akt0012345')).toEqual({ groups: [], inquiryNumber: true });
    for (const q of ['', ' ', '%', '_', "'", '\\', '見知らぬ人', 'zz\u0000']) {
      expect((await find(q)).groups.flatMap(({ rows }) => rows)).toEqual([]);
    }
  });

  test('a shop that somebody may not see is not found in, and one transaction stands once', async () => {
    expect((await find('東雲', 'elsewhere')).groups).toEqual([]);
    expect((await find(orders.held, 'elsewhere')).groups).toEqual([]);
    const { groups } = await find(orders.held);
    const ids = groups.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('repairs', () => {
  const pattern = 'kind=problem&name=phone-format&field=customer.phone';
  const groups = async (login = 'support') =>
    (await (await hub.as(login)).get<RepairGroup[]>('/repairs')).body;
  const preview = async (): Promise<RepairPage> =>
    repairPageSchema.parse((await (await hub.as('support')).get(`/repairs/orders?${pattern}`)).body);
  const apply = async (given: readonly object[], login = 'support', undo = false) =>
    (await hub.as(login)).post<{ results: RepairResult[] }>('/repairs/apply', { orders: given, undo });

  test('orders of one pattern are counted, proposed, applied together, and taken back', async () => {
    const placed: string[] = [];
    for (const tel of ['312345671', '312345672', '312345673'])
      placed.push(await cart.place({ sender: { tel } }));
    for (const order of placed) await hub.until(order, 'blocked');
    const group = (await groups()).find(({ name }) => name === 'phone-format');
    expect(group).toMatchObject({ kind: 'problem', field: 'customer.phone', orders: 3, shops: 1 });
    expect(await groups('elsewhere')).toEqual([]);
    expect((await (await hub.as('viewer')).get('/repairs')).status).toBe(403);

    const page = await preview();
    expect(page.orders.map(({ row }) => row.orderNumber).sort()).toEqual([...placed].sort());
    const [first] = page.orders;
    expect(first).toMatchObject({ path: 'buyer.phone', proposal: { how: 'phone-zero' } });
    expect(first?.proposal?.fields['buyer.phone']).toBe(`0${first?.value ?? ''}`);
    for (const order of placed) expect((await hub.stored(order))?.state).toBe('blocked');

    const chosen = page.orders.map(({ row, proposal }) => ({
      shopId: row.shopId,
      id: row.id,
      fields: proposal?.fields,
    }));
    for (const nonsense of ['', 'あ'.repeat(200)]) {
      const refused = await apply(chosen.map((order) => ({ ...order, fields: { 'buyer.phone': nonsense } })));
      expect(refused.body.results.map(({ ok, error }) => [ok, error?.error])).toEqual(
        chosen.map(() => [false, 'still-refused']),
      );
    }
    expect((await hub.page(placed[0] ?? '')).corrections).toEqual([]);

    const foreign = { shopId: hub.shopId, id: hub.connectionId, fields: { 'buyer.phone': '0312345678' } };
    const impossible = { ...chosen[0], id: (await hub.stored(orders.shipped))?.id ?? '' };
    expect((await apply(chosen, 'elsewhere')).body.results.map(({ ok }) => ok)).toEqual([
      false,
      false,
      false,
    ]);
    const { body } = await apply([...chosen, foreign, impossible]);
    expect(body.results.map(({ ok, error }) => (ok ? 'done' : error?.error))).toEqual([
      'done',
      'done',
      'done',
      'unknown-transaction',
      'not-allowed',
    ]);
    for (const order of placed) await hub.until(order, 'approved');
    expect((await groups()).some(({ name }) => name === 'phone-format')).toBe(false);
    expect((await hub.page(placed[0] ?? '')).timeline.some(({ by }) => by === 'support')).toBe(true);

    const undone = body.results.slice(0, 1).map(({ shopId, id, undo }) => ({ shopId, id, fields: undo }));
    expect((await apply(undone, 'support', true)).body.results[0]?.ok).toBe(true);
    const [taken] = page.orders;
    expect((await hub.page(taken?.row.orderNumber ?? '')).corrections).toEqual([]);
  });

  test('a code of NP’s is a pattern of its own, without a proposal', async () => {
    const order = await cart.placeMagic('保留RE021');
    await hub.until(order, 'held');
    const found = (await groups()).find(({ name }) => name === 'RE021');
    expect(found).toMatchObject({ kind: 'reason', field: '', code: 'RE021', orders: 1 });
    const support = await hub.as('support');
    const { body } = await support.get<RepairPage>('/repairs/orders?kind=reason&name=RE021');
    expect(body.orders[0]).toMatchObject({ path: null, proposal: null, row: { orderNumber: order } });
    expect((await apply([])).status).toBe(400);
  });
});

describe('the ship gate', () => {
  const gate = async (query = '', login = 'support'): Promise<GatePage> =>
    gatePageSchema.parse((await (await hub.as(login)).get(`/gate?${query}`)).body);

  test('tells ship, wait and stop with the reason; counts are those of the rows, pages have no gap', async () => {
    const all = await gate();
    for (const name of ['ship', 'wait', 'stop'] as const) {
      const { rows } = await gate(`gate=${name}`);
      expect(rows).toHaveLength(all.counts[name]);
    }
    const byOrder = new Map(all.rows.map((row) => [row.orderNumber, `${row.gate} ${row.reason}`]));
    expect(byOrder.get(orders.blocked)).toBe('wait nothing-at-np');
    expect(byOrder.get(orders.rejected)).toBe('stop rejected');
    expect(byOrder.get(orders.approved)).toBe('ship approved');
    expect(byOrder.has(orders.shipped)).toBe(false);
    const seen: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: GatePage = await gate(
        `limit=2&after=${encodeURIComponent(after)}`.replace('&after=&', '').replace(/&after=$/u, ''),
      );
      seen.push(...page.rows.map(({ orderNumber }) => orderNumber));
      after = page.next;
    }
    expect(seen).toEqual(all.rows.map(({ orderNumber }) => orderNumber));
    expect((await gate('', 'elsewhere')).rows).toEqual([]);
    expect((await (await hub.as('support')).get('/gate?after=x_y')).status).toBe(400);
  });

  test('is a file for the warehouse in its encoding, and open to a key', async () => {
    const made = await (
      await hub.as('operator')
    ).post<{ key: string }>('/api-keys', { name: '倉庫', role: 'viewer' });
    const answer = await fetch(`${hub.url}/api/v1/gate/export.csv?gate=stop`, {
      headers: { authorization: `Bearer ${made.body.key}` },
    });
    expect(answer.headers.get('content-disposition')).toMatch(/ship-gate-\d{4}-\d\d-\d\d\.csv/u);
    const text = new TextDecoder('shift_jis').decode(await answer.arrayBuffer());
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe('店舗,注文番号,元の受注番号,NP取引ID,出荷可否,理由,更新日時');
    expect(lines).toHaveLength(1 + (await gate()).counts.stop);
    expect(text).toContain(orders.rejected);
    expect(text).toContain('出荷停止,審査NG');
  });
});

test('the deadline board counts what its lists hold, by day in Japan, and what has passed', async () => {
  const order = await cart.placeMagic('保留RE021');
  await hub.until(order, 'held');
  // A key, because a session does not last until the deadlines of this test.
  const operator = await hub.as('operator');
  const { key } = (await operator.post<{ key: string }>('/api-keys', { name: '期限', role: 'viewer' })).body;
  const ask = (path: string) =>
    request(hub.url, 'GET', `/api/v1/deadlines${path}`, { headers: { authorization: `Bearer ${key}` } });
  const board = async () => deadlineBoardSchema.parse((await ask('')).body);
  const listed = async (kind: string, day: string) =>
    deadlinePageSchema.parse((await ask(`/orders?kind=${kind}&day=${day}`)).body).rows;
  const first = await board();
  expect(first.holds.orders).toBeGreaterThan(0);
  for (const { kind, day, orders: count } of first.days) expect(await listed(kind, day)).toHaveLength(count);
  expect(first.days.some(({ kind }) => kind === 'hold-ageing')).toBe(true);
  hub.clock.forward(45 * 86_400_000);
  const later = (await board()).days.filter(({ day }) => day === 'overdue').map(({ kind }) => kind);
  expect(later).toEqual(expect.arrayContaining(['hold-ageing', 'unpaid']));
  expect((await listed('unpaid', 'overdue')).map(({ orderNumber }) => orderNumber)).toContain(orders.shipped);
  expect((await ask('/orders?kind=unpaid&day=soon')).status).toBe(400);
});

import {
  countsSchema,
  transactionPageSchema,
  transactionViewSchema,
  type Counts,
  type TransactionPage,
  type TransactionRow,
} from '@np-hub/model';
import { Accounts } from '../../src/accounts/accounts.js';
import type { ApiClient } from '../support/client.js';
import { password, startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart, type CartOrder } from './cart.js';

let hub: TestHub;
let cart: Cart;
let support: ApiClient;
let known: CartOrder;

/** Everything of a filter, page by page. */
async function all(client: ApiClient, query = '', limit = 7): Promise<TransactionRow[]> {
  const rows: TransactionRow[] = [];
  for (let after = ''; ;) {
    const { body } = await client.get<TransactionPage>(
      `/transactions?limit=${limit}&${query}${after && `&after=${encodeURIComponent(after)}`}`,
    );
    rows.push(...transactionPageSchema.parse(body).rows);
    if (body.next === null) return rows;
    after = body.next;
  }
}

const numbersOf = (rows: readonly TransactionRow[]): string[] => rows.map(({ orderNumber }) => orderNumber);
const search = async (text: string): Promise<string[]> =>
  numbersOf(await all(support, `q=${encodeURIComponent(text)}`, 100));

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
  support = await hub.as('support');
  const mixed = ['保留RE009', '保留RE029', '審査NG001', '審査ER', 'エラーE0100059', '審査中', ''];
  const numbers = await Promise.all(
    Array.from({ length: 35 }, (_, at) => cart.placeMagic(mixed[at % 7] ?? '')),
  );
  const buyer = {
    name: '髙島 美登利',
    kana: 'タカシマ ミドリ',
    tel: '090-9876-5432',
    email: 'Midori.T@example.jp',
  };
  const named = await cart.place({ sender: buyer });
  const spoilt = await cart.place({ sender: { tel: '031234567' } });
  for (const number of [...numbers, named]) await hub.until(number, ({ state }) => state !== 'received');
  await hub.until(named, 'approved');
  await cart.ship(named, '4321-8765-2109');
  await hub.until(named, 'reported');
  await hub.until(spoilt, 'blocked');
  await hub.settle();
  known = cart.order(named);
});
afterAll(() => hub.stop());

describe('the list', () => {
  test('page by page it gives every transaction once, the latest change first', async () => {
    const rows = await all(support);
    expect(rows).toHaveLength(37);
    expect(new Set(numbersOf(rows)).size).toBe(37);
    const times = rows.map(({ updatedAt }) => updatedAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('counts agree with the list for every state, actor, gate and for attention', async () => {
    const { body: counts } = await support.get<Counts>('/transactions/counts');
    expect(countsSchema.parse(counts).total).toBe(37);
    for (const [kind, filter] of [
      ['states', 'state'],
      ['actors', 'actor'],
      ['gates', 'gate'],
    ] as const) {
      expect(Object.values(counts[kind]).reduce((sum, count) => sum + count, 0)).toBe(37);
      for (const [name, count] of Object.entries(counts[kind])) {
        const rows = await all(support, `${filter}=${name}`, 100);
        expect([name, rows.length]).toEqual([name, count]);
      }
    }
    expect(counts.shops).toEqual({ [hub.shopId]: 37 });
    const attention = await all(support, 'attention=1', 100);
    const counted = await support.get<Counts>('/transactions/counts?attention=1');
    expect(attention.length).toBe(counted.body.total);
    expect(attention.every(({ attentions }) => attentions.length > 0)).toBe(true);
  });

  test('several values of one filter, and several filters together', async () => {
    const held = await all(support, 'state=held&state=rejected', 100);
    expect(new Set(held.map(({ state }) => state))).toEqual(new Set(['held', 'rejected']));
    const both = await all(support, 'state=held&gate=ship', 100);
    expect(both).toEqual([]);
    const counts = await support.get<Counts>('/transactions/counts?actor=np&gate=wait');
    expect(counts.body.total).toBe((await all(support, 'actor=np&gate=wait', 100)).length);
  });

  test('what is found stays whole while the list moves under the reader', async () => {
    const first = await support.get<TransactionPage>('/transactions?limit=10');
    await cart.edit(known.displayOrderNumber, { message: 'のし' });
    const number = await cart.place();
    await hub.until(number, 'approved');
    const rest: TransactionRow[] = [];
    for (let after = first.body.next; after !== null;) {
      const { body } = await support.get<TransactionPage>(
        `/transactions?limit=10&after=${encodeURIComponent(after)}`,
      );
      rest.push(...body.rows);
      after = body.next;
    }
    const seen = numbersOf([...first.body.rows, ...rest]);
    expect(new Set(seen).size).toBe(seen.length);
    await cart.cancel(number);
    await hub.until(number, 'cancelled');
  });
});

describe('search', () => {
  test.each([
    ['order number', () => known.displayOrderNumber],
    ['beginning of the order number', () => known.displayOrderNumber.slice(0, -2)],
    ['NP transaction id', () => cart.theOneAtNp(known.displayOrderNumber).npTransactionId],
    ['slip number', () => '4321-8765-2109'],
    ['slip number without hyphens', () => '432187652109'],
    ['name', () => '髙島 美登利'],
    ['name in one piece and the common letter', () => '高島美登利'],
    ['family name', () => '高島'],
    ['kana', () => 'タカシマ ミドリ'],
    ['hiragana', () => 'たかしまみどり'],
    ['half-width kana', () => 'ﾀｶｼﾏ'],
    ['phone', () => '090-9876-5432'],
    ['phone without hyphens', () => '09098765432'],
    ['full-width phone', () => '０９０−９８７６−５４３２'],
    ['phone with country code', () => '+81 90-9876-5432'],
    ['last four digits', () => '5432'],
    ['mail', () => 'midori.t@EXAMPLE.jp'],
  ])('by %s', async (_name, text) => {
    expect(await search(text())).toContain(known.displayOrderNumber);
  });

  test.each(['高', '島', '%', '_', '0909876543', 'midori', "' or 1=1 --", '\\'])(
    '%s finds nobody by accident',
    async (text) => {
      expect(await search(text)).not.toContain(known.displayOrderNumber);
    },
  );
});

describe('the page of one transaction', () => {
  test('has the history with its calls, the newest first', async () => {
    const page = transactionViewSchema.parse(await hub.page(known.displayOrderNumber));
    const events = page.timeline.filter(({ kind }) => kind === 'event').map(({ name }) => name);
    expect(events.reverse()).toEqual(
      expect.arrayContaining([
        'order-received',
        'operation-sent',
        'registration-accepted',
        'credit-approved',
        'order-shipped',
        'report-accepted',
      ]),
    );
    const calls = page.timeline.filter(({ kind }) => kind === 'call').map(({ name }) => name);
    expect(calls).toEqual(expect.arrayContaining(['register', 'find-credit', 'report']));
    const times = page.timeline.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('says who did what', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await hub.act(number, 'cancel');
    await hub.until(number, 'cancelled');
    const { timeline } = await hub.page(number);
    expect(timeline.find(({ name }) => name === 'cancel-requested')).toMatchObject({ by: 'support' });
  });

  test('one that is not there is a 404', async () => {
    const nobody = '11111111-1111-4111-8111-111111111111';
    expect((await support.get(`/transactions/${hub.shopId}/${nobody}`)).status).toBe(404);
  });
});

describe('roles and shops', () => {
  test('a viewer sees no personal data, neither in the list nor on the page, and can do nothing', async () => {
    const viewer = await hub.as('viewer');
    const list = JSON.stringify(await all(viewer, '', 200));
    const page = await hub.page(known.displayOrderNumber, 'viewer');
    const text = list + JSON.stringify(page);
    const { sender } = known;
    for (const secret of [
      sender.name,
      '美登利',
      '-9876',
      '0909876',
      sender.email,
      sender.address,
      sender.kana,
    ])
      expect(text).not.toContain(secret);
    expect(page.actions).toEqual([]);
    const row = await hub.stored(known.displayOrderNumber);
    const path = `/transactions/${hub.shopId}/${row?.id ?? ''}`;
    expect((await viewer.post(`${path}/actions/cancel`)).status).toBe(403);
    expect((await viewer.post(`${path}/preview`, { fields: {} })).status).toBe(403);
    expect((await viewer.post('/shops', {})).status).toBe(403);
    expect((await support.post('/shops', {})).status).toBe(403);
    expect((await support.get('/connections')).status).toBe(403);
  });

  test('somebody of another shop sees none of this one', async () => {
    const accounts = hub.app.get(Accounts, { strict: false });
    const shopIds = ['22222222-2222-4222-8222-222222222222'];
    await accounts.ensureUser({ login: 'elsewhere', name: '別の店', role: 'support', password, shopIds });
    const stranger = await hub.as('elsewhere');
    const row = await hub.stored(known.displayOrderNumber);
    const path = `/transactions/${hub.shopId}/${row?.id ?? ''}`;
    expect(await all(stranger)).toEqual([]);
    expect((await stranger.get<Counts>('/transactions/counts')).body.total).toBe(0);
    expect((await stranger.get<Counts>(`/transactions/counts?shopId=${hub.shopId}`)).body.total).toBe(0);
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.post(`${path}/actions/cancel`)).status).toBe(404);
    expect((await stranger.get<unknown[]>('/shops')).body).toEqual([]);
    expect((await stranger.get(`/shops/${hub.shopId}/runs`)).status).toBe(404);
    expect((await stranger.post(`/shops/${hub.shopId}/run-now`)).status).toBe(404);
  });
});

describe('writes that come twice', () => {
  test('the same key gives the same answer, and the action is done once', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    const fields = { 'buyer.address': `${known.sender.address}9-9` };
    const [one, two] = [
      await hub.act(number, 'cancel', {}, 'press-1'),
      await hub.act(number, 'cancel', {}, 'press-1'),
    ];
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(two.body).toEqual(one.body);
    const other = await hub.act(number, 'correct', { fields }, 'press-1');
    expect(other).toMatchObject({ status: 409, body: { error: 'idempotency-key-reused' } });
    await hub.until(number, 'cancelled');
    const [row] = await hub.database.query<{ count: number }[]>(
      `select count(*)::int from history h join transactions t on t.id = h.transaction_id
       where t.order_number = $1 and h.event->>'type' = 'cancel-requested'`,
      [number],
    );
    expect(row?.count).toBe(1);
  });

  test('ten presses at one time, each with a key of its own, cancel once at NP', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    const before = (await cart.calls())['np.cancel'] ?? 0;
    const answers = await Promise.all(Array.from({ length: 10 }, () => hub.act(number, 'cancel')));
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    await hub.until(number, 'cancelled');
    await hub.settle();
    expect(((await cart.calls())['np.cancel'] ?? 0) - before).toBe(1);
  });

  test('an action that the facts do not allow is refused by name', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    for (const action of ['confirm-absence', 'report', 'reissue'])
      expect(await hub.act(number, action)).toMatchObject({ status: 409, body: { error: 'not-allowed' } });
    expect((await hub.act(number, 'explode')).status).toBe(400);
  });
});

import {
  buyerPageSchema,
  deadlineBoardSchema,
  deadlinePageSchema,
  deskViewSchema,
  findViewSchema,
  gatePageSchema,
  inboxForSchema,
  inboxPageSchema,
  type DeskView,
  type FindView,
  type GatePage,
  type InboxPage,
  repairPageSchema,
  type NewBuyerLink,
  type RepairGroup,
  type RepairPage,
  type RepairResult,
} from '@np-hub/model';
import { cartOf, type Cart } from '../path/cart.js';
import { password, request, startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let cart: Cart;
const orders = { held: '', blocked: '', shipped: '', rejected: '', approved: '' };

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
  const sender = {
    name: '東雲 あかり',
    kana: 'シノノメ アカリ',
    tel: '090-1357-2468',
    address2: '保留RE009',
  };
  orders.held = await cart.place({ sender });
  orders.blocked = await cart.place({ sender: { name: '髙橋 一郎', tel: '031234567' } });
  orders.shipped = await cart.place({ sender: { name: '佐藤 花子', tel: '0669991111' } });
  orders.rejected = await cart.placeMagic('審査NG001');
  orders.approved = await cart.place();
  await hub.until(orders.shipped, 'approved');
  await cart.ship(orders.shipped, '1234-5678-9012');
  await hub.until(orders.held, 'held');
  await hub.until(orders.blocked, 'blocked');
  await hub.until(orders.shipped, 'reported');
  await hub.until(orders.rejected, 'rejected');
  await hub.until(orders.approved, 'approved');
  const operator = await hub.as('operator');
  await operator.post('/users', {
    login: 'elsewhere',
    name: 'E',
    role: 'support',
    password,
    shopIds: [hub.connectionId],
  });
}, 60_000);
afterAll(() => hub.stop());

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

describe('the inbox', () => {
  const inbox = async (query = '', login = 'support'): Promise<InboxPage> => {
    const answer = await (await hub.as(login)).get<InboxPage>(`/inbox?${query}`);
    expect(answer.status).toBe(200);
    return inboxPageSchema.parse(answer.body);
  };
  const numbers = ({ rows }: InboxPage): string[] => rows.map(({ orderNumber }) => orderNumber).sort();
  const keyOf = async (order: string) => ({ shopId: hub.shopId, id: (await hub.stored(order))?.id ?? '' });
  const mark = async (order: string, given: object, login = 'support') =>
    (await hub.as(login)).post<{ marked?: number }>('/inbox/marks', {
      keys: [await keyOf(order)],
      mark: given,
    });
  const desk = async (order: string, login = 'support'): Promise<DeskView> => {
    const { shopId, id } = await keyOf(order);
    const { body } = await (await hub.as(login)).get<DeskView>(`/transactions/${shopId}/${id}/desk`);
    return deskViewSchema.parse(body);
  };

  test('holds what needs somebody by whose turn it is, and each count is the number of rows behind it', async () => {
    const all = await inbox();
    expect(numbers(all)).toEqual([orders.blocked, orders.held, orders.rejected].sort());
    const turns = new Map(all.rows.map((row) => [row.orderNumber, row.for]));
    expect(turns.get(orders.held)).toBe('buyer');
    expect(turns.get(orders.blocked)).toBe('shop');
    for (const turn of inboxForSchema.options) {
      const page = await inbox(`for=${turn}`);
      expect(page.rows).toHaveLength(all.counts.for[turn]);
      expect(page.counts.for).toEqual(all.counts.for);
    }
    expect(all.counts).toMatchObject({ show: { open: 3, snoozed: 0, done: 0 }, mine: 0, unassigned: 3 });
  });

  test('comes in pages by age and by deadline, without a repetition and without a gap', async () => {
    for (const sort of ['age', 'deadline']) {
      const seen: string[] = [];
      let after = '';
      do {
        const page = await inbox(`sort=${sort}&limit=1${after}`);
        seen.push(...numbers(page));
        after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
      } while (after !== '');
      expect(seen.sort()).toEqual(numbers(await inbox()));
    }
  });

  test('somebody is asked to look after an order; only colleagues who see its shop can be', async () => {
    expect((await mark(orders.held, { kind: 'assign', assignee: 'operator' })).body.marked).toBe(1);
    expect(numbers(await inbox('assignee=me', 'operator'))).toEqual([orders.held]);
    expect(numbers(await inbox('assignee=operator'))).toEqual([orders.held]);
    expect(numbers(await inbox('assignee=nobody'))).not.toContain(orders.held);
    expect((await inbox('', 'operator')).counts.mine).toBe(1);
    for (const assignee of ['viewer', 'elsewhere', 'nobody at all']) {
      expect((await mark(orders.held, { kind: 'assign', assignee })).status).toBe(400);
    }
    expect((await mark(orders.held, { kind: 'done' }, 'elsewhere')).body.marked).toBe(0);
    expect((await mark(orders.held, { kind: 'done' }, 'viewer')).status).toBe(403);
    const people = (await (await hub.as('support')).get<{ login: string }[]>('/inbox/people')).body;
    expect(people.map(({ login }) => login)).toEqual(['elsewhere', 'operator', 'support']);
    await mark(orders.held, { kind: 'assign', assignee: null });
  });

  test('snoozed until a moment, it comes back then', async () => {
    const until = new Date(hub.clock.now().getTime() + 3_600_000).toISOString();
    expect((await mark(orders.rejected, { kind: 'snooze', until: '2020-01-01T00:00:00Z' })).status).toBe(400);
    expect((await mark(orders.rejected, { kind: 'snooze', until })).body.marked).toBe(1);
    expect(numbers(await inbox())).not.toContain(orders.rejected);
    expect((await inbox('show=snoozed')).rows[0]?.mark.snoozedUntil).toBe(until);
    hub.clock.forward(3_700_000);
    expect(numbers(await inbox())).toContain(orders.rejected);
  });

  test('done, it comes back when the facts change, and not before', async () => {
    await mark(orders.blocked, { kind: 'done' });
    expect(numbers(await inbox('show=done'))).toEqual([orders.blocked]);
    await cart.edit(orders.blocked, { message: '午前中' });
    await hub.settle();
    expect(numbers(await inbox('show=done'))).toEqual([orders.blocked]);
    expect((await desk(orders.blocked)).mark.doneAt).not.toBeNull();
    await cart.edit(orders.blocked, { sender: { tel: '03123456' } });
    await hub.eventually(async () => numbers(await inbox()).includes(orders.blocked));
    expect((await desk(orders.blocked)).mark.doneAt).toBeNull();
  });

  test('notes and marks stand in the record of the order; a viewer sees that there is a note, not what it says', async () => {
    const { shopId, id } = await keyOf(orders.blocked);
    const support = await hub.as('support');
    const path = `/transactions/${shopId}/${id}/notes`;
    expect((await support.post(path, { text: '東雲様に電話、折り返し待ち' })).status).toBe(204);
    expect((await support.post(path, { text: '  ' })).status).toBe(400);
    expect((await (await hub.as('viewer')).post(path, { text: 'x' })).status).toBe(403);
    expect((await (await hub.as('elsewhere')).post(path, { text: 'x' })).status).toBe(404);
    const { entries } = await desk(orders.blocked);
    expect(entries.map(({ kind, by, text }) => [kind, by, text])).toEqual([
      ['note', 'support', '東雲様に電話、折り返し待ち'],
      ['done', 'support', null],
    ]);
    expect((await desk(orders.blocked, 'viewer')).entries[0]?.text).toBe('＊＊');
    const [stored] = await hub.database.query<{ text: string }[]>(
      `select string_agg(e::text, ' ') as text from desk_entries e`,
    );
    expect(stored?.text).not.toContain(Buffer.from('東雲').toString('hex'));
  });
});

describe('a link to the buyer', () => {
  const linksPath = async (order: string): Promise<string> =>
    `/transactions/${hub.shopId}/${(await hub.stored(order))?.id ?? ''}/links`;
  const make = async (order: string, body: object = {}) =>
    (await hub.as('support')).post<NewBuyerLink>(await linksPath(order), body);
  /** What a buyer's browser sends: no session. */
  const buyer = (step: 'read' | 'correct', token: string, fields?: object) =>
    request(hub.url, 'POST', `/api/v1/buyer-link/${step}`, {
      body: { token, ...(fields ? { fields } : {}) },
    });
  const tokenOf = ({ url }: { url: string }): string => url.split('#')[1] ?? '';

  test('shows the shop and the buyer’s own offending field, and nothing else of the order', async () => {
    const made = await make(orders.held);
    expect(made.status).toBe(201);
    expect(made.body.fields).toEqual(['buyer.address']);
    const { body } = await buyer('read', tokenOf(made.body));
    const page = buyerPageSchema.strict().parse(body);
    expect(page.fields).toEqual([
      { path: 'buyer.address', value: expect.stringContaining('保留RE009'), limit: 55 },
    ]);
    for (const secret of [orders.held, '東雲', '1357', hub.shopId])
      expect(JSON.stringify(body)).not.toContain(secret);
    const [stored] = await hub.database.query<{ text: string }[]>(
      `select string_agg(l::text, ' ') as text from buyer_links l`,
    );
    expect(stored?.text).not.toContain(tokenOf(made.body));
  });

  test('is refused where nothing is to be put right, to viewers, and for other fields', async () => {
    expect((await make(orders.shipped)).status).toBe(409);
    expect((await make(orders.held, { fields: ['buyer.phone'] })).status).toBe(400);
    expect((await (await hub.as('viewer')).post(await linksPath(orders.held), {})).status).toBe(403);
    expect((await (await hub.as('elsewhere')).post(await linksPath(orders.held), {})).status).toBe(404);
  });

  test('a new one, a revocation and the time each close it, and nobody is told which', async () => {
    const first = tokenOf((await make(orders.held)).body);
    const second = (await make(orders.held, { hours: 1 })).body;
    expect((await buyer('read', first)).status).toBe(404);
    expect((await buyer('read', tokenOf(second))).status).toBe(200);
    const support = await hub.as('support');
    expect((await support.delete(`${await linksPath(orders.held)}/${second.id}`)).status).toBe(204);
    expect((await support.delete(`${await linksPath(orders.held)}/${second.id}`)).status).toBe(404);
    const third = tokenOf((await make(orders.held, { hours: 1 })).body);
    hub.clock.forward(3_700_000);
    const answers = await Promise.all(
      [first, tokenOf(second), third, 'guessed'].map((token) => buyer('read', token)),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });

  test('takes a correction once, by the buyer, and the order goes on; a mistake uses nothing up', async () => {
    const token = tokenOf((await make(orders.held)).body);
    const { buyer: before } = await hub.page(orders.held);
    const address = (before?.address ?? '').replace('保留RE009', '山田ビル405号室');
    const tries: readonly [object, number][] = [
      [{ 'buyer.name': '別人' }, 400],
      [{ 'buyer.address': before?.address ?? '' }, 400],
      [{ 'buyer.address': '' }, 400],
      [{ 'buyer.address': 'あ'.repeat(56) }, 400],
    ];
    for (const [fields, status] of tries) expect((await buyer('correct', token, fields)).status).toBe(status);
    const both = await Promise.all([1, 2].map(() => buyer('correct', token, { 'buyer.address': address })));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
    await hub.until(orders.held, 'approved');
    const page = await hub.page(orders.held);
    expect(page.corrections.map(({ path }) => path)).toEqual(['buyer.address']);
    expect(page.timeline.find(({ name }) => name === 'correction-made')?.by).toBe('buyer-link');
    const { body } = await (
      await hub.as('support')
    ).get<DeskView>((await linksPath(orders.held)).replace(/links$/u, 'desk'));
    expect(body.links[0]?.usedAt).not.toBeNull();
    expect(body.entries[0]).toMatchObject({ kind: 'link-used', by: 'buyer-link', detail: 'buyer.address' });
    expect((await buyer('read', token)).status).toBe(404);
  });

  test('too many tries from one place are turned away', async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 40; tries += 1) statuses.push((await buyer('read', `guess ${tries}`)).status);
    expect(statuses.at(-1)).toBe(429);
  });

  test('nobody can sign up under the buyer’s name', async () => {
    const login = { login: 'Buyer-Link', name: 'x', role: 'support', password: 'correct horse battery' };
    expect((await (await hub.as('operator')).post('/users', login)).status).toBe(400);
  });
});

describe('repairs', () => {
  const pattern = 'kind=problem&name=phone-format&field=customer.phone';
  const groups = async (login = 'support') =>
    (await (await hub.as(login)).get<RepairGroup[]>('/repairs')).body;
  const preview = async (): Promise<RepairPage> =>
    repairPageSchema.parse((await (await hub.as('support')).get(`/repairs/orders?${pattern}`)).body);
  const apply = async (given: readonly object[], login = 'support') =>
    (await hub.as(login)).post<{ results: RepairResult[] }>('/repairs/apply', { orders: given });

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
    expect((await apply(undone)).body.results[0]?.ok).toBe(true);
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

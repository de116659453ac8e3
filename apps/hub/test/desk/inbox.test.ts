import {
  buyerPageSchema,
  deskViewSchema,
  inboxForSchema,
  inboxPageSchema,
  type DeskView,
  type InboxPage,
  type NewBuyerLink,
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
    expect(people.map(({ login }) => login)).toEqual(['elsewhere', 'operator', 'owner', 'support']);
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
    const login = { login: 'Buyer-Link', name: 'x', role: 'support' };
    expect((await (await hub.as('operator')).post('/users', login)).status).toBe(400);
  });
});

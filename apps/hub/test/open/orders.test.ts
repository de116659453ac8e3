import { openOrderResultSchema, type ChangePage, type ErrorView } from '@np-hub/model';
import { changePageSchema, noticePageSchema, type NoticePage } from '@np-hub/model';
import type { ApiAnswer } from '../support/client.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { addOpenShop, orderBody, programOf, type Program } from './any-system.js';

let hub: TestHub;
let shopId: string;
let program: Program;

beforeAll(async () => {
  hub = await startTestHub();
  shopId = await addOpenShop(hub, { settings: { words: { approved: 'SHIP_OK' } } });
  program = await programOf(hub, shopId);
});
afterAll(() => hub.stop());

let count = 0;
const newNumber = (): string => `W-${(count += 1)}`;
const until = (number: string, state: Parameters<TestHub['until']>[1]) =>
  hub.until(number, state, { shopId });

async function approved(fields: object = {}): Promise<{ number: string; body: object }> {
  const [number, body] = [newNumber(), orderBody(hub, fields)];
  const answer = await program.put(number, body);
  expect([answer.status, answer.body.outcome]).toEqual([200, 'created']);
  await until(number, 'approved');
  return { number, body };
}

const shipment = (orderNumber: string, fields: object = {}) => ({
  orderNumber,
  carrier: '59010',
  slipNumber: '1234-5678-9012',
  ...fields,
});

const problemOf = (answer: ApiAnswer<unknown>): [number, string, string[]] => {
  const { error, fields } = answer.body as ErrorView;
  return [answer.status, error, fields.map(({ field }) => field)];
};

describe('one order', () => {
  test('sent once it goes to NP; the same again, in any order of fields, changes nothing', async () => {
    const { number, body } = await approved();
    const again = await program.put(number, Object.fromEntries(Object.entries(body).reverse()));
    expect(openOrderResultSchema.strict().parse(again.body)).toEqual({
      orderNumber: number,
      ok: true,
      outcome: 'unchanged',
      errors: [],
      newWords: [],
    });
    const { id } = await until(number, 'approved');
    const [row] = await hub.database.query<{ moves: number }[]>(
      `select count(*)::int as moves from history where transaction_id = $1 and event->>'type' like 'order-%'`,
      [id],
    );
    expect(row?.moves).toBe(1);
  });

  test('placed a day ahead it is taken, as a clock elsewhere may say; later the field is named', async () => {
    const inHours = (hours: number) => new Date(hub.clock.now().getTime() + hours * 3_600_000).toISOString();
    const { number } = await approved({ orderedAt: inHours(23) });
    const later = newNumber();
    expect(problemOf(await program.put(later, orderBody(hub, { orderedAt: inHours(25) })))).toEqual([
      400,
      'invalid-input',
      ['orderedAt'],
    ]);
    expect(await hub.stored(later, shopId)).toBeUndefined();
    expect(problemOf(await program.put(number, orderBody(hub, { orderedAt: inHours(2_400) })))[2]).toEqual([
      'orderedAt',
    ]);
    expect((await hub.stored(number, shopId))?.gate).toBe('ship');
    await program.post('shipments', { shipments: [shipment(number)] });
    await until(number, 'reported');
  });

  test('an edit is one: NP gets the new amount', async () => {
    const { number } = await approved();
    const lines = [{ name: '見本品', unitPriceYen: 3_000, quantity: 2 }];
    expect((await program.put(number, orderBody(hub, { lines, billedYen: 6_000 }))).body.outcome).toBe(
      'changed',
    );
    await until(number, (row) => row.state === 'approved' && row.facts.wanted.payload.billedYen === 6_000);
  });

  test('what is wrong is named by its path; nothing is kept of it', async () => {
    const number = newNumber();
    const { buyer } = orderBody(hub);
    const wrong = {
      billedYen: '3000',
      buyer: { ...buyer, phone: undefined },
      emial: 'x',
      lines: [{ name: 'x' }],
    };
    const answer = await program.put(number, orderBody(hub, wrong));
    expect(problemOf(answer)).toEqual([
      400,
      'invalid-input',
      ['buyer.phone', 'lines[0].unitPriceYen', 'lines[0].quantity', 'billedYen', 'emial'],
    ]);
    expect(await hub.stored(number, shopId)).toBeUndefined();
    expect(problemOf(await program.put(number, orderBody(hub, { orderNumber: 'other' })))[2]).toEqual([
      'orderNumber',
    ]);
    expect((await program.send('PUT', `/shops/${shopId}/orders/x`, [])).status).toBe(400);
  });

  test('older than what is known, it is refused as stale and changes nothing', async () => {
    const at = (minutes: number) => new Date(hub.clock.now().getTime() + minutes * 60_000).toISOString();
    const { number } = await approved({ changedAt: at(0) });
    const older = await program.put(number, orderBody(hub, { changedAt: at(-10), note: 'old' }));
    expect(problemOf(older)).toEqual([409, 'stale', ['changedAt']]);
    expect((await program.put(number, orderBody(hub, { changedAt: at(1), note: 'new' }))).status).toBe(200);
    await program.post('shipments', { shipments: [shipment(number)] });
    await until(number, 'reported');
    expect((await program.put(number, orderBody(hub, { changedAt: at(0), note: 'older' }))).status).toBe(409);
  });

  test('a clock that is a year ahead is not believed: what comes next is newer', async () => {
    const minutes = 365 * 24 * 60;
    const at = (ahead: number) => new Date(hub.clock.now().getTime() + ahead * 60_000).toISOString();
    const { number } = await approved({ changedAt: at(minutes) });
    hub.clock.forward(1_000);
    const put = async (changedAt: string, note: string) =>
      (await program.put(number, orderBody(hub, { changedAt, note }))).body.outcome;
    expect(await put(at(0), 'set right')).toBe('unchanged');
    expect(await put(at(minutes), 'ahead again')).toBe('unchanged');
    expect(await program.post('shipments', { shipments: [shipment(number)] })).toMatchObject([{ ok: true }]);
    await until(number, 'reported');
  });

  test('an order that was locked while such a time was believed is taken again', async () => {
    const { number } = await approved();
    await hub.database.query(
      `update transactions set facts = jsonb_set(facts::jsonb, '{cart,seenAt}', '"2099-01-01T00:00:00.000Z"')
       where shop_id = $1 and order_number = $2`,
      [shopId, number],
    );
    const changedAt = hub.clock.now().toISOString();
    const lines = [{ name: '見本品', unitPriceYen: 3_000, quantity: 2 }];
    const edit = await program.put(number, orderBody(hub, { changedAt, lines, billedYen: 6_000 }));
    expect(edit.body.outcome).toBe('changed');
    await until(number, (row) => row.state === 'approved' && row.facts.wanted.payload.billedYen === 6_000);
  });

  test('paid otherwise, it is taken note of and not kept', async () => {
    const number = newNumber();
    expect((await program.put(number, orderBody(hub, { payment: 'other' }))).body.outcome).toBe('ignored');
    expect(await hub.stored(number, shopId)).toBeUndefined();
  });
});

describe('shipments and cancellations', () => {
  test('a shipment alone is enough; told again it changes nothing, and the order sent again keeps it', async () => {
    const { number, body } = await approved();
    const tell = () => program.post('shipments', { shipments: [shipment(number)] });
    expect(await tell()).toMatchObject([{ orderNumber: number, ok: true, outcome: 'changed' }]);
    await until(number, 'reported');
    expect(await tell()).toMatchObject([{ outcome: 'unchanged' }]);
    const unhyphened = [shipment(number, { slipNumber: '123456789012' })];
    expect(await program.post('shipments', { shipments: unhyphened })).toMatchObject([
      { outcome: 'unchanged' },
    ]);
    expect((await program.put(number, { ...body, note: 'のし' })).status).toBe(200);
    const row = await until(number, 'reported');
    expect(row.facts.wanted.shipment).toEqual({ carrierCode: '59010', slipNumber: '1234-5678-9012' });
  });

  test('two parcels of one order in one call are one change', async () => {
    const { number } = await approved();
    const results = await program.post('shipments', {
      shipments: [shipment(number), shipment(number, { slipNumber: '2222-2222-2222', carrier: 'yamato' })],
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(['changed', 'changed']);
    await until(number, 'reported');
    const page = await hub.page(number, 'support', shopId);
    expect(page.parcels.map(({ slipNumber }) => slipNumber)).toEqual(['1234-5678-9012', '2222-2222-2222']);
  });

  test('a cancellation alone is enough; the order sent again stays cancelled until it says that it is open', async () => {
    const { number, body } = await approved();
    const cancel = () => program.post('cancellations', { orderNumbers: [number] });
    expect(await cancel()).toMatchObject([{ orderNumber: number, outcome: 'changed' }]);
    await until(number, 'cancelled');
    expect(await cancel()).toMatchObject([{ outcome: 'unchanged' }]);
    expect((await program.put(number, { ...body, note: 'x' })).status).toBe(200);
    expect((await hub.stored(number, shopId))?.state).toBe('cancelled');
    await program.put(number, { ...body, status: 'open' });
    await until(number, 'approved');
  });

  test('a broken one never stops the others; each error has its place', async () => {
    const { number } = await approved();
    const results = await program.post('shipments', {
      shipments: [
        { orderNumber: number, carrier: '59010' },
        shipment('nobody'),
        'x',
        shipment(number, { shippedAt: 'yesterday' }),
        shipment(number),
      ],
    });
    expect(
      results.map(({ ok, errors }) => (ok ? 'ok' : errors.map(({ field, code }) => `${field} ${code}`))),
    ).toEqual([
      ['shipments[0].slipNumber invalid-input'],
      ['shipments[1].orderNumber unknown-order'],
      ['shipments[2] invalid-input'],
      ['shipments[3].shippedAt invalid-input'],
      'ok',
    ]);
    const cancelled = await program.post('cancellations', { orderNumbers: ['nobody'] });
    expect(cancelled[0]?.errors).toMatchObject([{ field: 'orderNumbers[0]', code: 'unknown-order' }]);
  });

  test('a number with half a character in it never stops the others', async () => {
    const numbers = [newNumber(), 'half \ud801', 'half \ud802'];
    const results = await program.post('orders', {
      orders: numbers.map((orderNumber) => orderBody(hub, { orderNumber })),
    });
    expect(results.map(({ outcome, errors }) => [outcome, errors[0]?.field])).toEqual([
      ['created', undefined],
      ['refused', 'orders[1].orderNumber'],
      ['refused', 'orders[2].orderNumber'],
    ]);
  });

  test('an unknown carrier is told at once, and waits for a person', async () => {
    const { number } = await approved();
    const [result] = await program.post('shipments', {
      shipments: [shipment(number, { carrier: '自社トラック便' })],
    });
    expect(result).toMatchObject({ ok: true, newWords: [{ axis: 'carrier', raw: '自社トラック便' }] });
    const row = await hub.stored(number, shopId);
    expect(row?.facts.attempts.map(({ reported }) => reported)).toEqual([null]);
    expect(row?.facts.wanted.shipmentProblems).not.toEqual([]);
  });

  test('orders and shipments that come at the same time are all kept', async () => {
    const numbers = await Promise.all(Array.from({ length: 8 }, async () => (await approved()).number));
    await Promise.all(
      numbers.flatMap((number, index) => [
        program.put(number, orderBody(hub, { note: `edit ${index}` })),
        program.post('shipments', {
          shipments: [shipment(number, { slipNumber: `9999-0000-${1_000 + index}` })],
        }),
        program.put(number, orderBody(hub, { note: `edit ${index} again` })),
      ]),
    );
    for (const number of numbers) {
      const row = await until(number, 'reported');
      expect(row.facts.wanted.shipment?.slipNumber).toMatch(/^9999-0000-1\d{3}$/u);
    }
  });
});

describe('many orders', () => {
  test('come with a result each, in their order; the same thousand again changes nothing', async () => {
    const body = orderBody(hub);
    const orders = Array.from({ length: 1_000 }, (_, index) => ({ ...body, orderNumber: `bulk-${index}` }));
    const first = await program.post('orders', { orders });
    expect(first.map(({ orderNumber }) => orderNumber)).toEqual(orders.map(({ orderNumber }) => orderNumber));
    expect(new Set(first.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
    const second = await program.post('orders', { orders });
    expect(new Set(second.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
    await program.post('cancellations', { orderNumbers: orders.map(({ orderNumber }) => orderNumber) });
  });

  test('the good ones are taken beside the bad ones', async () => {
    const good = newNumber();
    const results = await program.post('orders', {
      orders: [
        orderBody(hub, { orderNumber: good }),
        orderBody(hub, { orderNumber: newNumber(), buyer: { name: 1 } }),
        orderBody(hub),
        orderBody(hub, { orderNumber: good }),
        orderBody(hub, { orderNumber: 'a\u0000b' }),
      ],
    });
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'created',
      'refused',
      'refused',
      'refused',
      'refused',
    ]);
    expect(results.map(({ errors }) => errors[0]?.field)).toEqual([
      undefined,
      'orders[1].buyer.name',
      'orders[2].orderNumber',
      'orders[3].orderNumber',
      'orders[4].orderNumber',
    ]);
    for (const orders of [[], Array.from({ length: 1_001 }, () => ({})), 'x', [1]]) {
      expect((await program.send('POST', `/shops/${shopId}/orders`, { orders })).status).toBe(400);
    }
  });
});

test('other shops: a cart with an adapter, a draft, a foreign one and a viewer are refused', async () => {
  const wide = await programOf(hub, shopId, { shopIds: [hub.shopId, shopId] });
  const cart = await wide.send('POST', `/shops/${hub.shopId}/shipments`, { shipments: [shipment('x')] });
  expect(problemOf(cart).slice(0, 2)).toEqual([409, 'not-by-api']);
  const draft = await addOpenShop(hub, { live: false, name: '下書き' });
  const ofDraft = await programOf(hub, draft);
  expect(problemOf(await ofDraft.put('x', orderBody(hub))).slice(0, 2)).toEqual([409, 'shop-not-live']);
  expect((await program.send('POST', `/shops/${draft}/orders`, { orders: [{}] })).status).toBe(404);
  const viewer = await programOf(hub, shopId, { role: 'viewer' });
  expect((await viewer.put('x', orderBody(hub))).status).toBe(403);
});

test('the feed tells the life of an order in the shop’s own words, and the log what people had to know', async () => {
  const start = (await program.send<ChangePage>('GET', '/changes?limit=1000')).body;
  let cursor = start.next;
  for (let more = start.more; more;) {
    const { body } = await program.send<ChangePage>('GET', `/changes?limit=1000&after=${cursor}`);
    [cursor, more] = [body.next, body.more];
  }
  const { number } = await approved();
  const bad = newNumber();
  await program.put(bad, orderBody(hub, { buyer: { ...orderBody(hub).buyer, phone: '1' } }));
  await until(bad, 'blocked');
  const { body } = await program.send<ChangePage>('GET', `/changes?limit=1000&after=${cursor}`);
  const { rows } = changePageSchema.parse(body);
  const life = rows.filter(({ orderNumber }) => orderNumber === number);
  expect(life.at(-1)).toMatchObject({ state: 'approved', gate: 'ship', word: 'SHIP_OK', shopId });
  expect(life[0]?.gate).toBe('wait');
  const blocked = rows.filter(({ orderNumber }) => orderNumber === bad).at(-1);
  expect(blocked?.reasons[0]?.code).toMatch(/^customer\.phone:/u);
  expect(blocked?.reasons[0]?.title.ja).toContain('電話番号');
  const notices = await program.send<NoticePage>('GET', '/notices?limit=1');
  const [notice] = noticePageSchema.parse(notices.body).rows;
  expect(notice).toMatchObject({ orderNumber: bad, kind: 'blocked', shopName: '自社サイト' });
  expect(notice?.text.ja).toContain('電話番号');
  const older = await program.send<NoticePage>('GET', `/notices?limit=200&after=${notices.body.next ?? ''}`);
  expect(older.body.rows?.map(({ id }) => id) ?? []).not.toContain(notice?.id);
  expect((await program.send('GET', '/notices?after=x')).status).toBe(400);
});

test('an order that was cancelled, or never began, has the word of its state in the feed to its end', async () => {
  const wordsOf = async (number: string): Promise<(string | null)[]> => {
    const words: (string | null)[] = [];
    for (let [after, more] = ['', true]; more;) {
      const { body } = await program.send<ChangePage>('GET', `/changes?limit=1000${after}`);
      words.push(...body.rows.flatMap((row) => (row.orderNumber === number ? [row.word] : [])));
      [after, more] = [`&after=${body.next}`, body.more];
    }
    return words;
  };
  const { number } = await approved();
  await program.post('cancellations', { orderNumbers: [number] });
  await until(number, 'cancelled');
  expect((await wordsOf(number)).slice(-2)).toEqual(['キャンセル中', 'キャンセル済み']);
  const { buyer } = orderBody(hub);
  const paid = (await approved({ buyer: { ...buyer, address: `${buyer.address} 入金` } })).number;
  await program.post('shipments', { shipments: [shipment(paid)] });
  await until(paid, 'paid');
  await program.post('cancellations', { orderNumbers: [paid] });
  const row = await until(paid, 'cancel-refused-paid');
  expect((await wordsOf(paid)).at(-1)).toBe('入金済みキャンセル不可');
  // What the cart itself is to show is another question: it has closed the order.
  const [stored] = await hub.database.query<{ word_key: string | null }[]>(
    'select word_key from transactions where id = $1',
    [row.id],
  );
  expect(stored?.word_key).toBeNull();
  const early = newNumber();
  await program.put(early, orderBody(hub, { orderedAt: '2026-01-05T10:00:00+09:00' }));
  await until(early, 'released');
  expect(await wordsOf(early)).toEqual(['連携対象外']);
});

test('the description of the API has a summary and an answer for every one of these routes', async () => {
  const { body } = await (await hub.as('operator')).get<unknown>('/../../api/docs/json');
  const { paths } = body as {
    paths: Record<string, Record<string, { summary?: string; responses: object }>>;
  };
  const own = Object.entries(paths).filter(
    ([path]) =>
      /\/(changes|notices|api-keys|webhooks\b.*|orders.*|shipments|cancellations)/u.test(path) &&
      path.startsWith('/api/'),
  );
  const routes = own.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({ path, method, route })),
  );
  expect(routes.length).toBeGreaterThanOrEqual(15);
  for (const { path, method, route } of routes) {
    expect([method, path, route.summary]).toEqual([method, path, expect.stringMatching(/\S/u)]);
    const answers = Object.entries(route.responses).filter(([status]) => status.startsWith('2'));
    expect(JSON.stringify(answers).includes('"schema"')).toBe(method !== 'delete');
  }
});

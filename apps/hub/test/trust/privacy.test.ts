import type { BuyerMatches, RetentionPreview } from '@np-hub/model';
import { numberedBuyers } from '../../src/privacy/same-buyers.js';
import { Retention } from '../../src/privacy/retention.js';
import { cartOf, type Cart } from '../path/cart.js';
import { request } from '../support/client.js';
import { password, startTestHub, type TestHub } from '../support/hub.js';
import { dumpOf } from './dump.js';

/** Made up, and nowhere else in the code: found in a dump, they come from the orders of this test. */
const people = {
  toForget: {
    name: '忘却 希望',
    kana: 'ボウキャク キボウ',
    tel: '080-7351-9264',
    email: 'wasurete.kibou@example.jp',
  },
  other: {
    name: '残留 継子',
    kana: 'ザンリュウ ケイコ',
    tel: '090-6482-1735',
    email: 'keiko.zanryu@example.jp',
  },
};
const place = '架空坂九丁目8番7号メゾン幻影';
const dayMs = 24 * 3_600_000;

let hub: TestHub;
let cart: Cart;
const numbers = { toForget: '', other: '' };

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
  for (const who of ['toForget', 'other'] as const) {
    numbers[who] = await cart.place({ sender: { ...people[who], address2: place } });
    await hub.until(numbers[who], 'approved');
  }
});
afterAll(() => hub.stop());

const find = async (q: string): Promise<BuyerMatches> =>
  (await (await hub.as('operator')).post<BuyerMatches>('/privacy/buyers/find', { q })).body;
const keyOf = async (number: string) => {
  const row = await hub.stored(number);
  return { keys: [{ shopId: hub.shopId, id: row?.id ?? '' }] };
};

test('a dump of the database holds no person, no credential and no password in the clear', async () => {
  await hub.settle();
  const { everything, bytes } = await dumpOf(hub.database);
  const [merchant] = hub.sandbox.config.merchants;
  const [shop] = hub.sandbox.config.shops;
  const phones = Object.values(people).flatMap(({ tel }) => [tel, tel.replaceAll('-', '')]);
  const names = Object.values(people).flatMap(({ name, kana }) => [
    name,
    kana,
    ...name.split(' '),
    ...kana.split(' '),
  ]);
  const mails = Object.values(people).map(({ email }) => email);
  const secrets = [merchant?.spCode, shop?.token, shop?.apiKey, shop?.webhookSecret, password];
  for (const value of [...phones, ...names, ...mails, place, ...secrets]) {
    expect([value, String(value).length > 1]).toEqual([value, true]);
    expect([value, everything.includes(String(value))]).toEqual([value, false]);
    expect([value, bytes.includes(Buffer.from(String(value)))]).toEqual([value, false]);
  }
  expect(everything).toContain(numbers.other);
});

test('a buyer is found by name, phone and mail, exported and noted; nobody else’s data is in it', async () => {
  const { name, tel, email } = people.toForget;
  for (const q of [name, tel, email, '忘却希望']) {
    expect((await find(q)).matches.map(({ orderNumber }) => orderNumber)).toEqual([numbers.toForget]);
  }
  const nobody = await (await hub.as('operator')).post('/privacy/buyers/find', { q: '！' });
  expect([200, 400]).toContain(nobody.status);
  const operator = await hub.as('operator');
  const exported = await operator.post<object[]>('/privacy/buyers/export', await keyOf(numbers.toForget));
  const text = JSON.stringify(exported.body);
  for (const value of [name, email, place, numbers.toForget, 'order-received']) expect(text).toContain(value);
  expect(text).not.toContain(people.other.name);
});

test('namesakes are told apart: who is one buyer, where they live, how their phone number ends', async () => {
  const name = '同姓 同子';
  const one = { name, tel: '080-1111-2222', email: 'first@example.jp', address2: '一の坂1-1' };
  const another = { name, tel: '080-3333-4444', email: 'second@example.jp', address2: '二の坂2-2' };
  const placed: string[] = [];
  // The third is the first one's: the mail is another, the phone is not.
  for (const sender of [one, another, { ...one, email: 'third@example.jp', address2: '三の坂3-3' }]) {
    placed.push(await cart.place({ sender }));
    await hub.until(placed.at(-1) ?? '', 'approved');
  }
  const found = new Map((await find(name)).matches.map((match) => [match.orderNumber, match]));
  const [first, second, third] = placed.map((number) => found.get(number));
  expect([first, second, third].map((match) => [match?.phoneEnd, match?.email])).toEqual([
    ['2222', 'first@example.jp'],
    ['4444', 'second@example.jp'],
    ['2222', 'third@example.jp'],
  ]);
  expect(first?.addressStart).toMatch(/^\S/u);
  expect([first?.buyer === third?.buyer, first?.buyer === second?.buyer]).toEqual([true, false]);
});

test('one phone in a household is not one buyer, and a third order joins two', () => {
  const of = (...rows: [string, ...string[]][]) =>
    numberedBuyers(rows.map(([name, ...keys]) => ({ name, keys })));
  expect(of(['A', 'phone'], ['B', 'phone'])).toEqual([1, 2]);
  expect(of(['A', 'mail'], ['A', 'phone'], ['A', 'phone', 'mail'], ['A'])).toEqual([1, 1, 1, 2]);
});

test('an unfinished transaction keeps its buyer; a finished one forgets, and its history stays whole', async () => {
  const operator = await hub.as('operator');
  const key = await keyOf(numbers.toForget);
  const early = await operator.post<{ error: string }>('/privacy/buyers/erase', key);
  expect([early.status, early.body.error]).toEqual([409, 'unfinished']);
  await hub.act(numbers.toForget, 'cancel');
  await hub.until(numbers.toForget, 'cancelled');
  await hub.settle();
  const before = await hub.page(numbers.toForget);
  await hub.database.query(
    `insert into order_slips (shop_id, id, slip) select shop_id, id, 'index of a slip' from transactions`,
  );
  const erased = await operator.post('/privacy/buyers/erase', key);
  expect([erased.status, erased.body]).toEqual([200, { erased: 1 }]);

  const after = await hub.page(numbers.toForget);
  expect(after).toMatchObject({ payload: null, buyer: null, state: 'cancelled' });
  expect(after.timeline).toEqual(before.timeline);
  const [left] = await hub.database.query<object[]>(
    `select t.blind, t.buyer_keys, k.blind as found_by, k.buyer_keys as known_by from transactions t
     join order_keys k on k.shop_id = t.shop_id and k.id = t.id where t.order_number = $1`,
    [numbers.toForget],
  );
  expect(left).toEqual({ blind: [], buyer_keys: [], found_by: [], known_by: [] });
  const slips = await hub.database.query<{ order_number: string }[]>(
    'select order_number from transactions t join order_slips s on s.shop_id = t.shop_id and s.id = t.id',
  );
  expect(slips.map(({ order_number: number }) => number)).not.toContain(numbers.toForget);
  expect(slips.map(({ order_number: number }) => number)).toContain(numbers.other);
  expect((await hub.stored(numbers.toForget))?.facts.attempts).toHaveLength(1);
  expect((await find(people.toForget.tel)).matches).toEqual([]);
  expect((await find(people.other.tel)).matches).toHaveLength(1);
  const again = await operator.post<object[]>('/privacy/buyers/export', key);
  expect(JSON.stringify(again.body)).not.toContain(people.toForget.name);
  const trail = await operator.get<{ rows: { action: string; object: string }[] }>('/audit?limit=20');
  expect(trail.body.rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['buyer-erased', 'buyer-exported', 'transaction/cancel-requested']),
  );
  expect(JSON.stringify(trail.body)).not.toMatch(/忘却|wasurete/u);
  await hub.settle();
  expect((await hub.page(numbers.toForget)).buyer).toBeNull();
});

test('retention is set by owners, and forgets what is finished and old enough, no more', async () => {
  const wanted = { buyers: 365, runs: 30, calls: 62 };
  expect((await (await hub.as('operator')).put('/privacy/retention', wanted)).status).toBe(403);
  const owner = await hub.as('owner');
  expect((await owner.put('/privacy/retention', { ...wanted, buyers: 1 })).status).toBe(400);
  expect((await owner.put('/privacy/retention', wanted)).body).toEqual(wanted);
  const retention = hub.app.get(Retention, { strict: false });
  const old = new Date(hub.clock.now().getTime() - 366 * dayMs);
  const age = () =>
    hub.database.query('update transactions set updated_at = $1 where order_number = $2', [
      old,
      numbers.other,
    ]);
  await age();
  expect(await retention.run()).toBe(0);
  await hub.act(numbers.other, 'cancel');
  await hub.until(numbers.other, 'cancelled');
  await hub.settle();
  expect(await retention.run()).toBe(0);
  await age();
  await hub.database.query(
    `insert into runs (id, shop_id, started_at, finished_at, outcome) values ($1, $2, $3, $3, 'done')`,
    [crypto.randomUUID(), hub.shopId, new Date(hub.clock.now().getTime() - 31 * dayMs)],
  );
  // What would go is counted by the words by which it goes, and counting takes nothing.
  const preview = await owner.post<RetentionPreview>('/privacy/retention/preview', wanted);
  expect(preview.body).toMatchObject({ buyers: { count: 1 }, runs: { count: 1 }, calls: { count: 0 } });
  const before = Date.parse(preview.body.buyers?.before ?? '');
  expect(Math.abs(hub.clock.now().getTime() - 365 * dayMs - before)).toBeLessThan(60_000);
  const longer = await owner.post('/privacy/retention/preview', { buyers: 400, runs: null, calls: null });
  expect(longer.body).toMatchObject({ buyers: { count: 0 }, runs: null, calls: null });
  expect((await (await hub.as('operator')).post('/privacy/retention/preview', wanted)).status).toBe(403);
  expect(await retention.run()).toBe(1);
  expect((await owner.post<RetentionPreview>('/privacy/retention/preview', wanted)).body).toMatchObject({
    buyers: { count: 0 },
    runs: { count: 0 },
  });
  expect((await hub.page(numbers.other)).buyer).toBeNull();
  const [{ oldest } = { oldest: new Date(0) }] = await hub.database.query<{ oldest: Date }[]>(
    'select min(started_at) as oldest from runs',
  );
  expect(oldest.getTime()).toBeGreaterThan(hub.clock.now().getTime() - 30 * dayMs);
  expect((await request(hub.url, 'GET', '/health/ready')).status).toBe(200);
});

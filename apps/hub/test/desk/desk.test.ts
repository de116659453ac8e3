import { findViewSchema, type FindView } from '@np-hub/model';
import { cartOf, type Cart } from '../path/cart.js';
import { startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;
let cart: Cart;
const orders = { held: '', blocked: '', shipped: '', rejected: '' };

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
  await hub.until(orders.shipped, 'approved');
  await cart.ship(orders.shipped, '1234-5678-9012');
  await hub.until(orders.held, 'held');
  await hub.until(orders.blocked, 'blocked');
  await hub.until(orders.shipped, 'reported');
  await hub.until(orders.rejected, 'rejected');
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
    const operator = await hub.as('operator');
    await operator.post('/users', {
      login: 'elsewhere',
      name: 'E',
      role: 'support',
      password: 'correct horse battery',
      shopIds: [hub.connectionId],
    });
    expect((await find('東雲', 'elsewhere')).groups).toEqual([]);
    expect((await find(orders.held, 'elsewhere')).groups).toEqual([]);
    const { groups } = await find(orders.held);
    const ids = groups.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

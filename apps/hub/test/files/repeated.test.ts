import { twoAtOnce } from '../../src/in-steps.js';
import type { TestHub } from '../support/hub.js';
import { addFileShop, startFileShop, type FileShop } from './support/shop.js';
import { goodsFile, ordersFile, readNumbers } from './support/test-cart.js';

let hub: TestHub;
let shop: FileShop;

beforeAll(async () => {
  hub = (await startFileShop()).hub;
  // Nothing goes on to NP: an order stays as it was taken in.
  shop = await addFileShop(hub, { policies: { creditTiming: 'by-hand' } });
});
afterAll(() => hub.stop());

/** How often orders of this number are read meanwhile. */
async function readingsOf(number: string, work: () => Promise<unknown>): Promise<number> {
  const before = readNumbers.length;
  await work();
  return readNumbers.slice(before).filter((each) => each === number).length;
}

const orderedAt = new Date(Date.now() - 60_000).toISOString();
const orders = (number: string, status = '新規受付') => ordersFile([{ number, orderedAt, status }]);

test('what a file says once more is neither read nor written again, whichever file came first', async () => {
  await shop.take('goods.csv', goodsFile(['U-1']));
  await shop.take('orders.csv', orders('U-1'));
  const before = await hub.stored('U-1', shop.id);
  const count = await readingsOf('U-1', async () => {
    const goods = await shop.take('goods.csv', goodsFile(['U-1']));
    expect(goods).toMatchObject({ counts: { unchanged: 1, taken: 0 } });
    const heads = await shop.take('orders.csv', orders('U-1'));
    expect(heads).toMatchObject({ counts: { unchanged: 1, taken: 0 } });
  });
  expect(count).toBe(0);
  expect(await hub.stored('U-1', shop.id)).toEqual(before);
});

test('it is read again where the order has to be looked at again', async () => {
  await shop.take('goods.csv', goodsFile(['U-2']));
  await shop.take('orders.csv', orders('U-2'));
  for (const change of ['reread = true', 'missed_reads = 2', `reading_hash = 'another record'`]) {
    await hub.database.query(
      `update transactions set ${change} where shop_id = $1 and order_number = 'U-2'`,
      [shop.id],
    );
    const count = await readingsOf('U-2', async () => {
      expect(await shop.take('orders.csv', orders('U-2'))).toMatchObject({ counts: { unchanged: 1 } });
    });
    expect(count).toBeGreaterThan(0);
  }
});

test('what was said once more is known as of then: a file made in between is older', async () => {
  await shop.take('goods.csv', goodsFile(['U-3']));
  await shop.take('orders_20261121100000.csv', orders('U-3'));
  await shop.take('orders_20261121120000.csv', orders('U-3'));
  const between = await shop.take('orders_20261121110000.csv', orders('U-3', 'キャンセル'));
  expect(between).toMatchObject({ state: 'asking', counts: { older: 1 } });
  const later = await shop.take('orders_20261121130000.csv', orders('U-3', 'キャンセル'));
  expect(later).toMatchObject({ state: 'done', counts: { taken: 1 } });
});

test('of one file some orders are the same, some new, and some have changed', async () => {
  await shop.take('goods.csv', goodsFile(['U-4', 'U-5', 'U-6']));
  await shop.take(
    'orders.csv',
    ordersFile(['U-4', 'U-5'].map((number) => ({ number, orderedAt, changedAt: orderedAt }))),
  );
  const mixed = ordersFile([
    { number: 'U-4', orderedAt, changedAt: orderedAt },
    {
      number: 'U-5',
      orderedAt,
      changedAt: new Date(Date.now() - 30_000).toISOString(),
      status: 'キャンセル',
    },
    { number: 'U-6', orderedAt },
  ]);
  const count = await readingsOf('U-4', async () => {
    const view = await shop.take('orders.csv', mixed);
    expect(view).toMatchObject({ state: 'done', counts: { unchanged: 1, taken: 2 } });
  });
  expect(count).toBe(0);
  expect((await hub.stored('U-5', shop.id))?.state).toBe('cancelled');
  expect((await hub.stored('U-6', shop.id))?.state).toBeDefined();
});

describe('two at once', () => {
  async function* numbers(count: number) {
    for (let each = 0; each < count; each += 1) yield await Promise.resolve(each);
  }
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

  test('keeps results in their order, and has never more than two under way', async () => {
    const kept: number[] = [];
    let [now, most] = [0, 0];
    await twoAtOnce(
      numbers(7),
      async (each) => {
        now += 1;
        most = Math.max(most, now);
        await pause(each % 2 === 0 ? 12 : 1);
        now -= 1;
        return each;
      },
      async (each) => {
        await pause(3);
        kept.push(each);
      },
    );
    expect(kept).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(2);
  });

  test.each(['work', 'keep'])('throws what %s throws, and leaves nothing under way', async (at) => {
    let [begun, ended] = [0, 0];
    const running = twoAtOnce(
      numbers(9),
      async (each) => {
        begun += 1;
        await pause(each === 3 ? 30 : 5);
        ended += 1;
        if (at === 'work' && each === 2) throw new Error('the power failed');
        return each;
      },
      async (each) => {
        await pause(1);
        if (at === 'keep' && each === 2) throw new Error('the power failed');
      },
    );
    await expect(running).rejects.toThrow('the power failed');
    expect(begun).toBeLessThan(6);
    expect(ended).toBe(begun);
  });
});

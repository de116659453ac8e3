import type { ResultsView } from '@np-hub/model';
import { sendWordAgain } from '../../src/status-push/again.js';
import type { TestHub } from '../support/hub.js';
import { addFileShop, startFileShop, type FileShop } from './support/shop.js';
import { goodsFile, ordersFile } from './support/test-cart.js';
import { decodeCp932 } from './support/text.js';

let hub: TestHub;
let shop: FileShop;

beforeAll(async () => {
  shop = await startFileShop();
  hub = shop.hub;
});
afterAll(() => hub.stop());

const textOf = async (fileId: string): Promise<string> =>
  decodeCp932((await shop.send('GET', `/results/${fileId}/content`)).bytes);

const list = async (): Promise<ResultsView> =>
  (await (await hub.as('support')).get<ResultsView>(`/shops/${shop.id}/results`)).body;

test('a result file carries every due word once, with the reasons in Japanese, and can be fetched again', async () => {
  expect(await shop.results()).toBeNull();
  const numbers = ['Q-1', 'Q-2'];
  await shop.take('goods.csv', goodsFile(numbers));
  await shop.take(
    'orders.csv',
    ordersFile([{ number: 'Q-1' }, { number: 'Q-2', address: '東京都港区赤坂1-2-3 審査NG002' }]),
  );
  await hub.until('Q-1', 'approved', { shopId: shop.id });
  await hub.until('Q-2', 'rejected', { shopId: shop.id });
  await hub.eventually(async () => (await list()).pending === 2);
  const file = await shop.results();
  expect(file).toMatchObject({ rows: 2, lost: [], by: 'support' });
  const lines = (await textOf(file?.id ?? '')).split('\r\n');
  expect(lines[0]).toBe('注文番号,NP後払いステータス,エラー情報');
  expect(lines.slice(1).sort()).toEqual([
    '',
    'Q-1,語:approved,""',
    expect.stringMatching(/^Q-2,語:rejected,.*002/u),
  ]);
  expect((await list()).pending).toBe(0);
  expect(await shop.results()).toBeNull();
  const page = await hub.page('Q-1', 'support', shop.id);
  expect(page.pushed).toMatchObject({ word: '語:approved', unsent: null, error: null });
  expect(await textOf(file?.id ?? '')).toBe(lines.join('\r\n'));
  const other = await addFileShop(hub);
  expect((await other.send('GET', `/results/${file?.id}/content`)).status).toBe(404);
});

test('characters that the file cannot carry are named, and none becomes a question mark', async () => {
  const number = 'Q-𠮷';
  await shop.take('goods.csv', goodsFile(['Q-9']));
  const head = ordersFile([{ number }], 'utf8');
  const goods = Buffer.from(`注文番号,商品名,価格\r\n${number},靴下,1000\r\n`);
  await shop.take('goods-utf8.csv', goods);
  await shop.take('orders.csv', head);
  await hub.eventually(async () => (await list()).pending > 0);
  const file = await shop.results();
  expect(file?.lost).toEqual([{ orderNumber: number, column: '注文番号', characters: '𠮷' }]);
  expect(await textOf(file?.id ?? '')).not.toContain('?');
  const page = await hub.page(number, 'support', shop.id);
  expect(page.pushed.error).toContain('𠮷');
});

test('two people who press at the same time get every word once between them', async () => {
  const numbers = Array.from({ length: 30 }, (_, index) => `T-${index}`);
  await shop.take('goods.csv', goodsFile(numbers));
  await shop.take('orders.csv', ordersFile(numbers.map((number) => ({ number }))));
  for (const number of numbers) await hub.until(number, 'approved', { shopId: shop.id });
  await hub.eventually(async () => (await list()).pending >= 30);
  const files = await Promise.all([shop.results(), shop.results(), shop.results()]);
  const texts = await Promise.all(files.flatMap((file) => (file ? [textOf(file.id)] : [])));
  const approved = texts.join('').match(/T-\d+,語:approved/gu) ?? [];
  expect(approved).toHaveLength(30);
  expect(new Set(approved).size).toBe(30);
});

test('a word that a file carries while it is looked at does not become due once more', async () => {
  const number = 'L-1';
  await shop.take('goods.csv', goodsFile([number]));
  await shop.take('orders.csv', ordersFile([{ number }]));
  const { id } = await hub.until(number, 'approved', { shopId: shop.id });
  await hub.eventually(async () => (await list()).pending === 1);
  await shop.results();
  // An older word is looked at, while a file with the new one is about to be made.
  await hub.database.query(`update transactions set word_key = 'reviewing' where id = $1`, [id]);
  await hub.database.transaction(async (manager) => {
    await manager.query(`update transactions set word_key = 'approved' where id = $1`, [id]);
    await sendWordAgain(hub.database.manager, shop.id, [id], hub.clock.now().toISOString());
    // Others may wait for the order as well.
    await hub.eventually(async () => {
      const [row] = await hub.database.query<{ ready: boolean }[]>(
        `select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
           and query like 'select 1 from transactions t %for update of t') and exists (select from effects
           where transaction_id = $1 and lane = 'word' and token is not null) as ready`,
        [id],
      );
      return row?.ready === true;
    });
  });
  await hub.eventually(async () => {
    const left = await hub.database.query<object[]>(
      'select 1 from effects where transaction_id = $1 and lane = $2',
      [id, 'word'],
    );
    return left.length === 0;
  });
  expect((await list()).pending).toBe(0);
});

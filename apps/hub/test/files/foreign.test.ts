import { chooseLayout, inspectTable, type TableHead } from '@np-hub/kit';
import { adapters } from '../../src/adapters.js';
import { obstacleOf, previewOf } from '../../src/files/previews.js';

const carts = adapters.filter(({ file }) => file !== undefined).map(({ id }) => id);

/** Files of other software, as wide as those of the carts are or wider. */
const foreign: readonly (readonly [string, string])[] = [
  ['a list of shelves with a header', '伝票ID,棚番,締切,個数\nK-000240,A-1203,20261123,1\n'],
  ['a list of shelves', 'K-000240,A-1203,20261123,1\n'],
  ['a list of shelves by number', '240,A-1203,20261123,1\n'],
  [
    'stock',
    '183479,T-100,今治タオル,12,2026/11/23,東京倉庫\n183480,T-101,バスタオル,3,2026/11/23,大阪倉庫\n',
  ],
  [
    'stock with a header',
    '商品ID,型番,品名,在庫,更新,倉庫\n183479,T-100,今治タオル,12,2026/11/23,東京倉庫\n',
  ],
  ['customers', '1,山田 花子,東京都港区赤坂1-2-3,03-0000-0001,hanako@example.jp,2026-11-20\n'],
  ['goods by their codes', '1001,4901234567894,有機ほうじ茶,4901234567894,1480,10\n'],
  ['wide numbers', `${Array.from({ length: 98 }, (_, index) => index).join(',')}\n`],
  ['wide texts', `${Array.from({ length: 98 }, (_, index) => `項目${index}の値`).join(',')}\n`],
];

async function headsOf(cart: string, content: string): Promise<Map<string, TableHead>> {
  const heads = new Map<string, TableHead>();
  for (const layout of adapters.find(({ id }) => id === cart)?.file?.layouts ?? []) {
    const source = async function* () {
      yield Buffer.from(content);
    };
    heads.set(layout.id, await inspectTable(source(), layout));
  }
  return heads;
}

describe.each(carts)('%s', (cart) => {
  test.each(foreign)('takes %s for no file of its own', async (_, content) => {
    expect(chooseLayout(await headsOf(cart, content))).toBeNull();
  });
});

test.each([
  ['subscription-store', 'shipments'],
  ['goqsystem', 'slips-b2'],
])('%s says what %s lacks', async (cart, id) => {
  const layout = adapters.find((adapter) => adapter.id === cart)?.file?.layouts.find((one) => one.id === id);
  const see = async (content: string) => {
    const head = (await headsOf(cart, content)).get(id);
    if (!layout || !head) throw new Error('There is no such layout');
    return previewOf(layout, head, []);
  };
  const headed = await see('伝票ID,棚番,締切,個数\nK-000240,A-1203,20261123,1\n');
  expect(headed).toMatchObject({ header: false, unknown: ['伝票ID', '棚番', '締切', '個数'] });
  expect(obstacleOf(headed)?.ja).toContain('見出しを認識できません');
  const bare = obstacleOf(await see('K-000240,A-1203,20261123,1\n'));
  expect(bare?.ja).toContain(layout?.columns['slipNumber']?.label.ja);
  expect(JSON.stringify(bare)).not.toMatch(/A-1203|K-000240/);
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportPage } from '@np-hub/model';
import { Exchange } from '../../src/files/exchange.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { startFileShop, type FileShop } from './support/shop.js';
import { goodsFile, ordersFile } from './support/test-cart.js';
import { decodeCp932 } from './support/text.js';

let hub: TestHub;
let second: TestHub;
let shop: FileShop;
const root = mkdtempSync(join(tmpdir(), 'np-hub-exchange-'));
const variables = { NP_HUB_EXCHANGE: root };

beforeAll(async () => {
  shop = await startFileShop({ variables });
  hub = shop.hub;
  const { sandbox, databaseUrl, clock } = hub;
  second = await startTestHub({ shop: false, variables, sandbox, databaseUrl, clock });
  await hub.eventually(async () => Promise.resolve(existsSync(folder('out'))));
});
afterAll(async () => {
  await second.stop();
  await hub.stop();
  rmSync(root, { recursive: true, force: true });
});

const folder = (name: string): string => join(root, shop.id, name);

const put = (name: string, bytes: Uint8Array): void => {
  writeFileSync(folder(`in/.${name}`), bytes);
  renameSync(folder(`in/.${name}`), folder(`in/${name}`));
};

const imports = async (): Promise<ImportPage['rows']> =>
  (await (await hub.as('support')).get<ImportPage>(`/shops/${shop.id}/imports`)).body.rows;

const arrivedIn = (name: string, end: string): Promise<void> =>
  hub.eventually(async () => Promise.resolve(readdirSync(folder(name)).some((entry) => entry.endsWith(end))));

test('files that appear are taken in once by two hubs, and results appear beside them', async () => {
  const numbers = Array.from({ length: 20 }, (_, index) => `X-${index}`);
  for (const number of numbers) {
    put(`goods-${number}.csv`, goodsFile([number]));
    put(`orders-${number}.csv`, ordersFile([{ number }]));
  }
  for (const number of numbers) await hub.until(number, 'approved', { shopId: shop.id });
  await hub.eventually(async () => Promise.resolve(readdirSync(folder('done')).length === 40));
  const rows = await imports();
  expect(rows).toHaveLength(40);
  expect(rows.every(({ state, by }) => state === 'done' && by === 'folder')).toBe(true);
  expect([readdirSync(folder('in')), readdirSync(folder('taken')), readdirSync(folder('failed'))]).toEqual([
    [],
    [],
    [],
  ]);
  const said = (): string =>
    readdirSync(folder('out'))
      .filter((name) => !name.startsWith('.'))
      .map((name) => decodeCp932(readFileSync(folder(`out/${name}`))))
      .join('');
  await hub.eventually(async () =>
    Promise.resolve(numbers.every((number) => said().includes(`${number},語:approved`))),
  );
  expect(said().match(/X-3,語:approved/gu)).toHaveLength(1);
});

test('what cannot be taken in goes to failed, with the reason in both languages', async () => {
  put('picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]));
  await arrivedIn('failed', 'picture.csv.txt');
  const name = readdirSync(folder('failed')).find((entry) => entry.endsWith('picture.csv.txt')) ?? '';
  const why = readFileSync(folder(`failed/${name}`), 'utf8');
  expect(why).toContain('テキスト形式のファイルではないようです');
  expect(why).toContain('does not look like a file of text');
});

test('files of one name that come within a minute are all kept, each with its reason', async () => {
  const contents = ['X-1', 'X-2', 'X-3'].map((number) => goodsFile([number]));
  const pictures = [4, 5].map((last) => Buffer.from([0x89, 0x50, 0x4e, 0x47, last]));
  const kept = (name: string, end: string): Buffer[] =>
    readdirSync(folder(name))
      .filter((entry) => entry.includes(end) && !entry.endsWith('.txt'))
      .map((entry) => readFileSync(join(folder(name), entry)));
  for (const [index, content] of contents.entries()) {
    put('same.csv', content);
    await hub.eventually(async () =>
      Promise.resolve(kept('done', ' same').some((found) => found.equals(content))),
    );
    expect(kept('done', ' same')).toHaveLength(index + 1);
  }
  for (const picture of pictures) {
    put('alike.png', picture);
    await hub.eventually(async () =>
      Promise.resolve(kept('failed', ' alike').some((found) => found.equals(picture))),
    );
  }
  await hub.eventually(async () =>
    Promise.resolve(
      readdirSync(folder('failed')).filter((entry) => entry.includes(' alike') && entry.endsWith('.txt'))
        .length === 2,
    ),
  );
  expect(kept('failed', ' alike')).toHaveLength(2);
});

test('links and half-written files are not taken in', async () => {
  const secret = join(root, 'secret.csv');
  writeFileSync(secret, ordersFile([{ number: 'X-SECRET' }]));
  symlinkSync(secret, folder('in/link.csv'));
  mkdirSync(folder('in/folder.csv'));
  writeFileSync(folder('in/orders.csv.part'), ordersFile([{ number: 'X-PART' }]));
  await arrivedIn('failed', 'link.csv.txt');
  expect((await imports()).some(({ name }) => name.includes('link') || name.includes('part'))).toBe(false);
  expect(existsSync(secret)).toBe(true);
  expect(readdirSync(folder('in')).sort()).toEqual(['folder.csv', 'orders.csv.part']);
});

test('a claim that led to nothing is taken over, and the newer file of its name is not lost', async () => {
  const claimed = folder(`taken/00000000-0000-4000-8000-000000000000 goods-later.csv`);
  writeFileSync(claimed, goodsFile(['X-LATER']));
  put('goods-later.csv', goodsFile(['X-LATER', 'X-NEWER']));
  hub.clock.forward(10 * 60_000);
  const sizes = [['X-LATER'], ['X-LATER', 'X-NEWER']].map((numbers) => goodsFile(numbers).length);
  await hub.eventually(async () => {
    const done = (await imports()).filter(
      ({ name, state }) => name === 'goods-later.csv' && state === 'done',
    );
    return sizes.every((size) => done.some(({ bytes }) => bytes === size));
  });
  expect(existsSync(claimed)).toBe(false);
});

test('what was dealt with two weeks ago is removed, and nothing else', async () => {
  put('picture-2.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]));
  await arrivedIn('failed', 'picture-2.csv.txt');
  await hub.eventually(async () => Promise.resolve(readdirSync(folder('taken')).length === 0));
  const exchange = hub.app.get(Exchange, { strict: false });
  await exchange.tidy(14);
  expect(readdirSync(folder('failed')).some((name) => name.endsWith('picture-2.csv'))).toBe(true);
  hub.clock.forward(15 * 86_400_000);
  await exchange.tidy(14);
  expect([readdirSync(folder('done')), readdirSync(folder('failed'))]).toEqual([[], []]);
  expect(readdirSync(folder('in')).sort()).toEqual(['folder.csv', 'orders.csv.part']);
});

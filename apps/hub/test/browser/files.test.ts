import type { Browser, Download, Locator, Page } from 'playwright-core';
import { addFileShop, type FileShop } from '../files/support/shop.js';
import {
  goodsFile,
  installTestCart,
  orderCells,
  orderHeader,
  ordersFile,
} from '../files/support/test-cart.js';
import { decodeCp932 } from '../files/support/text.js';
import { writeTable } from '@np-hub/kit';
import { startTestHub, type TestHub } from '../support/hub.js';
import {
  barriers,
  browserTest,
  bytesOf,
  chromiumPath,
  dashboardFolder,
  launch,
  sidewaysOverflow,
  tabTo,
  visit,
  type Visitor,
} from './browser.js';

/** A person drops files on the page; in the words of the page, which has types that the hub has not. */
const dropping = (files: readonly { name: string; bytes: readonly number[] }[]): string => `{
  const dataTransfer = new DataTransfer();
  for (const { name, bytes } of ${JSON.stringify(files)})
    dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
  const zone = document.querySelector('[data-testid="drop-zone"]');
  zone.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}`;

describe('files, words and several orders at once, in a real browser', () => {
  let hub: TestHub;
  let shop: FileShop;
  let browser: Browser;
  let operator: Visitor;

  beforeAll(async () => {
    if (!chromiumPath) return;
    installTestCart();
    hub = await startTestHub({ dashboardFolder, shop: false });
    shop = await addFileShop(hub);
    browser = await launch(chromiumPath);
    operator = await visit(browser, hub, 'operator');
  });

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/csv', buffer });
  const imports = () => `/imports?shop=${shop.id}`;
  const isNow = (page: Page, state: string): Promise<void> =>
    page.getByTestId('import-state').getByText(state, { exact: true }).waitFor();
  const countOf = (page: Page, kind: string): Locator =>
    page.getByRole('group', { name: '結果で絞り込む' }).getByRole('button', { name: kind });
  const textOf = async (download: Download): Promise<string> => decodeCp932(await bytesOf(download));
  /** Orders of the test cart that NP has approved. */
  const takeOrders = async (...numbers: readonly string[]): Promise<void> => {
    await shop.take(`goods-${numbers[0]}.csv`, goodsFile(numbers));
    await shop.take(`orders-${numbers[0]}.csv`, ordersFile(numbers.map((number) => ({ number }))));
    for (const number of numbers) await hub.until(number, 'approved', { shopId: shop.id });
  };

  browserTest(
    'a file with a header of its own is understood, imported and sent back by keyboard alone',
    async () => {
      await shop.take('goods.csv', goodsFile(['K-1', 'K-2']));
      const header = orderHeader.map((name) => (name === '対応状況' ? '処理の具合' : name));
      const cells = [{ number: 'K-1' }, { number: 'K-2', orderedAt: ' ' }].map(orderCells);
      const { page } = operator;
      await operator.goTo(imports());
      // Waited for early: the browser takes a moment to hand choosers over.
      const chooser = page.waitForEvent('filechooser');
      await tabTo(page, page.getByRole('button', { name: 'ファイルを選ぶ' }));
      await page.keyboard.press('Enter');
      await (await chooser).setFiles(file('受注.csv', writeTable('cp932', header, cells).bytes));

      await page.getByRole('heading', { level: 1, name: '取り込み：受注.csv' }).waitFor();
      const start = page.getByRole('button', { name: '取り込みを始める' });
      await tabTo(page, page.getByRole('combobox', { name: 'ファイルの種類' }));
      await page.keyboard.press('Home');
      await page.getByText('必須の列が見つかりません：対応状況').waitFor();
      expect(await start.isDisabled()).toBe(true);
      expect(await hub.stored('K-1', shop.id)).toBeUndefined();
      await tabTo(page, page.getByRole('combobox', { name: '「対応状況」として読み取るファイルの列' }));
      for (let column = 1; column <= 4; column += 1) await page.keyboard.press('ArrowDown');
      await page.getByRole('cell', { name: '新規受付' }).waitFor();
      await tabTo(page, page.getByRole('checkbox', { name: /この列の対応を/u }));
      await page.keyboard.press('Space');
      await tabTo(page, start);
      await page.keyboard.press('Enter');

      await isNow(page, '完了');
      await countOf(page, '取り込み 1行').waitFor();
      await countOf(page, '取り込めない 1行').waitFor();
      await page.getByRole('cell', { name: '受注日時: 値がありません' }).waitFor();
      await tabTo(page, page.getByRole('link', { name: '取り込めなかった行をダウンロード' }));
      const refused = page.waitForEvent('download');
      await page.keyboard.press('Enter');
      expect(await textOf(await refused)).toMatch(
        /取り込めなかった理由[\s\S]*K-2[\s\S]*受注日時: 値がありません/u,
      );
      await hub.until('K-1', 'approved', { shopId: shop.id });
      const { body } = await shop.upload('次の受注.csv', writeTable('cp932', header, cells).bytes);
      expect(body.preview?.missing).toEqual([]);
      expect(operator.complaints).toEqual([]);
      // The other files have the usual headers, and a settled column is never looked for under another one.
      expect((await shop.put('/files/orders/columns', { columns: {} }, 'operator')).status).toBeLessThan(300);
    },
  );

  browserTest(
    'several files are dropped and imported together, and their results go out as a file',
    async () => {
      const { page } = operator;
      await operator.goTo(imports());
      const files = [
        { name: 'd-goods.csv', bytes: [...goodsFile(['D-1'])] },
        { name: 'd-orders.csv', bytes: [...ordersFile([{ number: 'D-1' }])] },
      ];
      await page.evaluate(dropping(files));
      for (const { name } of files)
        await page.getByRole('row', { name: new RegExp(`${name}.*確認待ち`, 'u') }).waitFor();
      await page.getByRole('button', { name: /確認待ちの\d+ファイルをまとめて取り込む/u }).click();
      await hub.until('D-1', 'approved', { shopId: shop.id });
      await page.getByRole('row', { name: /d-orders\.csv.*完了/u }).waitFor();
      await page
        .getByTestId('results-pending')
        .getByText(/まだファイルにしていない結果：\d+件/u)
        .waitFor();
      await page.getByRole('button', { name: '結果ファイルを作る' }).click();
      const link = page.getByRole('link', { name: /ダウンロード result_/u }).first();
      const download = page.waitForEvent('download');
      await link.click();
      expect(await textOf(await download)).toMatch(/D-1,語:approved/u);
      await page.getByTestId('results-pending').getByText('ファイルにする結果はありません').waitFor();
    },
  );

  browserTest('older rows ask, and leaving them changes nothing', async () => {
    const { page } = operator;
    const at = (address: string, changedAt: string) =>
      ordersFile([
        { number: 'O-1', orderedAt: new Date(Date.now() - 60_000).toISOString(), address, changedAt },
      ]);
    await shop.take('goods.csv', goodsFile(['O-1']));
    await shop.take('new.csv', at('東京都港区赤坂9-9-9', '2026-11-21T12:00:00+09:00'));
    await hub.until('O-1', 'approved', { shopId: shop.id });
    await operator.goTo(imports());
    await page
      .locator('input[type="file"]')
      .setInputFiles(file('old.csv', at('東京都港区赤坂1-1-1', '2026-11-20T12:00:00+09:00')));
    await page.getByRole('button', { name: '取り込みを始める' }).click();
    await isNow(page, '判断が必要');
    await page.getByRole('button', { name: '古い行も反映する' }).click();
    await page
      .getByRole('dialog')
      .getByText(/審査のやり直し/u)
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /反映しない/u }).click();
    await isNow(page, '完了');
    expect((await hub.page('O-1', 'support', shop.id)).buyer?.address).toContain('9-9-9');
  });

  browserTest('an order with an unknown word waits, is found, explained once, and goes on', async () => {
    const { page } = operator;
    await shop.take('goods.csv', goodsFile(['U-1']));
    await shop.take('orders.csv', ordersFile([{ number: 'U-1', status: '入荷待ち' }]));
    await hub.until('U-1', 'blocked', { shopId: shop.id });
    await operator.goTo('/words');
    const group = page.getByRole('button', { name: 'データと記録' });
    await group.click();
    await page.getByRole('img', { name: '未設定の名称が1件あります' }).waitFor();
    await group.click();
    const card = page.getByRole('article').filter({ hasText: '「入荷待ち」' });
    await card.getByText('待っている注文：1件').waitFor();
    expect(await barriers(page)).toEqual([]);
    await card.getByRole('combobox', { name: '「入荷待ち」の扱い' }).selectOption({ value: 'open' });
    await card.getByRole('button', { name: '決定する 入荷待ち' }).click();
    await page.getByText('1件の注文を再開しました').waitFor();
    await hub.until('U-1', 'approved', { shopId: shop.id });
    await page.getByText('未設定の名称はありません').waitFor();
    await page.getByRole('button', { name: '取り消す 入荷待ち' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取り消す' }).click();
    await page.getByText('この店舗で設定した名称はまだありません').waitFor();
  });

  browserTest('several orders are chosen and cancelled together, each with its result', async () => {
    const { page } = operator;
    await takeOrders('B-1', 'B-2', 'B-3');
    await operator.goTo(`/?shopId=${shop.id}`);
    for (const number of ['B-1', 'B-2'])
      await page.getByRole('checkbox', { name: `注文 ${number} を選ぶ` }).click();
    const bar = page.getByRole('region', { name: '選んだ取引の一括操作' });
    await bar.getByText('2件を選択中').waitFor();
    expect(await barriers(page)).toEqual([]);
    await bar.getByRole('button', { name: 'NPの取引をキャンセル' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('B-2、B-1').or(dialog.getByText('B-1、B-2')).waitFor();
    await dialog.getByRole('button', { name: 'NPの取引をキャンセルする（2件）' }).click();
    await dialog.getByText('2件を受け付けました').waitFor();
    await dialog.locator('.mantine-Modal-body').getByRole('button', { name: '閉じる' }).click();
    for (const number of ['B-1', 'B-2']) await hub.until(number, 'cancelled', { shopId: shop.id });
    expect((await hub.stored('B-3', shop.id))?.state).toBe('approved');
    expect(await bar.count()).toBe(0);
  });

  browserTest('a key is shown once, and can be taken back', async () => {
    const { page } = operator;
    await operator.goTo('/api-keys');
    await page.getByRole('button', { name: 'APIキーを作る' }).click();
    await page.getByRole('textbox', { name: '名前' }).fill('倉庫');
    await page.getByRole('dialog').getByRole('button', { name: 'APIキーを作る' }).click();
    const key = (await page.getByTestId('secret').textContent()) ?? '';
    const used = await fetch(`${hub.url}/api/v1/shops`, { headers: { authorization: `Bearer ${key}` } });
    expect(used.status).toBe(200);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: '保管しました' }).click();
    await page.getByRole('button', { name: '無効にする 倉庫' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '無効にする' }).click();
    await page.getByText('APIキーはまだありません').waitFor();
    expect(await page.getByRole('main').innerText()).not.toContain(key);
    const late = await fetch(`${hub.url}/api/v1/shops`, { headers: { authorization: `Bearer ${key}` } });
    expect(late.status).toBe(401);
  });

  browserTest(
    'the rules of a shop are saved with bands of fees, a mistake is named beside them, and what others change stays',
    async () => {
      const { page } = operator;
      await operator.goTo(`/shops/${shop.id}`);
      const elsewhere = { name: '別の人が変えた名前', policies: { contractedCarrier: true } };
      await (await hub.as('operator')).patch(`/shops/${shop.id}`, elsewhere);
      await page.getByRole('radio', { name: '上書きする' }).click();
      const amounts = [1, 9_999, 205];
      const fields = ['下限', '上限', '手数料（税込）'];
      for (const [at, field] of fields.entries())
        await page.getByRole('textbox', { name: `1行目の${field}（円）` }).fill(String(amounts[at]));
      await page.getByRole('button', { name: '範囲を追加' }).click();
      for (const [at, field] of fields.entries())
        await page.getByRole('textbox', { name: `2行目の${field}（円）` }).fill(String(amounts[at]));
      await page.getByText('上の行の範囲と重なっています。').waitFor();
      await page.getByRole('button', { name: '2行目の範囲を削除' }).click();
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('heading', { level: 1, name: '店舗と接続' }).waitFor();
      const { body: shops } = await (
        await hub.as('operator')
      ).get<{ id: string; name: string; policies: object }[]>('/shops');
      const saved = shops.find(({ id }) => id === shop.id);
      expect(saved?.name).toBe(elsewhere.name);
      expect(saved?.policies).toMatchObject({
        feeMode: 'replace',
        feeBands: [{ fromYen: 1, toYen: 9_999, feeYen: 205 }],
        splitShipments: 'all',
        contractedCarrier: true,
      });
    },
  );

  browserTest(
    'no page has a barrier that axe-core finds, and nothing is wider than a telephone',
    async () => {
      const { body } = await shop.upload('a11y.csv', ordersFile([{ number: 'A-1' }]));
      const taken = await shop.take('taken.csv', goodsFile(['A-2', 'A-3']));
      const pages = [
        imports(),
        `/imports/${shop.id}/${body.id}`,
        `/imports/${shop.id}/${taken.id}`,
        '/words',
        '/notices',
        '/api-keys',
        `/shops/${shop.id}`,
      ];
      const found: string[] = [];
      for (const width of [1_366, 390]) {
        await operator.page.setViewportSize({ width, height: 844 });
        for (const path of pages) {
          await operator.goTo(path);
          // Its colours are those of a button that cannot be pressed until the preview has been asked for again.
          if (path.endsWith(body.id))
            await operator.page.locator('button:enabled', { hasText: '取り込みを始める' }).waitFor();
          found.push(...(await barriers(operator.page)).map((barrier) => `${path} ${width} ${barrier}`));
          const overflow = await sidewaysOverflow(operator.page);
          if (overflow > 0) found.push(`${path} ${width} is ${overflow} pixels too wide`);
        }
      }
      expect(found).toEqual([]);
    },
  );
});

import type { Browser, Locator, Page } from 'playwright-core';
import { cartOf, type Cart } from '../path/cart.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import {
  barriers,
  browserTest,
  chromiumPath,
  dashboardFolder,
  launch,
  sidewaysOverflow,
  visit,
} from './browser.js';

describe('another way to pay is proposed', () => {
  let hub: TestHub;
  let cart: Cart;
  let browser: Browser;

  beforeAll(async () => {
    if (!chromiumPath) return;
    hub = await startTestHub({ dashboardFolder });
    cart = cartOf(hub);
    browser = await launch(chromiumPath);
  });

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const addressOf = async (order: string): Promise<string> => {
    const row = await hub.stored(order);
    return `/transactions/${row?.shopId}/${row?.id}`;
  };
  const proposalOn = (page: Page): Locator => page.getByRole('region', { name: 'お支払方法の変更を提案' });
  const yen = (amount: number): string => `${amount.toLocaleString('ja-JP')}円`;
  const bodyIn = (proposal: Locator): Locator => proposal.getByRole('textbox', { name: '本文' });

  browserTest(
    'the page says where methods are entered; an operator enters them, with bands and a limit',
    async () => {
      const order = await cart.placeMagic('審査NG001');
      await hub.until(order, 'rejected');
      const { page, goTo, complaints } = await visit(browser, hub, 'operator');
      await goTo(await addressOf(order));
      await proposalOn(page).getByText('この店舗には、ほかの支払方法が登録されていません。').waitFor();
      expect(await barriers(page)).toEqual([]);
      await proposalOn(page).getByRole('link', { name: '店舗の設定の「ほかの支払方法」' }).click();
      await page.getByRole('button', { name: '支払方法を追加' }).click();
      const first = page.getByRole('group', { name: '1つ目の支払方法' });
      await page.getByRole('button', { name: '保存する' }).click();
      await first.getByText('支払方法の名前を入力してください。').waitFor();
      await first.getByRole('textbox', { name: '支払方法の名前' }).fill('代金引換');
      const cod = page.getByRole('group', { name: '代金引換', exact: true });
      await cod.getByRole('radio', { name: '金額ごと' }).check();
      const bands = cod.getByRole('group', { name: '代金引換の価格範囲と手数料' });
      await bands.getByRole('textbox', { name: '1行目の下限' }).fill('1');
      await bands.getByRole('textbox', { name: '1行目の上限' }).fill('299999');
      await bands.getByRole('textbox', { name: '1行目の手数料' }).fill('330');
      await cod.getByRole('textbox', { name: '購入者への一文' }).fill('代金は配送員へお支払いください。');
      await page.getByRole('button', { name: '支払方法を追加' }).click();
      const second = page.getByRole('group', { name: '2つ目の支払方法' });
      await second.getByRole('textbox', { name: '上限金額' }).fill('100');
      await second.getByRole('textbox', { name: '支払方法の名前' }).fill('少額決済');
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('heading', { level: 1, name: '店舗と接続' }).waitFor();

      await goTo(await addressOf(order));
      const rows = proposalOn(page).getByRole('row');
      await rows.filter({ hasText: '少額決済' }).getByText('上限（100円）を超えています').waitFor();
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  /** As an operator has entered them. */
  const enterMethods = async (): Promise<void> => {
    const feeBands = [{ fromYen: 1, toYen: 299_999, feeYen: 330 }];
    const own = { feeYen: 0, feeBands: [], limitYen: null, note: '' };
    const otherMethods = [
      { ...own, name: '代金引換', feeBands, note: '代金は配送員へお支払いください。' },
      { ...own, name: '少額決済', limitYen: 100 },
    ];
    await (await hub.as('operator')).patch(`/shops/${hub.shopId}`, { policies: { otherMethods } });
  };

  browserTest(
    'after 審査NG a method is chosen: sums, a draft and what to change in the cart agree',
    async () => {
      await enterMethods();
      const order = await cart.placeMagic('審査NG001');
      await hub.until(order, 'rejected');
      const { billedYen } = await hub.page(order);
      const { page, goTo, complaints } = await visit(browser, hub, 'support');
      await goTo(await addressOf(order));
      const proposal = proposalOn(page);
      await proposal.getByText('NPに有効な取引はありません。').waitFor();
      await proposal.getByRole('textbox', { name: 'NP後払いの手数料' }).fill('220');
      await proposal
        .getByRole('row')
        .filter({ hasText: yen(billedYen + 110) })
        .waitFor();
      await proposal.getByRole('radio', { name: '代金引換' }).check();
      const body = await bodyIn(proposal).inputValue();
      for (const text of ['代金引換', yen(billedYen - 220), '330円', yen(billedYen + 110), '代金は配送員へ'])
        expect(body).toContain(text);
      await proposal.getByText(`${yen(billedYen)} → ${yen(billedYen + 110)}`).waitFor();
      await proposal.getByText('220円 → 330円').waitFor();
      expect(await proposal.getByRole('radio', { name: '少額決済' }).count()).toBe(0);
      expect(await barriers(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await sidewaysOverflow(page)).toBe(0);
      expect(await barriers(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  browserTest(
    'a hold is cancelled at NP first: nothing is offered to the buyer before that is proven',
    async () => {
      await enterMethods();
      const order = await cart.place({ sender: { address2: '保留RE009' } });
      await hub.until(order, 'held');
      const { page, goTo, complaints } = await visit(browser, hub, 'support');
      await goTo(await addressOf(order));
      const proposal = proposalOn(page);
      await proposal.getByText('NPの取引が有効なままです').waitFor();
      await proposal.getByRole('radio', { name: '代金引換' }).check();
      expect(await bodyIn(proposal).count()).toBe(0);
      expect(await barriers(page)).toEqual([]);
      await cart.fault({ fault: 'latency', operation: 'cancel', delayMs: 600_000 });
      await proposal.getByRole('button', { name: '先にNPの取引をキャンセル' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'NPの取引をキャンセルする' }).click();
      await proposal.getByText('NPの返事を待っています').waitFor();
      expect(await bodyIn(proposal).count()).toBe(0);
      expect(await barriers(page)).toEqual([]);
      await cart.noFaults();
      // The choice still stands: the draft comes by itself.
      await bodyIn(proposal).waitFor();
      expect(cart.theOneAtNp(order).state).toBe('cancelled');
      expect(await bodyIn(proposal).inputValue()).toContain('NP後払いからのご請求はございません');
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  browserTest('a viewer sees the sums, and is offered neither a draft nor the cancel', async () => {
    await enterMethods();
    const order = await cart.place({ sender: { address2: '保留RE009' } });
    await hub.until(order, 'held');
    const { page, goTo } = await visit(browser, hub, 'viewer');
    await goTo(await addressOf(order));
    const proposal = proposalOn(page);
    await proposal.getByRole('row').filter({ hasText: '代金引換' }).waitFor();
    expect(await proposal.getByRole('radio').count()).toBe(0);
    expect(await proposal.getByRole('button').count()).toBe(0);
    expect(await bodyIn(proposal).count()).toBe(0);
    await page.context().close();
  });
});

import type { Counts, State } from '@np-hub/model';
import type { Browser, Locator, Page } from 'playwright-core';
import { cartOf, type Cart } from '../path/cart.js';
import { password, startTestHub, type TestHub } from '../support/hub.js';
import {
  barriers,
  browserTest,
  chromiumPath,
  dashboardFolder,
  launch,
  rowsOf,
  sidewaysOverflow,
  visit,
  type Visitor,
} from './browser.js';

describe('the dashboard in a real browser', () => {
  let hub: TestHub;
  let cart: Cart;
  let browser: Browser;
  let support: Visitor;
  let viewer: Visitor;
  const orders = { approved: '', toCancel: '', held: '', rejected: '', inDoubt: '' };

  beforeAll(async () => {
    if (!chromiumPath) return;
    hub = await startTestHub({
      dashboardFolder,
      gatewaySettings: { duplicateGuardConfirmed: false, duplicateGuardCode: '' },
    });
    cart = cartOf(hub);
    browser = await launch(chromiumPath);
    await placeOrders();
    support = await visit(browser, hub, 'support');
    viewer = await visit(browser, hub, 'viewer');
  });

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  async function placeOrders(): Promise<void> {
    await cart.fault({ fault: 'drop-answer', operation: 'register', times: 1 });
    orders.inDoubt = await cart.place();
    await hub.until(orders.inDoubt, 'in-doubt');
    const named = { name: '東雲 あかり', kana: 'シノノメ アカリ', tel: '090-1357-2468' };
    orders.approved = await cart.place({ sender: named });
    orders.toCancel = await cart.place();
    orders.held = await cart.placeMagic('保留RE009');
    orders.rejected = await cart.placeMagic('審査NG001');
    const wanted: readonly (readonly [string, State])[] = [
      [orders.approved, 'approved'],
      [orders.toCancel, 'approved'],
      [orders.held, 'held'],
      [orders.rejected, 'rejected'],
    ];
    await Promise.all(wanted.map(([order, state]) => hub.until(order, state)));
  }

  const addressOf = async (order: string): Promise<string> => {
    const row = await hub.stored(order);
    return `/transactions/${row?.shopId}/${row?.id}`;
  };
  const openOrder = async (visitor: Visitor, order: string): Promise<Page> => {
    await visitor.goTo(await addressOf(order));
    return visitor.page;
  };
  const shows = (page: Page, state: string): Promise<void> =>
    page.getByTestId('state').getByText(state, { exact: true }).waitFor();
  const becomes = async (locator: Locator, count: number): Promise<void> => {
    await hub.eventually(async () => (await locator.count()) === count);
  };

  browserTest('one signs in, walks through the list and comes back by keyboard alone', async () => {
    const { page, complaints } = await visit(browser, hub, null);
    await page.goto('/');
    await page.getByRole('heading', { name: 'ログイン' }).waitFor();
    await page.keyboard.type('support');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '取引一覧' }).waitFor();
    await rowsOf(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = (await rowsOf(page).nth(1).getByRole('link').textContent()) ?? '';
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: second }).waitFor();
    await page.keyboard.press('u');
    await page.getByRole('heading', { name: '取引一覧' }).waitFor();
    await hub.eventually(async () => (await page.locator(':focus').textContent()) === second);
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
    await page.context().close();
  });

  browserTest('the counts by state and by who has to act are those of the rows behind them', async () => {
    const { page } = support;
    await support.goTo('/');
    const { body: counts } = await (await hub.as('support')).get<Counts>('/transactions/counts');
    expect(counts).toMatchObject({ total: 5, states: { approved: 2, held: 1, rejected: 1, 'in-doubt': 1 } });
    await becomes(rowsOf(page), counts.total);
    for (const group of ['状態', '対応する人']) {
      const choices = page.getByRole('group', { name: group }).getByRole('button');
      for (const choice of await choices.all()) {
        const expected = Number(/(\d+)件?$/u.exec((await choice.textContent()) ?? '')?.[1]);
        await choice.click();
        await becomes(rowsOf(page), expected);
        if ((await choice.getAttribute('aria-pressed')) === 'true') await choice.click();
        await becomes(rowsOf(page), counts.total);
      }
    }
  });

  browserTest('search finds an order by name, phone, its end, and NP id', async () => {
    const { page } = support;
    const npId = cart.theOneAtNp(orders.approved).npTransactionId;
    const search = page.getByRole('searchbox', { name: '検索' });
    await support.goTo('/');
    for (const words of ['東雲', 'シノノメ', '090-1357-2468', '2468', npId, orders.approved]) {
      await search.fill('');
      await becomes(rowsOf(page), 5);
      await search.fill(words);
      await becomes(rowsOf(page), 1);
      expect(await rowsOf(page).first().textContent()).toContain(orders.approved);
    }
  });

  browserTest('an order in doubt has no barrier that axe-core finds, and fits a telephone', async () => {
    const operator = await visit(browser, hub, 'operator');
    await operator.page.setViewportSize({ width: 390, height: 844 });
    await operator.goTo(await addressOf(orders.inDoubt));
    expect(await barriers(operator.page)).toEqual([]);
    expect(await sidewaysOverflow(operator.page)).toBe(0);
    expect(operator.complaints).toEqual([]);
    await operator.page.context().close();
  });

  browserTest('a double click on an action opens its dialog, which stays and is not pressed', async () => {
    const page = await openOrder(support, orders.approved);
    const dialog = page.getByRole('dialog');
    await page
      .getByRole('group', { name: '操作' })
      .getByRole('button', { name: 'NPの取引をキャンセル' })
      .dblclick();
    await dialog.waitFor();
    expect(await dialog.count()).toBe(1);
    // Once that moment is over, a click beside it closes it.
    await hub.eventually(async () => {
      await page.mouse.click(4, 600);
      return (await dialog.count()) === 0;
    });
    expect((await hub.stored(orders.approved))?.state).toBe('approved');
  });

  browserTest('a viewer sees masked data and nothing to press', async () => {
    const page = await openOrder(viewer, orders.approved);
    await page.getByText('閲覧のみの権限のため、個人情報は伏せて表示しています。').waitFor();
    const seen = await page.getByRole('main').innerText();
    for (const secret of ['東雲', 'あかり', '09013572468', '090-1357-2468'])
      expect(seen).not.toContain(secret);
    expect(await page.getByRole('group', { name: '操作' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: '内容を修正する' }).count()).toBe(0);
    await openOrder(support, orders.approved);
    expect(await support.page.getByRole('main').innerText()).toContain('東雲');
    await support.page.getByRole('group', { name: '操作' }).waitFor();
  });

  browserTest('the page speaks English after one press, and Japanese after another', async () => {
    const { page } = viewer;
    await viewer.goTo('/');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Transactions' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const openedRow = rowsOf(page).filter({ hasText: orders.held });
    expect(await openedRow.innerText()).toMatch(/On hold[\s\S]*Ask the buyer/u);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: '日本語' }).click();
    await page.getByRole('heading', { level: 1, name: '取引一覧' }).waitFor();
  });

  browserTest(
    'a held order is explained by its code card, corrected, and becomes 審査OK by itself',
    async () => {
      const page = await openOrder(support, orders.held);
      await shows(page, '審査保留');
      const card = page.getByRole('article').filter({ hasText: 'RE009' });
      expect(await card.innerText()).toMatch(/住所が不足[\s\S]*対応方法[\s\S]*購入者への連絡文/u);
      await page.evaluate('window.notReloaded = true');
      const address = page.getByRole('textbox', { name: '購入者の住所' });
      await address.fill((await address.inputValue()).replace('保留RE009', '山田ビル405号室'));
      await page.getByText('このまま送れます。').waitFor();
      await page.getByRole('button', { name: '修正して再審査へ' }).click();
      await shows(page, '審査OK');
      await page.getByText('出荷できます').waitFor();
      expect(await page.evaluate('window.notReloaded')).toBe(true);
      expect(cart.theOneAtNp(orders.held)).toMatchObject({ edits: 1 });
    },
  );

  browserTest('a cancel asks first, and leaving the question does nothing', async () => {
    const page = await openOrder(support, orders.toCancel);
    const button = page.getByRole('button', { name: 'NPの取引をキャンセル', exact: true });
    const dialog = page.getByRole('dialog');
    await button.click();
    await dialog.getByText('購入者への請求は行われません').waitFor();
    await hub.eventually(async () => (await page.locator(':focus').textContent()) === 'やめる');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect((await hub.stored(orders.toCancel))?.state).toBe('approved');
    await button.click();
    await dialog.getByRole('button', { name: 'NPの取引をキャンセルする' }).click();
    await shows(page, 'キャンセル済み');
    expect(cart.theOneAtNp(orders.toCancel).state).toBe('cancelled');
  });

  browserTest(
    '照合: what is alive at NP after its cancel is found, offered, and ended by a press',
    async () => {
      const { page } = support;
      // What moves while NP answers, as by the reading of the word that was just told, is left for the next comparison.
      await hub.settle();
      await hub.control('POST', '/np/revive', { shop_transaction_id: orders.toCancel });
      await support.goTo('/reconciliation');
      await page.getByRole('button', { name: '今すぐ照合' }).click();
      const found = page
        .getByRole('table', { name: '差異' })
        .getByRole('row')
        .filter({ hasText: orders.toCancel });
      await found
        .filter({ hasText: 'NPで取引が有効' })
        .filter({ hasText: 'キャンセル済み → 審査OK' })
        .waitFor();
      await page.getByRole('table', { name: '照合の実行' }).getByText('NPで取引が有効 1件').waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
      await viewer.goTo('/reconciliation');
      await viewer.page.getByRole('table', { name: '差異' }).waitFor();
      expect(await viewer.page.getByRole('button', { name: '今すぐ照合' }).count()).toBe(0);
      expect(await viewer.page.getByRole('button', { name: '確認済みにする' }).count()).toBe(0);
      await found.getByRole('button', { name: 'NPの取引を処理し直す' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'NPの取引を処理し直す' }).click();
      await page.getByText('対応が必要な差異はありません').waitFor();
      await hub.eventually(async () => cart.theOneAtNp(orders.toCancel).state === 'cancelled');
      await page.setViewportSize({ width: 1366, height: 900 });
    },
  );

  browserTest('a lost registration goes on with the id from NP’s console', async () => {
    const page = await openOrder(support, orders.inDoubt);
    await shows(page, '結果不明');
    const { npTransactionId } = cart.theOneAtNp(orders.inDoubt);
    const field = page.getByRole('textbox', { name: 'NP取引ID' });
    const goOn = page.getByRole('button', { name: 'このNP取引IDで続ける' });
    await field.fill('123');
    await goOn.click();
    await page.getByText('数字11桁で入力してください（いまは3桁）。').waitFor();
    await field.fill(toFullWidth(npTransactionId));
    await goOn.click();
    await shows(page, '審査OK');
    expect((await hub.stored(orders.inDoubt))?.facts.attempts.at(-1)?.npTransactionId).toBe(npTransactionId);
  });

  browserTest(
    'an invitation by link: the guest sets a password, signs in, and the link is spent',
    async () => {
      const owner = await visit(browser, hub, 'owner');
      await owner.goTo('/users');
      await owner.page.getByRole('button', { name: '利用者を招待' }).click();
      const dialog = owner.page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'ログインID' }).fill('guest');
      await dialog.getByRole('textbox', { name: '名前', exact: true }).fill('来客 一子');
      await dialog.getByRole('button', { name: '利用者を招待' }).click();
      const link = new URL(await owner.page.getByTestId('secret').innerText());
      await owner.page.context().close();

      const guest = await visit(browser, hub, null);
      await guest.goTo(link.pathname + link.hash);
      await guest.page.getByText('来客 一子さん、ようこそ。').waitFor();
      expect(new URL(guest.page.url()).hash).toBe('');
      await guest.page.getByLabel('新しいパスワード').fill('長くて覚えやすい合言葉です');
      await guest.page.getByRole('button', { name: '設定する' }).click();
      await guest.page.getByText('パスワードを設定しました。').waitFor();
      await guest.goTo('/');
      await guest.page.getByRole('textbox', { name: 'ログインID' }).fill('guest');
      await guest.page.getByLabel('パスワード', { exact: true }).fill('長くて覚えやすい合言葉です');
      await guest.page.getByRole('button', { name: 'ログイン', exact: true }).click();
      await rowsOf(guest.page).first().waitFor();
      await guest.goTo(`/codes`);
      await guest.goTo(link.pathname + link.hash);
      await guest.page.getByText('このリンクは使えません。').waitFor();
      await guest.page.context().close();
    },
  );

  browserTest('a page that cannot be drawn says so, and the menu still works', async () => {
    const { page } = await visit(browser, hub, 'support');
    const address = await addressOf(orders.rejected);
    await page.route(`**/api/v1${address}`, (route) => route.fulfill({ json: { state: 'rejected' } }));
    await page.goto(address);
    await page.getByRole('alert').getByText('ページを表示できませんでした').waitFor();
    await page.getByRole('button', { name: 'ページを再読み込みする' }).waitFor();
    await page.getByRole('link', { name: '取引一覧', exact: true }).click();
    await rowsOf(page).first().waitFor();
    await page.context().close();
  });

  browserTest('new orders arrive in the list by themselves', async () => {
    const { page } = support;
    await support.goTo('/');
    await becomes(rowsOf(page), 5);
    const order = await cart.place();
    await rowsOf(page).filter({ hasText: order }).filter({ hasText: '審査OK' }).waitFor();
    expect(support.complaints).toEqual([]);
  });

  browserTest(
    'one finds an order by keyboard from any page; its buyer gets a link and puts it right on a telephone',
    async () => {
      const order = await cart.placeMagic('保留RE009');
      await hub.until(order, 'held');
      const { page } = support;
      await support.goTo('/gate');
      await page.keyboard.press('/');
      await page.getByRole('combobox', { name: '番号・氏名・電話番号など' }).waitFor();
      await page.keyboard.type(order);
      await page.getByRole('option').filter({ hasText: order }).waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: order }).waitFor();
      await page.getByRole('button', { name: 'リンクを作成' }).click();
      const address = await page.getByRole('textbox', { name: 'リンクのアドレス' }).inputValue();
      expect(await page.getByRole('textbox', { name: '本文' }).inputValue()).toContain(address);

      const buyer = await visit(browser, hub, null);
      await buyer.page.setViewportSize({ width: 390, height: 844 });
      await buyer.page.goto(address);
      const field = buyer.page.getByRole('textbox', { name: 'ご住所' });
      await field.fill((await field.inputValue()).replace('保留RE009', '山田ビル405号室'));
      expect(await barriers(buyer.page)).toEqual([]);
      expect(await sidewaysOverflow(buyer.page)).toBe(0);
      await buyer.page.getByRole('button', { name: 'この内容で送信する' }).click();
      await buyer.page.getByText('ありがとうございました').waitFor();
      expect(buyer.complaints).toEqual([]);
      await buyer.page.reload();
      await buyer.page.getByText('受付を終了しました').waitFor();
      await buyer.page.context().close();

      await shows(page, '審査OK');
      await page.getByText('購入者がリンクから修正').waitFor();
    },
  );
});

const toFullWidth = (digits: string): string =>
  digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));

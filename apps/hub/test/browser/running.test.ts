import type { ConnectionView } from '@np-hub/model';
import type { Browser } from 'playwright-core';
import { ReportKeeper } from '../../src/reports/report-keeper.js';
import { addOpenShop, orderBody, programOf } from '../open/any-system.js';
import { startReceiver, type Receiver } from '../open/receiver.js';
import { cartOf, type Cart } from '../path/cart.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import {
  barriers,
  browserTest,
  bytesOf,
  chromiumPath,
  dashboardFolder,
  launch,
  rowsOf,
  visit,
  type Visitor,
} from './browser.js';

describe('running the hub', () => {
  let hub: TestHub;
  let cart: Cart;
  let browser: Browser;
  let receiver: Receiver;
  let operator: Visitor;

  beforeAll(async () => {
    if (!chromiumPath) return;
    receiver = await startReceiver();
    hub = await startTestHub({ dashboardFolder, variables: { NP_HUB_WEBHOOK_PRIVATE: 'on' } });
    cart = cartOf(hub);
    browser = await launch(chromiumPath);
    operator = await visit(browser, hub, 'operator');
  });

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
    await receiver?.stop();
  });

  browserTest('a shop is paused and goes on where it stopped', async () => {
    const { page } = operator;
    await operator.goTo('/shops');
    const card = page.getByRole('article').filter({ hasText: 'テストショップ' });
    await card.getByRole('button', { name: '一時停止' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('取り込み、審査、出荷報告が止まります', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: '一時停止' }).click();
    await card.getByRole('button', { name: '再開' }).waitFor();
    const order = await cart.place();
    const [before] = await hub.database.query<{ at: string }[]>(
      'select max(started_at)::text as at from runs where shop_id = $1',
      [hub.shopId],
    );
    await card.getByRole('button', { name: '再開' }).click();
    await card.getByRole('button', { name: '一時停止' }).waitFor();
    await hub.until(order, 'approved');
    const runs = await hub.database.query<{ n: number }[]>(
      'select count(*)::int as n from runs where shop_id = $1 and started_at > $2',
      [hub.shopId, before?.at],
    );
    expect(runs[0]?.n).toBeGreaterThan(0);
  });

  browserTest(
    'an order of a system that follows the feed asks nobody to set its status by hand',
    async () => {
      const shopId = await addOpenShop(hub, { name: '自社システム' });
      const program = await programOf(hub, shopId);
      await program.put('API-1', orderBody(hub, { buyer: { ...orderBody(hub).buyer, phone: '1' } }));
      const { id } = await hub.until('API-1', 'blocked', { shopId });
      const { page } = operator;
      await operator.goTo(`/transactions/${shopId}/${id}`);
      await page.getByText('変更フィードまたはWebhookで受け取ります', { exact: false }).waitFor();
      expect(await page.getByText('カートへの自動反映をオフ', { exact: false }).count()).toBe(0);
      expect(await page.getByText('まだ反映していません', { exact: false }).count()).toBe(0);
      await operator.goTo('/shops');
      const card = page.getByRole('article').filter({ hasText: '自社システム' });
      await card.getByText('変更フィード・Webhookで伝える').waitFor();
    },
  );

  browserTest('a wrong SP code of a connection in use is told before it is saved', async () => {
    const { page } = operator;
    const spCode = page.locator('.mantine-PasswordInput-root').filter({ hasText: 'SPコード' });
    await operator.goTo(`/connections/${hub.connectionId}`);
    await page.locator('input[name="spCode"]').fill('WRONG');
    await page.getByRole('button', { name: '接続テスト' }).click();
    await page.getByRole('status').getByText('接続できませんでした').waitFor();
    await spCode.getByText('NPが受け付けませんでした').waitFor();
    // Whoever does not test is told all the same, at the field, and by saving.
    await operator.goTo(`/connections/${hub.connectionId}`);
    await page.locator('input[name="spCode"]').fill('WRONG');
    await page.getByRole('button', { name: '保存する' }).click();
    await spCode.getByText('NPが受け付けませんでした').waitFor();
    expect(await barriers(page)).toEqual([]);
    // Nothing has been saved: orders still go.
    const order = await cart.place();
    await hub.until(order, 'approved');
    // With its SP code left blank the saved one is tested; a terminal that NP does not know is told at its field.
    await operator.goTo(`/connections/${hub.connectionId}`);
    const terminal = page.getByRole('textbox', { name: '端末ID' });
    const known = await terminal.inputValue();
    await terminal.fill('9999999999');
    await page.getByRole('button', { name: '保存する' }).click();
    await terminal.and(page.locator('[aria-invalid="true"]')).waitFor();
    await terminal.fill(known);
    await page.getByRole('textbox', { name: '名前', exact: true }).fill('本店の契約');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByRole('heading', { level: 1, name: '店舗と接続' }).waitFor();
  });

  browserTest('where NP cannot be reached, settings are saved only once somebody says so', async () => {
    const { page } = operator;
    const [merchant] = hub.sandbox.config.merchants;
    const sizeOf = async (): Promise<unknown> => {
      const { body } = await (await hub.as('operator')).get<ConnectionView[]>('/connections');
      return body.find(({ id }) => id === hub.connectionId)?.settings['registerBatchSize'];
    };
    await cart.fault({ fault: 'server-error' });
    await operator.goTo(`/connections/${hub.connectionId}`);
    await page.locator('input[name="registerBatchSize"]').fill('77');
    await page.locator('input[name="spCode"]').fill(merchant?.spCode ?? '');
    await page.getByRole('button', { name: '保存する' }).click();
    const dialog = page.getByRole('dialog', { name: '接続を確認できませんでした' });
    await dialog.waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'やめる' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await sizeOf()).not.toBe(77);
    await page.getByRole('button', { name: '保存する' }).click();
    await dialog.getByRole('button', { name: '確認できないまま保存する' }).click();
    await page.getByRole('heading', { level: 1, name: '店舗と接続' }).waitFor();
    expect(await sizeOf()).toBe(77);
    await cart.noFaults();
    const order = await cart.place();
    await hub.until(order, 'approved');
  });

  browserTest('somebody who is invited for one shop sees nothing of another', async () => {
    const order = await cart.place();
    await hub.until(order, 'approved');
    await addOpenShop(hub, { live: false, name: '二号店' });
    const { page } = operator;
    await operator.goTo('/users');
    await page.getByRole('button', { name: '利用者を招待' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'ログインID' }).fill('branch');
    await dialog.getByRole('textbox', { name: '名前', exact: true }).fill('二号店 担当');
    await dialog.getByRole('checkbox', { name: '二号店' }).check();
    await dialog.getByRole('button', { name: '利用者を招待' }).click();
    const link = new URL(await page.getByTestId('secret').innerText());
    await page.getByRole('button', { name: 'コピーしました' }).click();
    expect(await page.getByRole('row').filter({ hasText: 'branch' }).innerText()).toMatch(
      /二号店[\s\S]*招待中/u,
    );

    const secret = '長くて覚えやすい合言葉です';
    const guest = await visit(browser, hub, null);
    await guest.goTo(link.pathname + link.hash);
    await guest.page.getByLabel('新しいパスワード').fill(secret);
    await guest.page.getByRole('button', { name: '設定する' }).click();
    await guest.page.getByText('パスワードを設定しました。').waitFor();
    await guest.page.goto('/');
    await guest.page.getByRole('textbox', { name: 'ログインID' }).fill('branch');
    await guest.page.getByLabel('パスワード', { exact: true }).fill(secret);
    await guest.page.getByRole('button', { name: 'ログイン', exact: true }).click();
    await guest.page.getByRole('heading', { level: 1, name: '取引一覧' }).waitFor();
    expect(await rowsOf(guest.page).count()).toBe(0);
    const row = await hub.stored(order);
    await guest.page.goto(`/transactions/${row?.shopId}/${row?.id}`);
    await guest.page.getByRole('heading', { level: 1, name: '取引が見つかりません' }).waitFor();
    await guest.page.context().close();
  });

  browserTest('a channel is added, tested, and the test arrives', async () => {
    const { page } = operator;
    await operator.goTo('/notifications');
    await page.getByRole('button', { name: '通知先を追加' }).click();
    await page.getByRole('textbox', { name: '名前' }).fill('現場');
    await page.getByRole('textbox', { name: 'WebhookのURL' }).fill(`${receiver.url}/staff`);
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByRole('button', { name: 'テスト送信 現場' }).click();
    await page.getByText('届きました', { exact: true }).waitFor();
    expect(receiver.callsTo('/staff')).toHaveLength(1);
  });

  browserTest('a report is read and taken as a file that says the same', async () => {
    await hub.until(await cart.placeMagic('審査NG001'), 'rejected');
    await hub.app.get(ReportKeeper, { strict: false }).run();
    const { page } = operator;
    await operator.goTo('/reports');
    const total = page.getByRole('row').filter({ hasText: '期間の合計' });
    const [orders = ''] = await total.getByRole('cell').allInnerTexts();
    expect(Number(orders)).toBeGreaterThan(0);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV（UTF-8）' }).click();
    const [, ...lines] = (await bytesOf(await download)).toString('utf8').trim().split('\r\n');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).toContain('テストショップ');
    expect(operator.complaints).toEqual([]);
  });
});

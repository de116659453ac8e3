import type { Browser } from 'playwright-core';
import { startTestHub, type TestHub } from '../support/hub.js';
import { barriers, browserTest, chromiumPath, dashboardFolder, launch, visit } from './browser.js';

const dayMs = 86_400_000;
/** A day in Japan, as a field for dates holds it. */
const dayFromNow = (days: number): string =>
  new Date(Date.now() + 9 * 3_600_000 + days * dayMs).toISOString().slice(0, 10);

describe('a move is planned on its page', () => {
  let hub: TestHub;
  let browser: Browser;

  beforeAll(async () => {
    if (!chromiumPath) return;
    hub = await startTestHub({ dashboardFolder });
    browser = await launch(chromiumPath);
  });

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  browserTest(
    'a day that has passed is pointed out; a plan is made, ticked, changed and given up',
    async () => {
      const { page, goTo, complaints } = await visit(browser, hub, 'operator');
      await goTo('/moves');
      const day = page.getByLabel('切り替え日');
      const passed = page.getByText('今日より前の日付です。');
      await day.fill(dayFromNow(-2));
      await passed.waitFor();
      expect(await page.getByRole('button', { name: '切替の計画を作る' }).isDisabled()).toBe(true);
      await day.fill(dayFromNow(20));
      await passed.waitFor({ state: 'detached' });
      await page.getByLabel('今の「与信タイミング」（発送予定日の○日前）').fill('4');
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: '切替の計画を作る' }).click();

      const steps = page.locator('.move-steps > li');
      const apply = steps.filter({ hasText: 'NPへリアルタイム与信を申し込む' });
      // NP takes about a month: with 20 days to go, that is late.
      await apply.getByText('期限を過ぎています').waitFor();
      const timing = steps.filter({ hasText: '「与信タイミング」を0日にする' });
      await timing.getByRole('button', { name: '完了にする' }).click();
      await timing.getByRole('status').waitFor();
      expect(await timing.getByRole('status').innerText()).toMatch(/operator が済ませました/u);
      // Steps that come before it are open.
      const press = page.getByRole('button', { name: 'ハブを切り替える' });
      expect(await press.isDisabled()).toBe(true);
      await page.getByText(/まだ切り替えられません。先に済ませる手順：.+、.+/u).waitFor();

      await page.getByRole('button', { name: '計画を変える' }).click();
      await day.fill(dayFromNow(60));
      await page.getByRole('button', { name: '保存する' }).click();
      await apply.getByText('期限を過ぎています').waitFor({ state: 'detached' });
      expect(await barriers(page)).toEqual([]);

      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: '切替を中止する' }).click();
      await dialog.getByRole('button', { name: '切替を中止する' }).click();
      await page.getByRole('region', { name: 'これまでの切替' }).waitFor();
      await page.getByText('中止する場合：与信タイミングを4日前に戻してください。').waitFor();
      await page.getByRole('button', { name: '切替の計画を作る' }).waitFor();
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});

import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { cartOf } from '../path/cart.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { chromiumPath, launch, visit } from './browser.js';

const browserTest = chromiumPath ? test : test.skip;
const dashboardFolder = join(__dirname, '../../../dashboard/dist');

/** As short as NP's names, so that an order with it goes the whole way. */
const script = '<svg onload=alert(1)>';
const image = '<img src=x onerror=alert(2)>';
const link = 'javascript:alert(3)';
const unknownCode = 'E0109998';

let hub: TestHub;
let browser: Browser;

beforeAll(async () => {
  if (!chromiumPath) return;
  browser = await launch(chromiumPath);
  hub = await startTestHub({ dashboardFolder });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

interface Watched {
  /** Dialogs, and what the browser's policy had to stop: the last wall, which nothing should ever reach. */
  readonly alarms: readonly string[];
}

/** Notes whatever of a script comes as far as the browser. Not by the page's own scripts, which its policy would stop. */
async function watch(page: Page): Promise<Watched> {
  const alarms: string[] = [];
  page.on('dialog', (dialog) => {
    alarms.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction('noteViolation', (what: string) => alarms.push(what));
  await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    window.noteViolation('policy ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))`);
  return { alarms };
}

/** Elements that only a stored text can have made. */
const planted = (page: Page): Promise<number> =>
  page.locator('svg[onload], img[src="x"], [onerror], a[href^="javascript:" i], script:not([src])').count();

/** Everything that people, carts and buyers can write, with a script in it; gives the order and the buyer's link. */
async function plantEverywhere(): Promise<{ held: string; blocked: string; fix: string }> {
  const cart = cartOf(hub);
  const items = [
    { productName: image, priceYen: 4_000, quantity: 1 },
    { productName: link, priceYen: 500, quantity: 1 },
  ];
  const held = await cart.place({ sender: { name: script, address2: `保留RE009${image}` }, items });
  const blocked = await cart.place({ sender: { name: `${image}${link}`, tel: link }, items });
  await hub.until(held, 'held');
  await hub.until(blocked, 'blocked');
  const [support, owner] = [await hub.as('support'), await hub.as('owner')];
  const at = `/transactions/${hub.shopId}/${(await hub.stored(held))?.id ?? ''}`;
  const text = { ja: `${image}${script}`, en: `${image}${link}` };
  const card = { title: text, explanation: text, fix: text, buyerText: text, actor: 'shop' };
  const made = [
    await support.post(`${at}/notes`, { text: `${image} ${link}` }),
    await support.put(`/codes/${unknownCode}`, card),
    await owner.patch(`/shops/${hub.shopId}`, { name: `${script}${image}` }),
  ];
  expect(made.map(({ status }) => status < 300)).toEqual([true, true, true]);
  const handed = await support.post<{ url: string }>(`${at}/links`, {});
  expect(handed.status).toBeLessThan(300);
  return { held: at, blocked: (await hub.stored(blocked))?.id ?? '', fix: handed.body.url };
}

browserTest(
  'a script in whatever people, carts and buyers write is shown as text on every page',
  async () => {
    const { held, blocked, fix } = await plantEverywhere();
    const { page, goTo, complaints } = await visit(browser, hub, 'owner');
    const { alarms } = await watch(page);
    const shown = async (path: string, text: string | null = null) => {
      await goTo(path);
      if (text) await page.getByText(text).filter({ visible: true }).first().waitFor();
      expect([path, await planted(page)]).toEqual([path, 0]);
    };
    await shown('/', script);
    await shown(`/?q=${encodeURIComponent(script)}`, script);
    await shown(held, image);
    await shown(`${held}/sheet`, script);
    await shown(`/transactions/${hub.shopId}/${blocked}`, link);
    await shown('/inbox', script);
    await shown('/codes', image);
    await shown(`/shops/${hub.shopId}`);
    await shown('/shops', image);
    const others =
      '/gate /deadlines /repairs /words /imports /reconciliation /moves /reports /status /notifications /notices /audit /privacy';
    for (const path of others.split(' ')) await shown(path);
    await shown(`/${encodeURIComponent(image)}`);
    await page.goto(`/transactions/${hub.shopId}/${encodeURIComponent(image)}`);
    await page.getByRole('alert').first().waitFor();
    expect(await planted(page)).toBe(0);
    expect(alarms).toEqual([]);
    expect(complaints.filter((text) => !/40[04]/u.test(text))).toEqual([]);
    await page.context().close();

    const buyer = await visit(browser, hub, null);
    const seen = await watch(buyer.page);
    await buyer.goTo(fix);
    expect([fix.split('#')[0], await planted(buyer.page)]).toEqual(['/fix', 0]);
    await buyer.page.getByText(script).filter({ visible: true }).first().waitFor();
    expect([seen.alarms, buyer.complaints]).toEqual([[], []]);
    await buyer.page.context().close();
  },
);

browserTest('the policy of the page stops what came as far as the page all the same', async () => {
  const { page, goTo } = await visit(browser, hub, null);
  const { alarms } = await watch(page);
  await goTo('/');
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(image)})`);
  await hub.eventually(() => Promise.resolve(alarms.some((text) => text.includes('script-src'))));
  expect(alarms.filter((text) => text.startsWith('dialog'))).toEqual([]);
  await page.context().close();
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startDesk, type Desk } from '../desk/scene.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import {
  barriers,
  browserTest,
  chromiumPath,
  cutOff,
  dashboardFolder,
  launch,
  sidewaysOverflow,
  visit,
  type Visitor,
} from './browser.js';

/** Every page that the dashboard has, as its own lists of routes say: a new one is looked at here without being named. */
const routes = ['app.tsx', 'reserved.tsx'].flatMap((file) =>
  [
    ...readFileSync(join(__dirname, '../../../dashboard/src', file), 'utf8').matchAll(
      /(?:<Route path="|\{\s*path: ')([^"'*]+)/gu,
    ),
  ].map(([, path = '']) => `/${path}`),
);

/** The buyer's page has no menu, and a walk of its own. */
const walkedElsewhere = ['/fix', '/imports/:shopId/:importId'];

const isJapanese = /[\u3040-\u30ff\u4e00-\u9fff]/u;

async function speakEnglish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: '日本語' }).waitFor();
}

/** Where the menu leads to, opened group by group. */
async function menuOf({ page }: Visitor): Promise<readonly string[]> {
  const links = page.getByRole('navigation').getByRole('link');
  const found = new Set<string>();
  const collect = async () => {
    for (const link of await links.all()) found.add((await link.getAttribute('href')) ?? '');
  };
  await collect();
  for (const group of await page.getByRole('navigation').getByRole('button').all()) {
    await group.click();
    await collect();
    await page.keyboard.press('Escape');
  }
  return [...found];
}

describe('every page', () => {
  let desk: Desk;
  let browser: Browser;
  const addresses: string[] = [];

  beforeAll(async () => {
    if (!chromiumPath) return;
    const hub = await startTestHub({ dashboardFolder });
    desk = await startDesk(hub);
    browser = await launch(chromiumPath);
    const { shopId = '', id = '' } = (await hub.stored(desk.orders.held)) ?? {};
    const values: Readonly<Record<string, string>> = { shopId, id, connectionId: hub.connectionId };
    for (const route of ['/', ...routes]) {
      if (walkedElsewhere.includes(route)) continue;
      const address = route.replaceAll(/:(\w+)/gu, (_, name: string) => values[name] ?? `:${name}`);
      expect(address).not.toContain(':');
      addresses.push(address);
    }
    for (const order of [desk.orders.blocked, desk.orders.shipped, desk.orders.rejected]) {
      const row = await hub.stored(order);
      addresses.push(`/transactions/${row?.shopId}/${row?.id}`);
    }
    addresses.push('/nowhere', `/transactions/${shopId}/${shopId}`);
  });

  afterAll(async () => {
    await browser?.close();
    await desk?.hub.stop();
  });

  browserTest('the menu leads to pages that are looked at here', async () => {
    const owner = await visit(browser, desk.hub, 'owner');
    await owner.goTo('/');
    const menu = await menuOf(owner);
    expect(menu.length).toBeGreaterThan(15);
    expect(menu.filter((path) => !addresses.includes(path))).toEqual([]);
    await owner.page.setViewportSize({ width: 1_280, height: 800 });
    const tops = await owner.page
      .locator('.menu-row > li')
      .evaluateAll((entries) => entries.map((entry) => Math.round(entry.getBoundingClientRect().top)));
    expect(new Set(tops).size).toBe(1);
    await owner.page.context().close();
  });

  browserTest.each([
    ['Japanese, light, on a desk', { english: false, dark: false, width: 1_366 }],
    ['English, dark, on a telephone', { english: true, dark: true, width: 390 }],
  ])('has no barrier that axe-core finds and fits its window: %s', async (_, { english, dark, width }) => {
    const owner = await visit(browser, desk.hub, 'owner');
    const { page } = owner;
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await page.setViewportSize({ width, height: 844 });
    await owner.goTo('/');
    if (english) await speakEnglish(page);
    const found: string[] = [];
    for (const path of addresses) {
      await owner.goTo(path);
      found.push(...(await barriers(page)).map((barrier) => `${path} ${barrier}`));
      const overflow = await sidewaysOverflow(page);
      if (overflow > 0) found.push(`${path} is ${overflow} pixels too wide`);
      if (width < 900) found.push(...(await cutOff(page)).map((frame) => `${path} ${frame}`));
    }
    expect(found).toEqual([]);
    expect(owner.complaints.filter((text) => !text.includes('404'))).toEqual([]);
    await page.context().close();
  });

  browserTest('colours change at once for people who want no motion', async () => {
    const owner = await visit(browser, desk.hub, 'owner');
    await owner.goTo('/status');
    const heading = owner.page.getByRole('heading', { level: 2 }).first();
    const [light, dark] = await heading.evaluate((element) => {
      const { documentElement: root, defaultView } = element.ownerDocument;
      const colour = () => defaultView?.getComputedStyle(element).color;
      const before = colour();
      root.setAttribute('data-mantine-color-scheme', 'dark');
      return [before, colour()];
    });
    expect(dark).not.toBe(light);
    await owner.page.context().close();
  });

  browserTest('while the hub does not answer, what is shown stays; what is not there says so', async () => {
    const { hub, cart, orders } = desk;
    const { page, goTo } = await visit(browser, hub, 'support');
    await goTo('/inbox');
    const row = page.getByRole('row').filter({ hasText: orders.held });
    await row.waitFor();
    const gone = '**/api/v1/{inbox,gate}**';
    await page.route(gone, (route) => route.abort());
    const failed = page.waitForEvent('requestfailed');
    const later = await cart.placeMagic('保留RE009');
    await failed;
    await hub.until(later, 'held');
    await page.getByRole('link', { name: '出荷の可否', exact: true }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'サーバーに接続できませんでした' });
    await alert.waitFor();
    await page.getByRole('link', { name: '対応待ち' }).first().click();
    await row.waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.unroute(gone);
    await cart.placeMagic('保留RE009');
    await page.getByRole('row').filter({ hasText: later }).waitFor();
    await page.getByRole('link', { name: '出荷の可否', exact: true }).click();
    await page.getByRole('row').filter({ hasText: later }).waitFor();
    await page.context().close();
  });
});

describe('a hub in which nothing has happened yet', () => {
  let hub: TestHub;
  let browser: Browser;

  beforeAll(async () => {
    if (!chromiumPath) return;
    hub = await startTestHub({ dashboardFolder, shop: false });
    browser = await launch(chromiumPath);
  });

  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  browserTest('no page is empty without a word, and in English there is no word in Japanese', async () => {
    const owner = await visit(browser, hub, 'owner');
    const { page } = owner;
    await owner.goTo('/');
    await speakEnglish(page);
    const found: string[] = [];
    // The dictionary quotes what may be sent to buyers, who are Japanese.
    const quoting = ['/codes'];
    const names = ['カゴラボ (Cagolab)'];
    for (const path of routes) {
      if (path.includes(':') || walkedElsewhere.includes(path) || quoting.includes(path)) continue;
      await owner.goTo(path);
      const kept = await page.request.get(path);
      if (!(await kept.text()).includes('<div id="root">'))
        found.push(`${path} cannot be kept as an address`);
      const text = await page.getByRole('main').innerText();
      const japanese = text
        .split('\n')
        .filter((line) => isJapanese.test(line) && !names.includes(line.trim()));
      found.push(...japanese.map((line) => `${path} ${line}`));
      const beyondTheHead = text.split('\n').filter((line) => line.trim() !== '').length;
      if (beyondTheHead < 3) found.push(`${path} says nothing: ${text}`);
    }
    expect(found).toEqual([]);
    expect(owner.complaints).toEqual([]);
    await page.context().close();
  });
});

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Role } from '@np-hub/model';
import axe from 'axe-core';
import {
  chromium,
  type Browser,
  type Download,
  type Locator,
  type Page,
  type Request,
} from 'playwright-core';
import { request } from '../support/client.js';
import { type TestHub, password } from '../support/hub.js';

const { env } = process;
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const windowsFolders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];

/** Where a Chromium usually is: as told, on the path, and the usual places of macOS and Windows. */
const candidates: readonly string[] = [
  ...(env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
  ...names.map((name) => `/usr/bin/${name}`),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...windowsFolders.flatMap((folder) =>
    folder === undefined
      ? []
      : [
          join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ],
  ),
];

/** The Chromium of this machine; none where there is none. `NP_HUB_CHROMIUM` names another one, or none with "". */
export const chromiumPath = env['NP_HUB_CHROMIUM'] ?? candidates.find((path) => existsSync(path));

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Counted as skipped where this machine has no Chromium. */
export const browserTest = chromiumPath ? test : test.skip;

/** The built dashboard. */
export const dashboardFolder = fileURLToPath(new URL('../../../dashboard/dist', import.meta.url));

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: flags });

/** A person at a browser of their own. `complaints`: what the page wrote as an error to the browser's console. */
export interface Visitor {
  readonly page: Page;
  readonly complaints: readonly string[];
  /** Goes there, and waits until nothing on that page is being loaded. */
  goTo(path: string): Promise<void>;
}

/** Follows a way inside of the dashboard, as a link on its page would. */
const follow = (path: string): string => `{
  document.querySelector('h1').dataset.left = 'yes';
  history.pushState(null, '', ${JSON.stringify(path)});
  dispatchEvent(new PopStateEvent('popstate'));
}`;

/** Whether this page of the dashboard has another one as its neighbour, and not itself. */
async function isNextTo(page: Page, path: string): Promise<boolean> {
  const { origin, pathname } = new URL(page.url());
  if (origin === 'null' || pathname === new URL(path, origin).pathname) return false;
  return (await page.locator('h1').count()) === 1;
}

function visitorAt(page: Page, role: Role | null): Visitor {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const asked = new Set<Request>();
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch') asked.add(request);
  });
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', (request) => asked.delete(request));

  // Whoever is signed in stays inside, which spares loading everything anew; others come from outside.
  const goTo = async (path: string): Promise<void> => {
    if (role !== null && (await isNextTo(page, path))) await page.evaluate(follow(path));
    else await page.goto(path);
    // Every page has a heading of its own: the one of the page before goes together with that page.
    await page.locator('h1:not([data-left])').waitFor();
    while (asked.size > 0) await sleep(10);
    // Not by `waitForFunction`: what it asks again and again is forbidden by the page's own content security policy.
    const loading = page.getByRole('status', { name: /^(読み込んでいます|Loading)$/u });
    await loading.first().waitFor({ state: 'detached' });
  };
  return { page, complaints, goTo };
}

/** A fresh browser window; with a role, that person is signed in already. */
export async function visit(browser: Browser, hub: TestHub, role: Role | null): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: hub.url,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    viewport: { width: 1366, height: 900 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(90_000);
  if (role) {
    const answer = await request(hub.url, 'POST', '/api/v1/session', { body: { login: role, password } });
    const [name = '', value = ''] =
      (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0]?.split('=') ?? [];
    await context.addCookies([{ name, value, url: hub.url }]);
  }
  return visitorAt(await context.newPage(), role);
}

/** What axe-core finds wrong enough to hinder people, and every contrast that is too low; one line each. */
export async function barriers(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in globalThis`))) {
    await page.evaluate(axe.source);
    // What is out of sight is looked at as well: laid out at once, not one by one as axe-core comes to it.
    await page.addStyleTag({ content: '* { content-visibility: visible !important }' });
  }
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ id, impact }) => id === 'color-contrast' || impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary = '' }) =>
          `${id}: ${html.slice(0, 160)} ${failureSummary.replaceAll(/\s+/gu, ' ')}`,
      ),
    );
}

/** By how many pixels the page is wider than its window, once it has had time to lay itself out. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  const measure = () => page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  for (const deadlineMs = Date.now() + 2_000; Date.now() < deadlineMs; await sleep(50)) {
    const width = await measure();
    if (width <= 0) return width;
  }
  return measure();
}

/** What lies outside of its own frame, which hides it or has to be scrolled sideways; one line each. */
export const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll('main *')]
    .filter((element) => {
      const isSeen = element.checkVisibility() && element.clientWidth > 1 && !element.closest('thead');
      const isFrame = getComputedStyle(element).overflowX !== 'visible' && !element.matches('input, select, textarea');
      return isSeen && isFrame && element.scrollWidth > element.clientWidth + 1;
    })
    .map((element) => element.className + ' is cut off: ' + element.textContent.slice(0, 60))`);

/** The rows of the page's table, without its head. */
export const rowsOf = (page: Page): Locator =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });

/** Goes on with Tab until the wanted element has the focus. Throws where Tab does not come to it. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not come to it');
}

/** What a downloaded file holds. */
export async function bytesOf(download: Download): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

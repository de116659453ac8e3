import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Role } from '@np-hub/model';
import axe from 'axe-core';
import { chromium, type Browser, type Download, type Locator, type Page } from 'playwright-core';
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
  goTo(path: string): Promise<void>;
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
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const goTo = async (path: string) => {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    // Not by `waitForFunction`: what it asks again and again is forbidden by the page's own content security policy.
    await page.getByRole('status', { name: '読み込んでいます' }).first().waitFor({ state: 'detached' });
  };
  return { page, complaints, goTo };
}

/** What axe-core finds wrong enough to hinder people, and every contrast that is too low; one line each. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
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

const overflow = 'document.documentElement.scrollWidth - window.innerWidth';

/** By how many pixels the page is wider than its window, once it has had time to lay itself out. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  await page.waitForFunction(`${overflow} <= 0`, undefined, { timeout: 10_000 }).catch(() => undefined);
  return page.evaluate(overflow);
}

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

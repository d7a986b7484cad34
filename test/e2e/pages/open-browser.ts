import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
  type Request,
} from 'playwright-core';

/** Chromium of the system. `.ci/run` installs it where it is missing. */
export const chromiumPath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));

export const widths = [320, 768, 1440] as const;
export const themes = ['light', 'dark'] as const;

/** Looks for others than the tests: it would try to reach its maker’s hosts. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-swiftshader',
];

let opened: Promise<Browser> | undefined;

/** The browser of this process, with which it ends. */
export async function openBrowser(): Promise<Browser> {
  const launch = () =>
    chromium.launch({ executablePath: chromiumPath ?? '', args, chromiumSandbox: false });
  opened ??= launch();
  const browser = await opened;
  return browser.isConnected() ? browser : (opened = launch());
}

/** Without a graphics card, Chromium says that it reads the pixels of each canvas back. */
const ofSoftware = /GL Driver Message .*ReadPixels/;

export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  /** What went wrong: errors of the console, requests to other hosts, violations of the policy. */
  readonly faults: readonly string[];
}

interface PageOptions {
  readonly width?: (typeof widths)[number];
  readonly theme?: (typeof themes)[number];
  readonly locale?: string;
}

/** Chromium asks for it where a tab was left, which is no page: the answer may reach the next test. */
const isIcon = (url: string) => new URL(url, 'http://localhost').pathname === '/favicon.ico';

/** Chromium never says that the script of a worker has ended if the page ends the worker before. */
const ofWorker = /(-worker|\/painter)-[\w-]+\.js$/;

/** What each page waits for. */
const pending = new WeakMap<Page, Set<Request>>();

function watchRequests(page: Page): void {
  const requests = new Set<Request>();
  pending.set(page, requests);
  page.on('request', (request) => {
    if (!ofWorker.test(request.url())) requests.add(request);
  });
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
}

/** A page with a context of its own. */
interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The test that has it now, and where its pages are. */
  faults: string[];
  origin: string;
  /** Whether it has been elsewhere, where its storage cannot be emptied. */
  wasElsewhere: boolean;
}

const usualLocale = 'en-GB';

/** Tabs that no test has now. A new one takes a second of a core. */
const idle = new WeakMap<Browser, Tab[]>();

/** Notes whatever a page must not do. */
async function watchTab(tab: Tab): Promise<void> {
  const { page } = tab;
  watchRequests(page);
  await page.exposeFunction('noteViolation', (text: string) => tab.faults.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const { noteViolation } = globalThis as unknown as { noteViolation(text: string): void };
      noteViolation(`${violatedDirective} ${blockedURI}`);
    });
  });
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    if (ofSoftware.test(message.text()) || isIcon(message.location().url)) return;
    tab.faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => tab.faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    const isOwn = asked.origin === tab.origin || ['data:', 'blob:'].includes(asked.protocol);
    if (isOwn) return;
    tab.wasElsewhere = true;
    tab.faults.push(`host: ${asked.href}`);
  });
}

async function openTab(browser: Browser, locale: string): Promise<Tab> {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ locale, viewport });
  const page = await context.newPage();
  const tab = { page, context, faults: [], origin: '', wasElsewhere: false };
  await watchTab(tab);
  return tab;
}

/** Empties a tab for the next test, or closes it if that is not possible. */
async function leave(browser: Browser, tab: Tab): Promise<void> {
  const { page, context, origin, wasElsewhere } = tab;
  if (wasElsewhere || origin === 'null') return context.close();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  // Without a script, and of the same site: Chromium keeps its process for the next page.
  const there = await page.goto(`${origin}/health/live`).catch(() => undefined);
  if (!there) return context.close();
  await page.evaluate(() => [localStorage, sessionStorage].forEach((storage) => storage.clear()));
  await context.clearCookies();
  await page.mouse.move(0, 0);
  pending.get(page)?.clear();
  idle.set(browser, [...(idle.get(browser) ?? []), tab]);
}

/** Opens a page of the hub that notes whatever a page must not do. Nothing of an earlier page is left. */
export async function openPage(
  browser: Browser,
  url: URL,
  { width = 1440, theme = 'light', locale = usualLocale }: PageOptions = {},
): Promise<WatchedPage> {
  const isUsual = locale === usualLocale;
  const tab = (isUsual && idle.get(browser)?.pop()) || (await openTab(browser, locale));
  const { page, context } = tab;
  tab.faults = [];
  tab.origin = url.origin;
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ media: null, colorScheme: theme });
  await page.goto(url.href);
  return {
    page,
    faults: tab.faults,
    [Symbol.asyncDispose]: () => (isUsual ? leave(browser, tab) : context.close()),
  };
}

/** Where the header’s row has no room, what it has is in a menu. */
export async function openMenu(page: Page): Promise<void> {
  const menu = page.locator('header .menu');
  const isClosed = (await menu.getAttribute('aria-expanded')) === 'false';
  if (isClosed && (await menu.isVisible())) await menu.click();
}

/** Signs in as anybody, as the pages of an embedded network offer it. */
export async function signIn(
  page: Page,
  organisation: string,
  role: string,
  person?: string,
): Promise<void> {
  await openMenu(page);
  await page.locator('header').getByRole('button', { name: 'Sign in' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('select[name=organisation]').selectOption(organisation);
  await dialog.locator('select[name=role]').selectOption(role);
  if (person !== undefined) await dialog.locator('input[name=person]').fill(person);
  await dialog.getByRole('button', { name: 'Sign in for a trial' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Opens a page as a reader, or as nobody, and waits until it shows what it has. */
export async function openPageAs(
  browser: Browser,
  url: URL,
  reader?: { readonly organisation: string; readonly role: string; readonly person?: string },
): Promise<WatchedPage> {
  const opened = await openPage(browser, url);
  if (reader) await signIn(opened.page, reader.organisation, reader.role, reader.person);
  await settled(opened.page);
  return opened;
}

/** In the browser: all that the page had to do for what it has received is done. */
const caughtUp = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => setTimeout(resolve))));
  });

/** Whether the page waits for nothing more. What has arrived may let it ask for more. */
async function isSettled(page: Page): Promise<boolean> {
  if (pending.get(page)?.size !== 0) return false;
  await page.evaluate(caughtUp);
  const isShown = (await page.locator('main > *').count()) > 0;
  const isLoading = (await page.locator('.loading').count()) > 0;
  return isShown && !isLoading && pending.get(page)?.size === 0;
}

/**
 * Waits until the page has its responses.
 * @throws what it still waits for after a minute
 */
export async function settled(page: Page): Promise<void> {
  const until = performance.now() + 60_000;
  while (!(await isSettled(page))) {
    if (performance.now() > until) {
      const urls = [...(pending.get(page) ?? [])].map((request) => request.url());
      throw new Error(`${page.url()} still waits for: ${urls.join(', ') || 'what it loads'}`);
    }
    await page.waitForTimeout(20);
  }
}

/** Shows an open page at all widths in both colours, and says where it is wider than the window. */
export async function findOverflow(page: Page): Promise<string[]> {
  const wide: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(caughtUp);
      const content = await page.evaluate(() => document.documentElement.scrollWidth);
      if (content > width) wide.push(`${content} px at ${width} px in ${colorScheme} colours`);
    }
  }
  return wide;
}

/** Chooses the first of what a field offers: of its radios, or of its list after some letters. */
export async function chooseFirst(
  within: Page | Locator,
  label: string,
  letters = '',
): Promise<void> {
  const radios = within.getByRole('group', { name: label }).getByRole('radio');
  if ((await radios.count()) > 0) return radios.first().check();
  const control = within.getByRole('combobox', { name: label });
  await control.fill(letters);
  await control.press('ArrowDown');
  await control.press('Enter');
}

/** Writes a day into the three controls of a date: `2027-03-07`. */
export async function fillDate(within: Page | Locator, label: string, day: string): Promise<void> {
  const [year = '', month = '', date = ''] = day.split('-');
  const field = within.getByRole('group', { name: new RegExp(`^${label}`) });
  await field.getByLabel('Day').fill(date);
  await field.getByLabel('Month').fill(month);
  await field.getByLabel('Year').fill(year);
}

/** What the three controls of a date have: `2027-03-07`. */
export async function readDate(field: Locator): Promise<string> {
  const parts = ['Year', 'Month', 'Day'].map((part) => field.getByLabel(part).inputValue());
  return (await Promise.all(parts)).map((part) => part.padStart(2, '0')).join('-');
}

/** The file that a button saves. */
export async function save(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFile(await download.path());
}

/** In the browser: a point of the canvas within a circle in the colour of the police. */
export function findParty(canvas: HTMLElement | SVGElement): { x: number; y: number }[] {
  const { width, height } = canvas as HTMLCanvasElement;
  const copy = Object.assign(document.createElement('canvas'), { width, height });
  const context = copy.getContext('2d', { willReadFrequently: true });
  if (!context || width === 0) return [];
  context.drawImage(canvas as HTMLCanvasElement, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const style = getComputedStyle(document.documentElement);
  context.fillStyle = style.getPropertyValue('--network-police').trim();
  context.fillRect(0, 0, 1, 1);
  const police = context.getImageData(0, 0, 1, 1).data.join();
  const isPolice = (x: number, y: number) => {
    const start = (y * width + x) * 4;
    return data.slice(start, start + 4).join() === police;
  };
  for (let y = 2; y < height - 2; y += 1)
    for (let x = 2; x < width - 2; x += 1) {
      const around = [isPolice(x, y), isPolice(x - 2, y), isPolice(x + 2, y), isPolice(x, y - 2)];
      if (around.every(Boolean) && isPolice(x, y + 2)) return [{ x, y }];
    }
  return [];
}

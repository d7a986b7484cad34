import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { chromiumPath, openBrowser, openPage, settled } from './open-browser.js';

/** Loses the requests of scripts, as a phone without a connection does, or as a hub that has other files now. */
const loseScripts = async (page: Page, how: 'offline' | 'updated') =>
  page.route('**/*.js', (route) =>
    how === 'offline' ? route.abort() : route.fulfill({ status: 404 }),
  );

describe.skipIf(!chromiumPath && !process.env['CI'])('a page whose file does not come', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([openNetwork('facts'), openBrowser()]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });

  const open = async (page: Page, name: string) =>
    page.getByRole('navigation').getByRole('link', { name, exact: true }).click();

  it('comes by itself when the connection was lost for a moment', async () => {
    await using opened = await openPage(browser, new URL('/', network.hubUrl));
    const { page } = opened;
    await settled(page);
    await loseScripts(page, 'offline');
    await open(page, 'Programme');
    await page.getByText('Loading …').waitFor();
    await page.unroute('**/*.js');
    await page.getByRole('heading', { name: 'Programme', level: 1 }).waitFor();
  });

  it('says why it does not come, keeps the document without a hub, and loads anew from an updated one', async () => {
    await using opened = await openPage(browser, new URL('/', network.hubUrl));
    const { page } = opened;
    await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }));
    const isSameDocument = () => page.evaluate(() => 'isSameDocument' in globalThis);
    await loseScripts(page, 'updated');
    await open(page, 'Tasks');
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
    const again = page.getByRole('button', { name: 'Load it again' });

    await page.context().setOffline(true);
    await again.click();
    await page.getByText('The hub cannot be reached').waitFor();
    expect(await isSameDocument()).toBe(true);

    await page.context().setOffline(false);
    await page.unroute('**/*.js');
    await again.click();
    await page.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor();
  });

  it('lets the reader load the texts again without which it cannot be shown', async () => {
    await using opened = await openPage(browser, new URL('/', network.hubUrl));
    const { page } = opened;
    const texts = '**/assets/en-*.js';
    // The first ones of each document are those of the frame.
    let asked = 0;
    page.on('request', (request) => {
      if (request.isNavigationRequest()) asked = 0;
    });
    await page.route(texts, (route) => (asked++ === 0 ? route.continue() : route.abort()));
    await page.goto(new URL('/network/directory', network.hubUrl).href);
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
    await page.unroute(texts);
    await page.getByRole('button', { name: 'Load it again' }).click();
    await page.getByRole('heading', { name: 'Directory', level: 1 }).waitFor();
  });

  it('comes by itself when its first texts were lost for a moment', async () => {
    await using opened = await openPage(browser, new URL('/', network.hubUrl));
    const { page } = opened;
    const texts = '**/assets/en-*.js';
    const lost = page.waitForEvent('requestfailed');
    await page.route(texts, (route) => route.abort());
    await page.goto(new URL('/accessibility', network.hubUrl).href);
    await lost;
    await page.unroute(texts);
    await page.getByRole('heading', { name: 'Accessibility', level: 1 }).waitFor();
  });

  it('says that the pages are not loaded where not one of their files comes', async () => {
    const page = await browser.newPage();
    await loseScripts(page, 'updated');
    await page.goto(new URL('/', network.hubUrl).href);
    await expect.poll(() => page.locator('.late').isVisible(), { timeout: 10_000 }).toBe(true);
    await page.close();
  });
});

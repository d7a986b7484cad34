import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';
import { allPages } from './all-pages.js';
import { findAllBarriers } from './find-barriers.js';
import { chromiumPath, openBrowser, openPage, settled } from './open-browser.js';

/** In the browser: all scripts that the page has loaded, as they were sent, in kB. */
const sumScripts = () =>
  performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.js'))
    .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0) / 1_000;

const markup = '<img src=x onerror="window.isTaken=true">';

/** What a partner may write where the contract has a date, an address or any text. */
function writeBadly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writeBadly);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        key === '__typename' ? one : writeBadly(one),
      ]),
    );
  if (typeof value !== 'string' || /^[A-Z_]+$/.test(value)) return value;
  if (/^\d{4}(-\d\d){0,2}(T.*)?$/.test(value)) return 'no date';
  return /^https?:/.test(value) ? 'https://[' : `${value}${markup}`;
}

describe.skipIf(!chromiumPath && !process.env['CI'])('the hub’s own pages', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });
  const at = (path: string) => new URL(path, network.hubUrl);

  it.each(allPages)(
    '%s shows its data, keeps nobody out at any width in any colours, and asks nobody else',
    async (path, text, mostKb) => {
      await using opened = await openPage(browser, at(path));
      const { page, faults } = opened;
      await settled(page);
      await page.getByText(text).first().waitFor();
      expect(await page.evaluate(sumScripts), 'kB of scripts').toBeLessThanOrEqual(mostKb);
      expect(await findAllBarriers(page)).toEqual([]);
      expect(faults).toEqual([]);
    },
  );

  it.each(['en-GB', 'ru-RU', 'et-EE'])(
    '/explorer comes with at most 270 kB, with all that it loads by itself, in %s',
    async (locale) => {
      await using opened = await openPage(browser, at('/accessibility'), { locale });
      const { page, faults } = opened;
      await settled(page);
      const client = await page.context().newCDPSession(page);
      await client.send('Network.enable');
      await client.send('Network.clearBrowserCache');
      let sum = 0;
      client.on('Network.loadingFinished', ({ encodedDataLength }) => (sum += encodedDataLength));
      await page.goto(at('/explorer').href, { waitUntil: 'networkidle' });
      await page.getByRole('button', { name: 'AreasToInvolve' }).waitFor();
      expect(sum / 1_000).toBeGreaterThan(200);
      expect(sum / 1_000).toBeLessThanOrEqual(270);
      expect(faults).toEqual([]);
    },
  );

  const ofPartners = allPages.filter(([path]) => /programme|network|status/.test(path));
  it.each(ofPartners)('%s goes on if partners write badly, and runs nothing', async (path) => {
    await using opened = await openPage(browser, at('/accessibility'));
    const { page, faults } = opened;
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const { data, ...rest } = (await response.json()) as { data: unknown };
      await route.fulfill({ response, json: { data: writeBadly(data), ...rest } });
    });
    await page.goto(at(path).href);
    await settled(page);
    expect(faults).toEqual([]);
    expect(await page.evaluate(() => 'isTaken' in globalThis)).toBe(false);
  });

  it('say whom to write to if they keep somebody from using them', async () => {
    await using opened = await openPage(browser, at('/accessibility'));
    const { data } = await network.ask('{ partners { code } }');
    const addresses = opened.page.locator('main a[href^="mailto:"]');
    await addresses.first().waitFor();
    expect(await addresses.count()).toBe(data.partners.length);
    await opened.page.getByText('It was written on 1 December 2026').waitFor();
  });

  it('show a row of a table as a card on a phone: each value below the other, with its title', async () => {
    await using opened = await openPage(browser, at('/network/directory?list=statements'));
    const { page, faults } = opened;
    await settled(page);
    const row = page.getByRole('row').filter({ hasText: 'The co-operation is agreed' });
    const readCells = () =>
      row.getByRole('cell').evaluateAll((cells) =>
        cells.map((cell) => ({
          title: getComputedStyle(cell, '::before').content,
          top: cell.getBoundingClientRect().top,
          isInWindow: cell.getBoundingClientRect().right <= innerWidth,
        })),
      );
    const wide = await readCells();
    expect(new Set(wide.map(({ top }) => top)).size).toBe(1);
    expect(wide.map(({ title }) => title)).toEqual(wide.map(() => 'none'));
    await page.setViewportSize({ width: 390, height: 844 });
    const narrow = await readCells();
    expect(narrow.map(({ title }) => title)).toEqual(
      ['Kind', 'About', 'Source'].map((title) => `"${title}" / ""`),
    );
    expect(narrow.map(({ top }) => top)).toEqual(
      narrow.map(({ top }) => top).toSorted((a, b) => a - b),
    );
    expect(new Set(narrow.map(({ top }) => top)).size).toBe(3);
    expect(narrow.every(({ isInWindow }) => isInWindow)).toBe(true);
    // What orders the rows can be pressed there, too.
    await page.getByRole('button', { name: 'About' }).click();
    await page.locator('th[aria-sort="ascending"]').filter({ hasText: 'About' }).waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('speak the languages of all members, and say which nobody has read who grew up with it', async () => {
    await using opened = await openPage(browser, at('/tasks'));
    const { page, faults } = opened;
    const select = page.getByRole('combobox').first();
    const codes = await select
      .locator('option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    expect(codes.toSorted()).toEqual(['da', 'en', 'et', 'fi', 'is', 'lt', 'lv', 'nb', 'ru', 'sv']);
    for (const code of codes) {
      await select.selectOption(code);
      await page.locator(`html[lang=${code}]`).waitFor();
      const words = JSON.parse(
        await readFile(join(cloneFolder, `gateway/explorer/words/${code}.json`), 'utf8'),
      ) as { frame: { tasks: string; unread: string } };
      await page.getByRole('heading', { level: 1, name: words.frame.tasks }).waitFor();
      expect(await page.getByText(words.frame.unread).count()).toBe(code === 'en' ? 0 : 1);
    }
    // It is kept for the next page.
    await page.reload();
    await page.locator(`html[lang=${codes.at(-1)}]`).waitFor();
    expect(faults).toEqual([]);
  });

  it('sends the operations of the pages by their ids alone', async () => {
    await using opened = await openPage(browser, at('/accessibility'));
    const { page } = opened;
    const sent: unknown[] = [];
    page.on('request', (request) => {
      if (request.url() === network.hubUrl) sent.push(request.postDataJSON());
    });
    await page.getByRole('link', { name: 'Status' }).click();
    await settled(page);
    await page.getByText('All 10 organisations respond.').first().waitFor();
    expect(sent).toEqual([
      { documentId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), variables: {} },
    ]);
  });

  it('answers with the policy that lets nothing of others in', async () => {
    for (const [path] of allPages) {
      const response = await fetch(at(path));
      expect(response.status).toBe(200);
      // A page of an earlier build names files that are gone.
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
          "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; " +
          "form-action 'self'; frame-ancestors 'none'",
      );
    }
  });

  it('sends each file compressed, once, and for ever', async () => {
    const html = await (await fetch(at('/'))).text();
    const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)];
    expect(files.length).toBeGreaterThan(1);
    for (const [, file = ''] of files) {
      const response = await fetch(at(file), { headers: { 'accept-encoding': 'br' } });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-encoding')).toBe('br');
      expect(response.headers.get('cache-control')).toContain('immutable');
    }
    expect((await fetch(at('/assets/../index.html'))).status).toBe(404);
    expect((await fetch(at('/assets/none.js'))).status).toBe(404);
  });
});

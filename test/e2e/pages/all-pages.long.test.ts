import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { allPages } from './all-pages.js';
import { findBarriers } from './find-barriers.js';
import {
  chromiumPath,
  findOverflow,
  openBrowser,
  openPage,
  settled,
  themes,
  widths,
} from './open-browser.js';

const cases = allPages.flatMap(([path, text]) =>
  widths.flatMap((width) => themes.map((theme) => ({ path, text, width, theme }))),
);
const locales = ['da-DK', 'ru-RU', 'et-EE'] as const;

describe.skipIf(!chromiumPath && !process.env['CI'])('each of the hub’s own pages', () => {
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

  it.each(cases)(
    '$path opened at $width px in $theme colours keeps nobody out',
    async ({ path, text, width, theme }) => {
      await using opened = await openPage(browser, at(path), { width, theme });
      const { page, faults } = opened;
      await settled(page);
      await page.getByText(text).first().waitFor();
      const content = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(content, 'the page scrolls sideways').toBeLessThanOrEqual(width);
      expect(await findBarriers(page)).toEqual([]);
      expect(faults).toEqual([]);
    },
  );

  it.each(locales.flatMap((locale) => allPages.map(([path]) => ({ locale, path }))))(
    '$path in the language of $locale fits all widths',
    async ({ locale, path }) => {
      await using opened = await openPage(browser, at(path), { locale });
      const { page, faults } = opened;
      await settled(page);
      expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2));
      expect(await findOverflow(page)).toEqual([]);
      expect(faults).toEqual([]);
    },
  );
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { chromiumPath, openBrowser, openPage, settled } from '../open-browser.js';

type Colour = readonly [red: number, green: number, blue: number];

/** In the browser: the colours of the ground and of texts that the system forces on all pages. */
const readSystemColours = () => {
  const probe = document.createElement('span');
  document.body.append(probe);
  const [paper, ink] = ['Canvas', 'CanvasText'].map((name) => {
    probe.style.color = name;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return { paper: paper ?? '', ink: ink ?? '' };
};

/** How many pixels of a picture of an element have exactly each of these colours, as parts of all. */
async function countPixels(page: Page, selector: string, colours: readonly Colour[]) {
  const picture = (await page.locator(selector).screenshot()).toString('base64');
  return page.evaluate(
    async ({ png, wanted }) => {
      const bytes = Uint8Array.from(atob(png), (letter) => letter.codePointAt(0) ?? 0);
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] };
      return wanted.map((colour) => {
        let count = 0;
        for (let at = 0; at < data.length; at += 4)
          if (colour.every((value, index) => data[at + index] === value)) count += 1;
        return count / (data.length / 4);
      });
    },
    { png: picture, wanted: colours },
  );
}

/** The contrast of two colours by WCAG. */
function contrastOf(...colours: readonly [Colour, Colour]): number {
  const [lighter = 0, darker = 0] = colours
    .map((colour) => {
      const [red = 0, green = 0, blue = 0] = colour.map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .toSorted((one, other) => other - one);
  return (lighter + 0.05) / (darker + 0.05);
}

/** How an element is drawn. */
const styleOf = (page: Page, selector: string, property: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

const toColour = (text: string): Colour => {
  const [red = 0, green = 0, blue = 0] = (text.match(/\d+/g) ?? []).map(Number);
  return [red, green, blue];
};

describe.skipIf(!chromiumPath && !process.env['CI'])('colours that the system forces', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([openNetwork('demonstration'), openBrowser()]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });

  async function open(page: Page, path: string, colorScheme: 'light' | 'dark') {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce', colorScheme });
    await page.goto(new URL(path, network.hubUrl).href);
    await settled(page);
  }

  it.each(['light', 'dark'] as const)(
    'are those of the drawn network, of charts, steps, the open page and the focus, in %s ones',
    async (scheme) => {
      await using opened = await openPage(browser, new URL('/accessibility', network.hubUrl));
      const { page, faults } = opened;
      await open(page, '/network', scheme);
      const system = await page.evaluate(readSystemColours);
      const [paper, ink] = [toColour(system.paper), toColour(system.ink)];
      await page.locator('.laying-out', { hasText: /^$/ }).waitFor({ state: 'attached' });
      const [ofPaper = 0, ofInk = 0] = await countPixels(page, '.canvas', [paper, ink]);
      expect(ofPaper).toBeGreaterThan(0.5);
      expect(ofInk).toBeGreaterThan(0.001);
      // The system draws its own ground behind the text of a button.
      const ofButton = toColour(await styleOf(page, 'header button:not(.quiet)', 'color'));
      expect(contrastOf(ofButton, paper)).toBeGreaterThanOrEqual(4.5);
      const kinds = page.locator('.legend circle');
      for (const fill of await kinds.evaluateAll((all) =>
        all.map((one) => getComputedStyle(one).fill),
      ))
        expect(contrastOf(toColour(fill), paper)).toBeGreaterThanOrEqual(3);
      const borderOf = (selector: string) => styleOf(page, selector, 'border-bottom-color');
      for (const [current, other] of [
        ['nav a[aria-current]', 'nav a:not([aria-current])'],
        ['[role=tab][aria-selected=true]', '[role=tab][aria-selected=false]'],
      ] as const)
        expect(await borderOf(current)).not.toBe(await borderOf(other));

      await open(page, '/programme/statistics', scheme);
      for (const [selector, least] of [
        ['.plot .exact', 3],
        ['.plot text', 4.5],
      ] as const) {
        const fill = toColour(await styleOf(page, selector, 'fill'));
        expect(contrastOf(fill, paper), selector).toBeGreaterThanOrEqual(least);
      }

      await open(page, '/programme', scheme);
      const borderOfStep = (selector: string) => styleOf(page, selector, 'border-top-style');
      expect(await borderOfStep('.steps li.done')).toBe('solid');
      expect(await borderOfStep('.steps li:not(.done)')).toBe('dotted');

      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      expect(await styleOf(page, ':focus', 'outline-style')).toBe('solid');
      const outline = toColour(await styleOf(page, ':focus', 'outline-color'));
      expect(contrastOf(outline, paper)).toBeGreaterThanOrEqual(3);
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll('*')].flatMap((element) => {
          const { animationName, transitionDuration } = getComputedStyle(element);
          return animationName === 'none' && transitionDuration === '0s' ? [] : [element.outerHTML];
        }),
      );
      expect(moving).toEqual([]);
      expect(faults).toEqual([]);
    },
  );
});

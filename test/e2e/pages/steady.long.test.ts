import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delay } from '../network/hung-partner.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { allPages } from './all-pages.js';
import { chromiumPath, openBrowser, openPageAs, settled } from './open-browser.js';

const windows = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

const readers = [
  undefined,
  { organisation: 'nbnp', role: 'coordinator' },
  { organisation: 'ncm', role: 'liaison' },
  { organisation: 'ncm', role: 'auditor' },
  { organisation: 'dk', role: 'participant', person: 'dk:demo-officer-1' },
] as const;

const paths = [
  ...allPages.map(([path]) => path),
  '/programme/nominees?group=nbnp%3Ademo-group-1',
  '/programme/formalities?group=nbnp%3Ademo-group-1',
];

/** @see https://web.dev/articles/cls (what is good) */
const mostShift = 0.1;
const mostMs = 1_000;
/** A page shows what has come before this partner. */
const lateMs = 1_500;

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

/** In the browser: how much has moved since the page was opened, and what, the first of each movement. */
const readShifts = () =>
  new Promise<{ sum: number; moved: string[] }>((resolve) => {
    const shifts: Shift[] = [];
    const note = (list: PerformanceObserverEntryList) =>
      shifts.push(...(list.getEntries() as Shift[]).filter((shift) => !shift.hadRecentInput));
    new PerformanceObserver(note).observe({ type: 'layout-shift', buffered: true });
    const nameOf = ({ value, sources: [first] }: Shift) =>
      `${value.toFixed(3)}: ${first?.node?.nodeName} ${first?.node?.textContent?.slice(0, 30)}`;
    setTimeout(() => {
      const sum = shifts.reduce((all, { value }) => all + value, 0);
      resolve({ sum, moved: shifts.map(nameOf) });
    }, 200);
  });

/** In the browser: after how many milliseconds the first text was painted. */
const readFirstContent = () =>
  performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity;

/** The fastest of three times that a page is opened: what else the machine does is not in it. */
async function timeFirstContent(page: Page, open: () => Promise<void>): Promise<number> {
  let least = await page.evaluate(readFirstContent);
  for (let again = 0; again < 2 && least > mostMs; again += 1) {
    await open();
    least = Math.min(least, await page.evaluate(readFirstContent));
  }
  return least;
}

describe.skipIf(!chromiumPath && !process.env['CI'])('a page that opens', () => {
  let network: OpenNetwork;
  let browser: Browser;
  let late: string | undefined;
  const fronts: AsyncDisposable[] = [];
  beforeAll(async () => {
    const front = async (code: string, url: string) => {
      const held = await delay(url, () => (code === late ? lateMs : 0));
      fronts.push(held);
      return held.url;
    };
    [network, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true, front }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    for (const one of fronts) await one[Symbol.asyncDispose]();
    await network?.[Symbol.asyncDispose]();
  });
  const at = (path: string) => new URL(path, network.hubUrl);

  it.each(readers.flatMap((reader) => windows.map((window) => ({ reader, window }))))(
    'shows something within a second, and nothing of it moves: $reader at $window.width px',
    { timeout: 300_000 },
    async ({ reader, window }) => {
      await using opened = await openPageAs(browser, at('/accessibility'), reader);
      const { page } = opened;
      await page.setViewportSize(window);
      const faults: string[] = [];
      for (const path of paths) {
        const open = async () => {
          await page.goto(at(path).href);
          await settled(page);
        };
        await open();
        const { sum, moved } = await page.evaluate(readShifts);
        if (sum > mostShift) faults.push(`${path} moves by ${sum}: ${moved.join('; ')}`);
        const ms = await timeFirstContent(page, open);
        if (ms > mostMs) faults.push(`${path} shows something after ${ms} ms`);
      }
      expect(faults).toEqual([]);
    },
  );

  it.each(
    [undefined, readers[1]].flatMap((reader) =>
      ['nbnp', 'ncm', 'no'].map((partner) => ({ reader, partner })),
    ),
  )(
    'does not move either when $partner is late: $reader',
    { timeout: 600_000 },
    async ({ reader, partner }) => {
      await using opened = await openPageAs(browser, at('/accessibility'), reader);
      const { page } = opened;
      await page.setViewportSize({ width: 390, height: 844 });
      const faults: string[] = [];
      late = partner;
      try {
        for (const path of paths) {
          await page.goto(at(path).href);
          await settled(page);
          const { sum, moved } = await page.evaluate(readShifts);
          if (sum > mostShift) faults.push(`${path} moves by ${sum}: ${moved.join('; ')}`);
        }
      } finally {
        late = undefined;
      }
      expect(faults).toEqual([]);
    },
  );
});

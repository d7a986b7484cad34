import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { answerWithNetwork } from './generated-network.js';
import { chromiumPath, openBrowser, openPage } from './open-browser.js';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** The CPU time of the thread, in microseconds. */
  readonly tdur?: number;
}

/**
 * Traces the thread on which a page answers while something is done. Returns the CPU time of its
 * tasks, in milliseconds, the longest first. What else the machine does is not in it.
 */
async function traceTasks(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<readonly number[]> {
  const categories = ['toplevel', '__metadata'];
  await browser.startTracing(page, { categories });
  await work();
  const text = (await browser.stopTracing()).toString('utf8');
  const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  );
  return traceEvents
    .filter((event) => event.name.endsWith('RunTask') && threads.has(threadOf(event)))
    .flatMap(({ tdur }) => (tdur === undefined ? [] : tdur / 1_000))
    .toSorted((one, other) => other - one);
}

/** The longest that the page may not answer. */
const longestTaskMs = 200;

const size = { parties: 5_000, contacts: 20_000 };

/** What a reader does with a large network, in this order. */
const steps: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  [
    'reading it and drawing it first',
    async (page) => {
      await page.getByRole('navigation').getByRole('link', { name: 'Network' }).click();
      await page.getByText('20,000 of 20,000 contacts').waitFor();
      await page.locator('.canvas canvas').waitFor();
    },
  ],
  [
    'laying it out',
    (page) => page.locator('.laying-out', { hasText: /^$/ }).waitFor({ state: 'attached' }),
  ],
  [
    'pointing, panning and zooming',
    async (page) => {
      const canvas = page.locator('.canvas canvas');
      await canvas.scrollIntoViewIfNeeded();
      const { x = 0, y = 0, width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
      for (let step = 2; step < 8; step += 1)
        await page.mouse.move(x + (width * step) / 10, y + height / 2);
      await page.mouse.down();
      for (let step = 8; step > 2; step -= 1)
        await page.mouse.move(x + (width * step) / 10, y + height / 2);
      await page.mouse.up();
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -200);
      await page.keyboard.up('Control');
      await page.getByRole('button', { name: 'Zoom in' }).click();
    },
  ],
  [
    'filtering and searching it',
    async (page) => {
      await page.getByRole('combobox', { name: 'Country' }).selectOption('NO');
      await page.getByRole('combobox', { name: 'Country' }).selectOption('');
      await page.getByLabel('Search names and titles').pressSequentially('party 12');
      await page.getByLabel('Search names and titles').fill('');
      await page.getByLabel(/^Time/).focus();
      for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowLeft');
      await page.getByText(/\d parties, /).waitFor();
    },
  ],
  [
    'ordering the table and choosing a contact',
    async (page) => {
      await page.getByRole('tab', { name: 'Contacts' }).click();
      await page.getByRole('button', { name: 'Between' }).click();
      await page.getByRole('tabpanel').locator('tbody th button').first().click();
      await page.locator('.network-details').waitFor();
    },
  ],
];

describe.skipIf(!chromiumPath && !process.env['CI'])('the page of a large network', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([openNetwork('facts'), openBrowser()]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });

  it('has no task that keeps the page from answering, whatever is done', async () => {
    await using opened = await openPage(browser, new URL('/accessibility', network.hubUrl));
    const { page, faults } = opened;
    expect(await answerWithNetwork(page, size)).toEqual(size);
    const long: string[] = [];
    for (const [name, step] of steps) {
      const tasks = await traceTasks(browser, page, () => step(page));
      expect(tasks.length, name).toBeGreaterThan(0);
      long.push(...tasks.filter((ms) => ms > longestTaskMs).map((ms) => `${name}: ${ms} ms`));
    }
    expect(long).toEqual([]);
    expect(faults).toEqual([]);
  });
});

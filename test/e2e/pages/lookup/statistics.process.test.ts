import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { chromiumPath, openBrowser, openPageAs } from '../open-browser.js';

describe.skipIf(!chromiumPath && !process.env['CI'])('the page of the statistics', () => {
  let hub: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await hub?.[Symbol.asyncDispose]();
  });

  it.each([
    ['an anonymous reader', undefined],
    ['the network’s co-ordinator', { organisation: 'nbnp', role: 'coordinator' }],
  ] as const)('draws those of %s with the numbers of the graph', async (_who, reader) => {
    const counts = 'nominated { atLeast atMost value } members { atLeast atMost value }';
    const { data } = await hub.ask(
      `{ officerStatistics { country targetGroup ${counts} } }`,
      {},
      reader,
    );
    const police = data.officerStatistics.filter(
      ({ targetGroup }: Tree) => targetGroup === 'POLICE',
    );
    const inWords = ({ atLeast, atMost, value }: Tree) =>
      value !== null
        ? `${value}`
        : atMost === null
          ? `at least ${atLeast}`
          : `${atLeast} to ${atMost}`;
    await using opened = await openPageAs(
      browser,
      new URL('/programme/statistics?view=table', hub.hubUrl),
      reader,
    );
    const { page, faults } = opened;
    const title = 'Officers of the national police forces: Police';
    const rows = page.getByRole('region', { name: title }).locator('tbody tr');
    const cells = await Promise.all(
      (await rows.all()).map((row) => row.locator('td').allInnerTexts()),
    );
    expect(cells.map(([nominated, members]) => [nominated, members])).toEqual(
      police.map(({ nominated, members }: Tree) => [inWords(nominated), inWords(members)]),
    );
    const sum = police.reduce((all: number, { nominated }: Tree) => all + nominated.atMost, 0);
    const most = Math.max(...police.map(({ nominated }: Tree) => nominated.atMost));
    // Neither nothing nor what is withheld everywhere alike is told as numbers.
    const finding = reader
      ? sum === 0
        ? 'Nobody has been nominated yet.'
        : `Nominated: ${sum}.`
      : `No country has nominated more than ${most} officers, and all together no more than ${sum}.`;
    await page.locator('.figure').filter({ hasText: title }).getByText(finding).waitFor();
    await page.getByRole('link', { name: 'Charts' }).click();
    const figure = page.locator('.figure').filter({ hasText: title });
    await figure.waitFor();
    expect(await page.getByRole('region', { name: title }).count()).toBe(0);
    // What is withheld or nothing everywhere alike is told by the finding alone.
    const isTelling = new Set(police.map(({ nominated }: Tree) => inWords(nominated))).size > 1;
    expect(await figure.locator('.plot').count()).toBe(isTelling ? 1 : 0);
    expect(faults).toEqual([]);
  });

  it('uses its width, and shows the first year whole on a phone', async () => {
    await using opened = await openPageAs(browser, new URL('/programme/statistics', hub.hubUrl));
    const { page, faults } = opened;
    const plot = page.locator('.figure .plot').first();
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect.poll(async () => (await plot.boundingBox())?.width).toBeGreaterThan(1300);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(async () => (await plot.boundingBox())?.width).toBeLessThan(390);
    const year = plot.getByText('1991');
    await expect
      .poll(async () => {
        const [drawing, first] = [await plot.boundingBox(), await year.boundingBox()];
        return first && drawing && first.x >= drawing.x;
      })
      .toBe(true);
    expect(faults).toEqual([]);
  });

  it('explains ranges to those who see one', async () => {
    await using opened = await openPageAs(browser, new URL('/programme/statistics', hub.hubUrl));
    const { page } = opened;
    const note = page.getByText('Small counts of people are withheld');
    expect(await page.locator('.bracket').count()).toBe(0);
    expect(await note.isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Tables' }).click();
    await note.waitFor();
    // A table has no bars.
    expect(await page.getByText('hatched up to the highest').count()).toBe(0);
  });

  it('says once whose counts are missing', async () => {
    await hub.stop('lv');
    try {
      await using opened = await openPageAs(browser, new URL('/programme/statistics', hub.hubUrl));
      const { page } = opened;
      const figure = page.locator('.figure').filter({ hasText: 'Officers of the national police' });
      await figure.getByText('Without Latvia, not available now: No country has').waitFor();
      expect(await figure.getByText('not available now').count()).toBe(1);
    } finally {
      await hub.start('lv');
    }
  });

  it('says what took place in which year, and saves the chart with its finding, date and source', async () => {
    const { data } = await hub.ask('{ events(first: 1000) { nodes { startsOn } } }');
    const nodes = data.events.nodes as readonly { startsOn: string | null }[];
    const years = nodes.flatMap(({ startsOn }) => startsOn?.slice(0, 4) ?? []);
    const countOf = (year: string) => years.filter((one) => one === year).length;
    const [most] = years.toSorted((one, other) => countOf(other) - countOf(one));
    const finding = `The sources name ${years.length} events`;
    await using opened = await openPageAs(browser, new URL('/programme/statistics', hub.hubUrl));
    const { page, faults } = opened;
    const figure = page.locator('.figure').filter({ hasText: 'What took place' });
    const text = await figure.locator('.finding').innerText();
    expect(text.startsWith(finding)).toBe(true);
    expect(Number(/: (\d+)\./.exec(text)?.[1])).toBe(countOf(most ?? ''));
    const without = nodes.length - years.length;
    expect(text).toContain(`Of ${without} more they name no year.`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      figure.getByRole('button', { name: 'SVG' }).click(),
    ]);
    const svg = await readFile(await download.path(), 'utf8');
    for (const part of [
      'What took place',
      finding,
      'Counted by: Nordic-Baltic Network',
      String(new Date().getFullYear()),
    ])
      expect(svg).toContain(part);
    expect(svg.match(/<rect[^>]* fill="rgb/g)?.length).toBeGreaterThan(3);
    const [png] = await Promise.all([
      page.waitForEvent('download'),
      figure.getByRole('button', { name: 'PNG' }).click(),
    ]);
    expect((await readFile(await png.path())).subarray(1, 4).toString()).toBe('PNG');
    // What is chosen of a figure is in the address, also in its tables.
    const group = page.getByLabel('Target group');
    const values = await group
      .locator('option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    const other = values[1] ?? '';
    await group.selectOption(other);
    await page.getByRole('link', { name: 'Tables' }).click();
    await page.reload();
    expect(await group.inputValue()).toBe(other);
    await page.getByRole('link', { name: 'Charts' }).click();
    expect(await group.inputValue()).toBe(other);
    expect(faults).toEqual([]);
  });
});

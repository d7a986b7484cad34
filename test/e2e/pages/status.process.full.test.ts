import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slowDown } from '../network/hung-partner.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { chromiumPath, openBrowser, openPage, openPageAs } from './open-browser.js';

describe.skipIf(!chromiumPath && !process.env['CI'])('the page of the status', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([
      openNetwork('facts', { deadlineMs: 600_000 }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });
  /** As somebody who has signed in: operators’ matters are for them. */
  const open = () =>
    openPageAs(browser, new URL('/status', network.hubUrl), {
      organisation: 'nbnp',
      role: 'coordinator',
    });
  /** The row of a partner in one of the tables. */
  const rowOf = (page: Page, table: string, name: string) =>
    page
      .getByRole('region', { name: table })
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name }) });

  it('shows how quickly each partner responded, and how old all keys are', async () => {
    await using opened = await open();
    const { page } = opened;
    const cells = await rowOf(page, 'Servers', 'National police of Denmark (dk)')
      .getByRole('cell')
      .allInnerTexts();
    // The keys were made for this test.
    const age = expect.stringMatching(/^(today|yesterday) \(.*20\d\d.*\)$/);
    expect(cells).toEqual([
      expect.stringMatching(/^[\d.,]+ ms$/),
      expect.stringMatching(/^[\d.,]+ ms$/),
      expect.stringMatching(/^[1-9]\d*$/),
      age,
    ]);
    // The hub does not ask itself.
    const hub = await rowOf(page, 'Servers', 'This hub').getByRole('cell').allInnerTexts();
    expect(hub).toEqual(['–', '–', '–', age]);
  });

  it('says in a sentence whether all is well, and keeps operators’ matters for who has signed in', async () => {
    await using opened = await openPageAs(browser, new URL('/status', network.hubUrl));
    const { page, faults } = opened;
    await page.getByText('All 10 organisations respond.').waitFor();
    await page.getByText('are shown to those who have signed in').waitFor();
    expect(await page.getByRole('region', { name: 'Servers' }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('shows how and when calls to a partner failed', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.getByText('No call has failed since the hub started.').waitFor();
    await network.stop('fi');
    try {
      await network.ask('{ experts(first: 1) { totalCount } }');
      await page.getByRole('button', { name: 'Ask again' }).click();
      const row = rowOf(page, 'Recent failures', 'National police of Finland (fi)').first();
      await row.waitFor();
      expect(await row.innerText()).toContain('unavailable UNAVAILABLE');
      const region = page.getByRole('region', { name: 'Recent failures' });
      expect(await region.getByRole('rowheader').allInnerTexts()).toEqual([
        'National police of Finland (fi)',
      ]);
    } finally {
      await network.start('fi');
    }
  });

  it('says first what is wrong, whoever is down first, and asks again by itself', async () => {
    await using opened = await open();
    const { page } = opened;
    await network.stop('se');
    try {
      for (const _ of [1, 2]) await network.ask('{ experts(first: 1) { totalCount } }');
      const wrong = page
        .getByRole('listitem')
        .filter({ hasText: 'National police of Sweden (se)' });
      // Nobody clicks.
      await wrong.waitFor({ timeout: 40_000 });
      const headings = await page.getByRole('heading').allInnerTexts();
      expect(headings.slice(0, 2)).toEqual([expect.any(String), 'What is wrong']);
      await page.getByText('1 of 10 organisations do not respond as they should.').waitFor();
      const table = page.getByRole('region', { name: 'Status' }).first();
      const [first] = await table.getByRole('rowheader').allInnerTexts();
      expect(first).toContain('(se)');
    } finally {
      await network.start('se');
    }
  });

  it('shows what has come after three seconds, whoever is slow', async () => {
    {
      await using _ = await slowDown(network, 'ncm');
      await using opened = await openPage(browser, new URL('/', network.hubUrl));
      // The partner itself would have longer than this test.
      await opened.page.getByText('(too late)').first().waitFor({ timeout: 60_000 });
    }
    await network.start('ncm');
  });
});

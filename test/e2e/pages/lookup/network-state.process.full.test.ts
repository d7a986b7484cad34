import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { chromiumPath, openBrowser, openPage, openPageAs, settled } from '../open-browser.js';

const openTab = (page: Page, name: string) => page.getByRole('tab', { name }).click();
const details = (page: Page) => page.locator('.network-details');

describe.skipIf(!chromiumPath && !process.env['CI'])('the views of the network', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([
      openNetwork('facts', { isGuarded: true }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });

  it('has what the reader has set in its address, and Back undoes a step of looking', async () => {
    const address = '/network?view=contacts&country=NO&colour=community&size=evidence';
    await using opened = await openPage(browser, new URL(address, network.hubUrl));
    const { page, faults } = opened;
    await settled(page);
    const { data } = await network.ask(
      '{ contacts(minimum: 1, filter: { country: "NO" }) { totalCount } }',
    );
    const { totalCount } = (data as { contacts: { totalCount: number } }).contacts;
    await page.getByText(new RegExp(`, ${totalCount} of \\d+ contacts`)).waitFor();
    const first = page.getByRole('tabpanel').locator('tbody th button').first();
    const name = await first.innerText();
    await first.click();
    await details(page).getByRole('heading', { name }).waitFor();
    const shared = page.url();
    await openTab(page, 'Drawing');
    await page
      .locator('.legend')
      .getByText(/Around /)
      .first()
      .waitFor();
    await page.goBack();
    await page.getByRole('tab', { name: 'Contacts', selected: true }).waitFor();
    await page.goBack();
    await details(page).waitFor({ state: 'detached' });
    await page.goto(shared);
    await details(page).getByRole('heading', { name }).waitFor();
    await page.locator('.network-panel > summary').click();
    await page.waitForURL(/panel=closed/);
    await page.reload();
    await details(page).waitFor();
    expect(await page.locator('.network-panel').getAttribute('open')).toBeNull();
    expect(faults).toEqual([]);
  });

  it('plays time from its first year to its last', async () => {
    await using opened = await openPage(
      browser,
      new URL('/network?view=contacts&to=2023', network.hubUrl),
    );
    const { page, faults } = opened;
    await settled(page);
    const year = page.getByLabel(/^Time: until/);
    const last = await year.getAttribute('max');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => year.inputValue(), { timeout: 20_000 }).toBe(last);
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).click();
    expect(await year.inputValue()).toBe(await year.getAttribute('min'));
    await page.getByRole('button', { name: 'Pause' }).click();
    expect(faults).toEqual([]);
  });

  it('shows on the map who is in a city', async () => {
    await using opened = await openPageAs(browser, new URL('/network?view=map', network.hubUrl));
    const { page, faults } = opened;
    await page.getByRole('tabpanel').getByRole('button', { name: 'Tallinn' }).click();
    await details(page).getByRole('heading', { name: 'Tallinn' }).waitFor();
    await details(page).getByText('Police and Border Guard Board').first().waitFor();
    await page.locator('.city-map .city.own').waitFor();
    expect(faults).toEqual([]);
  });
});

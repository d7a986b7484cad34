import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { press } from '../by-keyboard.js';
import { chromiumPath, openBrowser, openPage, openPageAs, settled } from '../open-browser.js';

type Point = readonly [number, number];

const openTab = (page: Page, name: string) => page.getByRole('tab', { name }).click();
const details = (page: Page) => page.locator('.network-details');

/** A drawing that has come to rest, its middle, and fingers on it. */
async function touch(page: Page) {
  const canvas = page.locator('canvas.painted');
  await page.locator('.laying-out', { hasText: /^$/ }).waitFor({ state: 'attached' });
  const see = async () =>
    createHash('sha256')
      .update(await canvas.screenshot())
      .digest('hex');
  let seen = '';
  await expect.poll(async () => seen === (seen = await see())).toBe(true);
  const { x = 0, y = 0, width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) => {
    const touchPoints = points.map(([across, down], id) => ({ x: across, y: down, id }));
    return client.send('Input.dispatchTouchEvent', { type, touchPoints });
  };
  /** Each step says where all fingers are. */
  const move = async (first: readonly Point[], ...steps: readonly (readonly Point[])[]) => {
    await send('touchStart', first);
    for (const step of steps) await send('touchMove', step);
    await send('touchEnd', []);
  };
  return { canvas, see, move, middle: [x + width / 2, y + height / 2] as const };
}

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

  const at = (path: string) => new URL(path, network.hubUrl);

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

  it('leads from each name of a contact to its party, and says who has most contacts', async () => {
    await using opened = await openPageAs(browser, at('/network?view=contacts'));
    const { page, faults } = opened;
    const { data } = await network.ask('{ centralities(first: 1000) { degree party { name } } }');
    const all = (data as { centralities: { degree: number; party: { name: string } }[] })
      .centralities;
    const [most] = all.toSorted((one, other) => other.degree - one.degree);
    const finding = await page.locator('.finding').innerText();
    expect(finding).toContain(`${most?.party.name}: ${most?.degree} of ${all.length - 1}.`);
    const row = page.getByRole('tabpanel').locator('tbody tr').first();
    for (const cell of ['th', 'td:nth-child(2)']) {
      const link = row.locator(cell).getByRole('button');
      const name = await link.innerText();
      await link.click();
      await details(page).getByRole('heading', { name, exact: true }).waitFor();
    }
    expect(faults).toEqual([]);
  });

  it('says how much of the selection the map shows, and names whose city is unknown', async () => {
    await using opened = await openPageAs(browser, at('/network?view=map'));
    const { page, faults } = opened;
    const drawn = /^(\d+) of (\d+) parties are on the map;/;
    const [, shown, all] = drawn.exec(await page.getByText(drawn).innerText()) ?? [];
    const fold = page.locator('summary', { hasText: 'no source names their city' });
    expect(await fold.innerText()).toContain(`: ${Number(all) - Number(shown)}`);
    await fold.click();
    const names = page.getByRole('tabpanel').locator('details li');
    expect(await names.count()).toBe(Number(all) - Number(shown));
    await page.locator('.city-map text', { hasText: 'Moscow' }).waitFor();
    expect(await page.getByText('position unknown').count()).toBe(0);
    await page.getByLabel('What counts as one').selectOption('COUNTRY');
    await page.getByText(drawn).waitFor({ state: 'detached' });
    await page.locator('.city-map .city').first().waitFor();
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

  it('comes nearer by two fingers, and scrolls by one', async () => {
    await using opened = await openPage(browser, new URL('/network', network.hubUrl));
    const { page, faults } = opened;
    const { canvas, see, move, middle } = await touch(page);
    const [x, y] = middle;
    const scrolled = () => page.evaluate(() => scrollY);
    const toTop = () => page.evaluate(() => scrollTo(0, 0));
    const first = await see();
    await move([[x, y]], [[x, y - 60]], [[x, y - 120]]);
    await expect.poll(scrolled).toBeGreaterThan(50);
    await toTop();
    await expect.poll(see).toBe(first);

    const apart = (by: number): Point[] => [
      [x - by, y],
      [x + by, y],
    ];
    await move(apart(40), apart(60), apart(90), apart(120));
    await expect.poll(see).not.toBe(first);
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
    await page.getByRole('button', { name: 'The whole' }).click();
    await expect.poll(see).toBe(first);
    await toTop();

    const down = (by: number): Point[] => apart(40).map(([across]) => [across, y - by]);
    await move(down(0), down(60), down(120));
    await expect.poll(see).not.toBe(first);
    expect(await scrolled()).toBe(0);
    await page.getByRole('button', { name: 'The whole' }).click();

    await canvas.hover();
    await page.mouse.wheel(0, 200);
    await expect.poll(scrolled).toBeGreaterThan(50);
    await toTop();
    await canvas.hover({ position: { x: 2, y: 2 } });
    await expect.poll(see).toBe(first);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await expect.poll(see).not.toBe(first);
    expect(await scrolled()).toBe(0);
    expect(await details(page).count()).toBe(0);
    await page.reload();
    await page.getByText('Two fingers come nearer').waitFor();
    expect(await page.getByText('Ctrl and the wheel').count(), 'a touched screen has none').toBe(0);
    expect(faults).toEqual([]);
  });

  it.each([
    ['/network/event?id=nbnp%3Akf2-2014', 'norden.lv says November 26-27'],
    ['/network/event?id=nbnp%3Akf1-2014', 'Event page gives 23-25 April'],
    ['/network/body?id=nbnp%3Anc-ccrc', 'Founding document places it in the NCM'],
  ])(
    'writes a note as sentences, without the shorthand of who wrote it: %s',
    async (path, words) => {
      await using opened = await openPageAs(browser, at(path));
      const main = opened.page.getByRole('main');
      await main.getByText(words).first().waitFor();
      expect(await main.innerText()).not.toContain('CONFLICT');
      expect(opened.faults).toEqual([]);
    },
  );

  it('quotes how a source counts, and names whoever was represented beside the role', async () => {
    await using opened = await openPageAs(browser, at('/network/event?id=nbnp%3Amp-1'));
    const { page, faults } = opened;
    const main = page.getByRole('main');
    await main.getByText(/^18 \("18 participants .*" were invited\)$/).waitFor();
    const rows = await main
      .getByRole('row')
      .evaluateAll((found) =>
        found.map((row) => [...row.children].map((cell) => cell.textContent)),
      );
    expect(rows.flat().filter((text) => text === '')).toEqual([]);
    expect(
      rows.some(([role, party]) => role === 'represented' && party?.includes('NW-Russia')),
    ).toBe(true);
    // A statement is led to by what it says, not by its kind.
    await press(page, 'link', /were invited\.$/);
    await main.getByRole('heading', { level: 1, name: /were invited\.$/ }).waitFor();
    expect(faults).toEqual([]);
  });

  it('has all lists of the directory in sight on a phone, and searches only long ones', async () => {
    await using opened = await openPageAs(browser, at('/network/directory?list=members'));
    const { page, faults } = opened;
    const main = page.getByRole('main');
    await page.setViewportSize({ width: 390, height: 844 });
    const lists = main.getByRole('navigation', { name: 'Lists' }).getByRole('link');
    const ends = await lists.evaluateAll((links) =>
      links.map((link) => link.getBoundingClientRect().right),
    );
    expect(ends.length).toBe(7);
    expect(ends.every((end) => end <= 390)).toBe(true);
    await main.getByText('No source says since when they are members.').waitFor();
    expect(await main.getByLabel('Search by name').count()).toBe(0);
    expect(await main.getByText('unknown', { exact: true }).count()).toBeLessThan(4);
    await page.goto(at('/network/directory?list=sources').href);
    await main.getByRole('heading', { level: 1, name: 'Sources' }).waitFor();
    await page.goto(at('/network/directory?list=none').href);
    await main.getByText('The directory has no such list.').waitFor();
    await main.getByLabel('Search by name').waitFor();
    expect(faults).toEqual([]);
  });
});

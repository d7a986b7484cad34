import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slowDown } from '../network/hung-partner.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import {
  chromiumPath,
  findParty,
  openBrowser,
  openPage,
  save,
  settled,
  signIn,
} from './open-browser.js';

const openTab = (page: Page, name: string) => page.getByRole('tab', { name }).click();
const details = (page: Page) => page.locator('.network-details');
const summary = (page: Page) => page.getByText(/\d parties, /);

/** The texts of a column of the table that is open. */
async function readColumn(page: Page, column: number): Promise<string[]> {
  const cells = page.getByRole('tabpanel').locator(`tbody tr > :nth-child(${column})`);
  return (await cells.allInnerTexts()).map((text) => text.trim());
}

describe.skipIf(!chromiumPath && !process.env['CI'])('the page of the network', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([
      // Longer than a test: only the page’s own deadline ends what is slow.
      openNetwork('demonstration', { isGuarded: true, deadlineMs: 600_000 }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });
  const open = async (view = 'contacts') => {
    const opened = await openPage(browser, new URL(`/network?view=${view}`, network.hubUrl));
    await settled(opened.page);
    return opened;
  };

  it('has all contacts of the graph, at each level', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    for (const level of ['PARTY', 'PARENT', 'COUNTRY']) {
      const { data } = await network.ask(
        `{ contacts(minimum: 1, filter: { level: ${level} }) { totalCount } }`,
      );
      const { totalCount } = (data as { contacts: { totalCount: number } }).contacts;
      await page.getByLabel('What counts as one').selectOption(level);
      await page.getByText(`${totalCount} of ${totalCount} contacts`).waitFor();
    }
    expect(faults).toEqual([]);
  });

  it('says who connects the offices with the police in 2010', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await page.getByLabel('From', { exact: true }).fill('2010');
    await page.getByLabel('Until', { exact: true }).fill('2010');
    await openTab(page, 'Who connects others');
    const { data } = await network.ask(
      '{ centralities(filter: { from: "2010", to: "2010" }, first: 3) { party { name } } }',
    );
    const expected = (data as { centralities: { party: { name: string } }[] }).centralities;
    await expect
      .poll(async () => (await readColumn(page, 1)).slice(0, 3))
      .toEqual(expected.map(({ party }) => party.name));
    // The network of policewomen, as its own programme of 2009 and 2010 says.
    expect((await readColumn(page, 1))[0]).toBe('Nordic-Baltic Network of Policewomen');
    const finding = await page.locator('.finding').innerText();
    expect(finding).toMatch(/than Nordic-Baltic Network of Policewomen: [\d.]+% of all pairs\./);

    await page.getByLabel('Without').fill('Nordic-Baltic Network of Policewomen');
    await page.getByRole('button', { name: 'Pairs without that party' }).click();
    const without = await network.ask(
      '{ centralities(filter: { from: "2010", to: "2010" }, without: ["nbnp:nbnp"], first: 1) { party { name } betweenness } }',
    );
    const [top] = (without.data as { centralities: { party: { name: string } }[] }).centralities;
    await expect.poll(async () => (await readColumn(page, 1))[0]).toBe(top?.party.name);
    expect(faults).toEqual([]);
  });

  it('shows the evidence of a contact with its source', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await page.getByLabel('Search names and titles').fill('lithuanian criminal');
    const name = /National Centre of Investigation.* – Lithuanian Criminal Police Bureau/;
    await page.getByRole('button', { name }).click();
    const link = details(page).getByRole('link').first();
    expect(await link.getAttribute('href')).toBe('https://nbnp.ee/activities/2012');
    expect(await details(page).getByRole('heading').innerText()).toMatch(name);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('network-details');
    expect(faults).toEqual([]);
  });

  it('says that a visit is withheld, and shows it to those who may see it', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    const openVisit = async () => {
      for (const basis of ['event', 'event, represented', 'programme'])
        await page.getByLabel(basis, { exact: true }).uncheck();
      await page.getByRole('tabpanel').locator('tbody td.number button').first().click();
    };
    // All visits of the demonstration are rehearsals.
    expect(await page.getByRole('tabpanel').getByText('Rehearsal').count()).toBe(0);
    await page.getByLabel('also rehearsals').check();
    await settled(page);
    await openVisit();
    await page.getByRole('tabpanel').getByText('Rehearsal').first().waitFor();
    await details(page).getByText('withheld').first().waitFor();
    await signIn(page, 'no', 'liaison');
    await details(page)
      .getByText('Demonstration: an earlier week in North-West Russia')
      .first()
      .waitFor();
    expect(faults).toEqual([]);
  });

  it('shows the chains between two parties', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    const { data } = await network.ask(
      '{ contactPaths(from: "dk:nec", to: "nbnp:ncm") { parties { name } } }',
    );
    const paths = (data as { contactPaths: { parties: { name: string }[] }[] }).contactPaths;
    expect(paths.length).toBeGreaterThan(0);
    await page
      .getByLabel('From party')
      .fill('National Centre of Investigation (Danish National Police)');
    await page.getByLabel('To party').fill('Nordic Council of Ministers');
    const items = page.locator('.paths li');
    await items.first().waitFor();
    expect(await items.allInnerTexts()).toEqual(
      paths.map(({ parties }) => parties.map(({ name }) => name).join(' → ')),
    );
    expect(faults).toEqual([]);
  });

  it('refuses what is no date in words, and compares before and after one', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    const before = await summary(page).innerText();
    await page.getByLabel('From', { exact: true }).fill('2010-02-31');
    await page.getByText('Write a year, a month or a day').waitFor();
    expect(await summary(page).innerText()).toBe(before);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Before and after').fill('2010');
    const counts = await page.getByText(/^only before: /).innerText();
    const numbers = counts.match(/\d+/g)?.map(Number) ?? [];
    const all = Number(/of (\d+) contacts/.exec(before)?.[1]);
    expect(numbers.reduce((sum, number) => sum + number, 0)).toBe(all);
    await page.getByRole('button', { name: 'Before or after' }).click();
    expect(new Set(await readColumn(page, 6))).toEqual(new Set(['only after']));
    expect(faults).toEqual([]);
  });

  it('counts memberships only when they are chosen, as the graph does', async () => {
    const count = async (filter: string): Promise<number> =>
      (
        await network.ask(
          `{ contacts(minimum: 1, first: 1000, filter: { ${filter} }) { totalCount } }`,
        )
      ).data.contacts.totalCount as number;
    const usual = await count('');
    const withMembers = await count('via: [EVENT, REPRESENTATION, VISIT, PROGRAMME, MEMBERSHIP]');
    expect(withMembers).toBeGreaterThan(usual);
    await using opened = await open();
    const { page, faults } = opened;
    await page.getByText(`${usual} of ${usual} contacts`).waitFor();
    await page.getByLabel('membership').check();
    await page.getByText(`${withMembers} of ${withMembers} contacts`).waitFor();
    for (const basis of ['event', 'event, represented', 'visit', 'programme'])
      await page.getByLabel(basis, { exact: true }).uncheck();
    const alone = await count('via: [MEMBERSHIP]');
    await page.getByText(`${alone} of ${withMembers} contacts`).waitFor();
    await page.locator('tbody td.number').getByRole('button').first().click();
    await details(page).getByText('as members of the network').first().waitFor();
    expect(await details(page).getByText('withheld').count()).toBe(0);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText(`${usual} of ${usual} contacts`).waitFor();
    expect(faults).toEqual([]);
  });

  it('saves what is selected, and light pictures of a dark page', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-theme=dark]').waitFor();
    const before = await summary(page).innerText();
    await page.getByLabel('Search names and titles').fill('lithuanian criminal');
    await expect.poll(() => summary(page).innerText()).not.toBe(before);
    const contacts = (await readColumn(page, 1)).length;
    const graphml = (await save(page, 'Graph (GraphML)')).toString();
    expect(graphml.match(/<edge /g)).toHaveLength(contacts);
    expect((await save(page, 'Contacts (CSV)')).toString()).toContain('lt:lkpb');
    expect((await save(page, 'Parties (CSV)')).toString()).toContain('lt:lkpb');
    const svg = (await save(page, 'SVG')).toString();
    expect(svg.match(/<line /g)).toHaveLength(contacts);
    expect(svg).toMatch(/<rect [^>]*fill="rgb\(255, 255, 255\)"/);
    for (const text of ['Who worked with whom', 'nbnp.ee', '“lithuanian criminal”', 'Police'])
      expect(svg).toContain(text);
    expect(svg).toContain(`, ${new Date().getFullYear()}`.slice(2));
    const png = await save(page, 'PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.length).toBeGreaterThan(10_000);
    await openTab(page, 'Map');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.locator('.city-map text', { hasText: 'Tallinn' }).waitFor();
    await page.setViewportSize({ width: 390, height: 900 });
    const map = (await save(page, 'Map (SVG)')).toString();
    // A phone has less room than a file.
    expect(Number(/<svg [^>]*width="([\d.]+)"/.exec(map)?.[1])).toBeGreaterThan(1000);
    for (const text of ['>Tallinn</text>', 'nbnp.ee', 'A circle grows', 'Natural Earth'])
      expect(map).toContain(text);
    expect(map).toMatch(/<rect [^>]*fill="#fff"/);
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    // As on the page, without its style sheets.
    expect(map).toMatch(/<circle [^>]*fill-opacity="0.75"/);
    expect((await save(page, 'Map (PNG)')).subarray(1, 4).toString()).toBe('PNG');
    expect(faults).toEqual([]);
  });

  it('says which partner is away, and that its names are missing', async () => {
    await network.stop('lt');
    try {
      await using opened = await open();
      const { page } = opened;
      await page.getByText(/Incomplete: no response from/).waitFor();
      await page.getByLabel('Search names and titles').fill('lt:lkpb');
      const name = 'Police, National police of Lithuania (not available now)';
      await page.getByText(name).first().waitFor();
    } finally {
      await network.start('lt');
    }
  });

  it('draws the network, and shows the party that is clicked', async () => {
    await using opened = await openPage(browser, new URL('/accessibility', network.hubUrl));
    const { page, faults } = opened;
    await page.getByRole('navigation').getByRole('link', { name: 'Network' }).click();
    await page.locator('.laying-out', { hasText: /^$/ }).waitFor({ state: 'attached' });
    const canvas = page.locator('.canvas canvas');
    const places: { x: number; y: number }[] = [];
    await expect
      .poll(async () => places.push(...(await canvas.evaluate(findParty))), { timeout: 20_000 })
      .toBeGreaterThan(0);
    await canvas.click({ position: places[0]! });
    await details(page).getByRole('heading').first().waitFor();
    await page.goBack();
    await details(page).waitFor({ state: 'detached' });
    const address = page.url();
    await canvas.click({ position: places[0]!, button: 'right' });
    await settled(page);
    expect(page.url(), 'another button chooses nothing').toBe(address);
    const { x = 0, y = 0 } = (await canvas.boundingBox()) ?? {};
    const finger = { x: x + places[0]!.x, y: y + places[0]!.y, id: 0 };
    const hand = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchEnd', touchPoints: (typeof finger)[]) =>
      hand.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', [finger]);
    await touch('touchStart', [finger, { ...finger, y: finger.y + 30, id: 1 }]);
    await touch('touchEnd', [finger]);
    await touch('touchEnd', []);
    await settled(page);
    expect(page.url(), 'two fingers choose nothing').toBe(address);
    await touch('touchStart', [finger]);
    await touch('touchEnd', []);
    await details(page).getByRole('heading').first().waitFor();
    expect(faults).toEqual([]);
  });

  it('shows the contacts that came within three seconds, whoever is slow', async () => {
    {
      await using _ = await slowDown(network, 'ncm');
      await using opened = await openPage(browser, new URL('/network', network.hubUrl));
      await summary(opened.page).waitFor();
      expect(await opened.page.getByText('(too late)').first().isVisible()).toBe(true);
    }
    await network.start('ncm');
  });

  it('prints all rows of a table that it shows in parts', async () => {
    await using opened = await openPage(browser, new URL('/network', network.hubUrl));
    const { page } = opened;
    await openTab(page, 'Contacts');
    expect((await readColumn(page, 1)).length).toBe(15);
    const status = await page
      .getByRole('tabpanel')
      .locator('.table-pages [role=status]')
      .innerText();
    await page.evaluate(() =>
      addEventListener('beforeprint', () => {
        const rows = document.querySelectorAll('[role=tabpanel] tbody tr').length;
        document.body.dataset['printed'] = String(rows);
      }),
    );
    await page.pdf();
    const printed = await page.evaluate(() => document.body.dataset['printed']);
    expect(Number(printed)).toBeGreaterThan(15);
    expect(status).toContain(` ${printed}`);
    expect((await readColumn(page, 1)).length).toBe(15);
  });

  it('keeps its tables where the browser cannot draw, and says so', async () => {
    await using opened = await openPage(browser, new URL('/accessibility', network.hubUrl));
    const { page, faults } = opened;
    await page.evaluate(
      () =>
        delete (HTMLCanvasElement.prototype as Partial<HTMLCanvasElement>)
          .transferControlToOffscreen,
    );
    await page.getByRole('navigation').getByRole('link', { name: 'Network' }).click();
    await page.getByText('This browser cannot draw the graph').waitFor();
    await openTab(page, 'Contacts');
    expect((await readColumn(page, 1)).length).toBe(15);
    expect((await save(page, 'SVG')).toString()).toContain('<circle');
    expect(faults).toEqual([]);
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import {
  chooseFirst,
  chromiumPath,
  openBrowser,
  openPage,
  openPageAs,
  settled,
  signIn,
} from './open-browser.js';

const goTo = async (page: Page, name: string) => {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await settled(page);
};

/** The cells of a table, row by row. */
const readRows = async (page: Page, name: string): Promise<string[][]> => {
  const rows = page.getByRole('region', { name }).locator('tbody tr');
  await rows.first().waitFor();
  return (await rows.allInnerTexts()).map((text) => text.split('\t').map((cell) => cell.trim()));
};

/** By the pages alone, from the start page on. Nothing here is known from the data’s shape. */
describe.skipIf(!chromiumPath && !process.env['CI'])('a first visit to the pages', () => {
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

  it('leads from each number of the start page to a list of as many', async () => {
    await using opened = await openPage(browser, new URL('/', network.hubUrl));
    const { page, faults } = opened;
    const numbers = page.locator('.counts a');
    await numbers.first().waitFor();
    for (const name of ['Organisations', 'Offices', 'Events']) {
      const number = numbers.and(
        page.locator('.counts div').filter({ hasText: name }).locator('a'),
      );
      const count = await number.innerText();
      await number.click();
      await page.getByText(`Found: ${count}`, { exact: true }).waitFor();
      await page.goBack();
    }
    expect(faults).toEqual([]);
  });

  it('finds who organised part I, who connects, what is unconfirmed and who is away, and confirms', async () => {
    await using opened = await openPage(browser, new URL('/', network.hubUrl));
    const { page, faults } = opened;

    // Who organised part I?
    await goTo(page, 'Network');
    await page.getByLabel('Search names and titles').fill('part I');
    await page.getByRole('tab', { name: 'Events and programmes' }).click();
    await page.getByRole('button', { name: 'The Mobility Programme Seminar (I part)' }).click();
    const roles = await readRows(page, 'Who did what');
    expect(roles.filter(([role]) => role === 'organiser').map(([, party]) => party)).toEqual([
      'National Centre of Investigation (Danish National Police)',
      'Lithuanian Criminal Police Bureau',
    ]);

    // Who connects the offices with the police in 2010?
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('From', { exact: true }).fill('2010');
    await page.getByLabel('Until', { exact: true }).fill('2010');
    await page.getByRole('tab', { name: 'Who connects others' }).click();
    await expect
      .poll(async () => (await readRows(page, 'Who connects others'))[0]?.[0])
      .toBe('Nordic-Baltic Network of Policewomen');
    // What was opened before is still named, although the filter leaves it out.
    await page.getByRole('heading', { name: 'The Mobility Programme Seminar (I part)' }).waitFor();

    // Which stops of the next visit are unconfirmed?
    await signIn(page, 'no', 'liaison');
    await goTo(page, 'Programme');
    const next = page.getByRole('listitem').filter({ hasText: 'the next visit' });
    const readUnconfirmed = async () =>
      Number(/Unconfirmed: (\d+)/.exec(await next.innerText())?.[1] ?? 0);
    await expect.poll(readUnconfirmed).toBeGreaterThan(0);
    const unconfirmed = await readUnconfirmed();
    await next.getByRole('link').first().click();
    await settled(page);
    const glance = await page.locator('.glance').getByRole('listitem').allInnerTexts();
    expect(glance.filter((text) => text.includes('Unconfirmed'))).toHaveLength(unconfirmed);

    // Confirm a stop, as the liaison of Norway.
    await goTo(page, 'Tasks');
    const tasks = page.getByRole('row').filter({ hasText: 'Confirm a stop' });
    const before = await tasks.count();
    await tasks.first().getByRole('link', { name: 'Confirm a stop' }).click();
    await settled(page);
    await chooseFirst(page, 'Police unit');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Done: Confirm a stop').waitFor();
    await expect.poll(() => tasks.count()).toBe(before - 1);

    // Which police did not answer?
    await network.stop('dk');
    try {
      await goTo(page, 'Network');
      await page.getByText(/Incomplete: no response from National police of Denmark/).waitFor();
      const denmark = page.getByRole('listitem').filter({ hasText: 'National police of Denmark' });
      // One lost call is not yet an unavailable partner.
      const isAway = async () => {
        await goTo(page, 'Network');
        await goTo(page, 'Start');
        return denmark.getByText('does not answer').count();
      };
      await expect.poll(isAway, { timeout: 60_000 }).toBe(1);
      const away = page.getByRole('listitem').filter({ hasText: 'does not answer' });
      expect(await away.count()).toBe(1);
    } finally {
      await network.start('dk');
    }
    expect(faults).toEqual([]);
  }, 120_000);

  it('shows first, to those who run the programme, what is due and the next visit', async () => {
    const reader = { organisation: 'nbnp', role: 'coordinator' } as const;
    const { data } = await network.ask(
      `{ tasks(first: 1000) { totalCount }
        visits(first: 1000) { nodes { title startsOn endsOn departedOn cancelledOn stops { status confirmed hostCountry } } } }`,
      {},
      reader,
    );
    const today = new Date().toLocaleDateString('sv');
    const ahead = (data.visits.nodes as Tree[])
      .filter(
        ({ departedOn, cancelledOn, endsOn }) => !departedOn && !cancelledOn && endsOn >= today,
      )
      .toSorted((one, other) => (one['startsOn'] < other['startsOn'] ? -1 : 1));
    const [next] = ahead;
    const waiting = (next?.['stops'] as Tree[]).filter(
      ({ status, confirmed }) => status === 'PLANNED' && confirmed === false,
    );
    expect(waiting.length).toBeGreaterThan(0);
    await using opened = await openPageAs(browser, new URL('/', network.hubUrl), reader);
    const { page, faults } = opened;
    await page.getByRole('link', { name: `All tasks: ${data.tasks.totalCount}` }).waitFor();
    const due = page.locator('.visit-cards').first().getByRole('listitem');
    expect(await due.count()).toBe(Math.min(5, data.tasks.totalCount as number));
    const said = await page
      .getByRole('listitem')
      .filter({ hasText: 'Stops not confirmed in' })
      .innerText();
    expect(said).toContain(next?.['title']);
    const names = new Intl.DisplayNames('en-GB', { type: 'region' });
    for (const { hostCountry } of waiting) expect(said).toContain(names.of(hostCountry));
    await due.first().getByRole('link').click();
    await page.waitForURL('**/tasks/decision?**');
    expect(faults).toEqual([]);
  });

  it.each([
    { organisation: 'dk', role: 'coordinator' },
    { organisation: 'no', role: 'liaison' },
    { organisation: 'ncm', role: 'coordinator' },
  ] as const)(
    'shows $organisation its $role’s desk without a word of what is withheld',
    async (reader) => {
      await using opened = await openPageAs(browser, new URL('/', network.hubUrl), reader);
      const { page, faults } = opened;
      await page.getByRole('link', { name: /^All tasks: / }).waitFor();
      const text = await page.getByRole('main').innerText();
      expect(text).toMatch(
        /Stops not confirmed in|All stops are confirmed|no stop is planned|→|You can see no visit/,
      );
      expect(text).not.toMatch(/may not read/);
      expect(faults).toEqual([]);
    },
  );

  it.each(['lt', 'ee', 'dk', 'fi'])(
    'shows %s the visits that it hosts, or that people from its side make, the nearest first',
    async (organisation) => {
      const reader = { organisation, role: 'coordinator' } as const;
      const query = `{ visits(orderBy: STARTS_ON, first: 100) { nodes {
        title endsOn departedOn returnedOn cancelledOn hostCountries
        group { cancelledOn from { countries } } } } }`;
      const { data } = await network.ask(query, {}, reader);
      const country = organisation.toUpperCase();
      const today = new Date().toLocaleDateString('sv');
      const own = (data.visits.nodes as Tree[]).filter(
        ({ endsOn, departedOn, returnedOn, cancelledOn, hostCountries, group }) =>
          (departedOn ? !returnedOn : endsOn >= today) &&
          !cancelledOn &&
          !group?.cancelledOn &&
          [...hostCountries, ...group.from.countries].includes(country),
      );
      expect(own.length).toBeGreaterThan(0);
      const expected = [
        ...own.filter(({ departedOn }) => departedOn),
        ...own.filter(({ departedOn }) => !departedOn),
      ].map(({ title }) => title);
      await using opened = await openPageAs(browser, new URL('/', network.hubUrl), reader);
      const { page, faults } = opened;
      const visits = page.locator('.visit-cards').last().locator('li > a');
      await visits.first().waitFor();
      expect(await visits.allInnerTexts()).toEqual(expected.slice(0, 4));
      // What she may not read is not asked for.
      expect(await page.locator('main .no-value').count()).toBe(0);
      expect(faults).toEqual([]);
    },
  );

  it('shows a member her report after the journey, and once what she may not read any more', async () => {
    await using opened = await openPage(browser, new URL('/my-journey', network.hubUrl));
    const { page, faults } = opened;
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('select[name=organisation]').selectOption('dk');
    await dialog.locator('select[name=role]').selectOption('participant');
    await dialog.locator('input[name=person]').fill('dk:demo-officer-1');
    await dialog.getByRole('button', { name: 'Sign in for a trial' }).click();
    await page.getByText('you could read them until 30 days after your return').waitFor();
    await page.getByRole('heading', { name: 'Your report' }).waitFor();
    // A note of a partner that is late goes by itself.
    const rest = page.locator('main .note, .journey-due, .journey-day');
    await expect.poll(() => rest.count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('shows an auditor first who read lately and what is overdue, by the record itself', async () => {
    const reader = { organisation: 'dk', role: 'auditor' } as const;
    // A refused reading of the last hour.
    await network.ask('{ officers(first: 1, country: "DK") { nodes { id name } } }', {}, {
      organisation: 'dk',
      role: 'analyst',
    } as const);
    const from = new Date(Date.now() - 23 * 60 * 60 * 1000).toISOString();
    await using opened = await openPageAs(browser, new URL('/', network.hubUrl), reader);
    const { page, faults } = opened;
    const card = page.getByRole('main').getByRole('link', { name: /^Readings/ });
    const said = /In the last 24 hours: (\d+), refused: (\d+)/.exec(await card.innerText());
    const { data } = await network.ask(
      `query ($from: DateTime!) {
        policeDisclosures(country: "DK", first: 1000, from: $from) { nodes { wasRefused } }
      }`,
      { from },
      reader,
    );
    const rows = data.policeDisclosures.nodes as Tree[];
    expect(rows.length).toBeGreaterThan(0);
    expect(said?.slice(1).map(Number)).toEqual([
      rows.length,
      rows.filter(({ wasRefused }) => wasRefused === true).length,
    ]);
    await card.click();
    await page.waitForURL('**/record');
    expect(faults).toEqual([]);
  });

  it('opens the one page of a participant', async () => {
    const reader = {
      organisation: 'dk',
      role: 'participant',
      person: 'dk:demo-officer-1',
    } as const;
    await using opened = await openPageAs(browser, new URL('/', network.hubUrl), reader);
    await opened.page.waitForURL('**/my-journey');
    expect(opened.faults).toEqual([]);
  });

  it('finds by a field of the page what is known, without the menu of a phone', async () => {
    await using opened = await openPage(browser, new URL('/search', network.hubUrl));
    const { page, faults } = opened;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByLabel('Find organisations').fill('kaliningrad');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /kaliningrad/ }).waitFor();
    expect(faults).toEqual([]);
  });

  it('finds on one row where to go, at every width, and by keyboard in a menu where there is no room', async () => {
    await using opened = await openPage(browser, new URL('/accessibility', network.hubUrl));
    const { page } = opened;
    await signIn(page, 'nbnp', 'coordinator');
    const header = page.locator('header');
    const menu = header.getByRole('button', { name: 'Menu' });
    const signOut = header.getByRole('button', { name: 'Sign out' });
    for (const width of [1440, 1280, 1000, 768, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect((await header.boundingBox())?.height, `${width} px`).toBeLessThan(70);
      // A laptop has room for all.
      const hasMenu = width < 1216;
      expect(await signOut.isVisible(), `${width} px`).toBe(!hasMenu);
      if (!hasMenu) continue;
      await menu.focus();
      await page.keyboard.press('Enter');
      expect(await signOut.isVisible(), `${width} px`).toBe(true);
      await page.keyboard.press('Escape');
      expect(await menu.evaluate((button) => document.activeElement === button)).toBe(true);
      expect(await signOut.isVisible(), `${width} px`).toBe(false);
    }
    await menu.click();
    await page.getByRole('link', { name: 'Status', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Status' }).waitFor();
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const language of ['ru', 'lv']) {
      await header.locator('select').selectOption(language);
      await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
      expect((await header.boundingBox())?.height, language).toBeLessThan(62);
      await page.setViewportSize({ width: 1216, height: 900 });
      expect((await header.boundingBox())?.height, language).toBeLessThan(62);
      const end = await header.locator('.tools > :last-child').boundingBox();
      expect((end?.x ?? 0) + (end?.width ?? Infinity), language).toBeLessThanOrEqual(1216);
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  });
});

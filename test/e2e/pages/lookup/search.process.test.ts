// cspell:ignoreRegExp /[\u0400-\u04ff]+/g
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { focused, press } from '../by-keyboard.js';
import { findAllBarriers } from '../find-barriers.js';
import {
  chromiumPath,
  openBrowser,
  openMenu,
  openPage,
  openPageAs,
  settled,
} from '../open-browser.js';

describe.skipIf(!chromiumPath && !process.env['CI'])('what the reader looks up', () => {
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

  const open = (path: string, reader?: { organisation: string; role: string }) =>
    openPageAs(browser, new URL(path, hub.hubUrl), reader);

  it('is found by the keyboard from any page, by kind, and leads to regions and programmes', async () => {
    await using opened = await open('/accessibility');
    const { page, faults } = opened;
    // A laptop shows the search; on a phone it is in the menu.
    const field = page.locator('header').getByRole('searchbox', { name: 'Search' });
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await field.isVisible()).toBe(true);
    await page.setViewportSize({ width: 390, height: 900 });
    expect(await field.isVisible()).toBe(false);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press('/');
    await page.keyboard.type('murmansk');
    await page.keyboard.press('Enter');
    await settled(page);
    expect(new URL(page.url()).search).toBe('?q=murmansk');
    await page.getByRole('heading', { level: 1, name: 'Search: murmansk' }).waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    const regions = page.getByRole('main').locator('section').filter({ hasText: 'Regions' });
    await regions.getByRole('link', { name: 'Murmansk' }).press('Enter');
    await settled(page);
    await page.getByRole('heading', { level: 1, name: /Murmansk/ }).waitFor();
    await page.getByText('Covered by').waitFor();
    await page.getByRole('heading', { name: 'Bodies in Murmansk' }).waitFor();
    await page.getByRole('link', { name: 'Nordic Contact Centre in Murmansk' }).waitFor();
    await page.getByRole('heading', { name: 'Programmes' }).waitFor();
    const programmes = await page.locator('h2:has-text("Programmes") + ul > li').allInnerTexts();
    const invented = programmes.map((text) => text.includes('Rehearsal'));
    // What is real stands first.
    expect(invented).toEqual(invented.toSorted());
    expect(new Set(invented)).toEqual(new Set([false, true]));
    expect(await findAllBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('is reached by keys: they are listed, go to pages, and move in lists', async () => {
    await using opened = await open('/accessibility');
    const { page, faults } = opened;
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.getByText('In a list: the next and the one before').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('s');
    await page.keyboard.press('g');
    // Some need long from one key to the next.
    await page.waitForTimeout(2_000);
    expect(new URL(page.url()).pathname).toBe('/accessibility');
    await page.keyboard.press('s');
    await page.waitForURL('**/status');
    await page.goto(new URL('/search?q=murmansk', hub.hubUrl).href);
    await settled(page);
    const links = page.getByRole('main').locator('section').first().getByRole('link');
    await links.first().focus();
    await page.keyboard.press('ArrowDown');
    const nameOfFocused = () => page.evaluate(() => document.activeElement?.textContent);
    expect(await nameOfFocused()).toBe(await links.nth(1).innerText());
    await page.keyboard.press('ArrowUp');
    expect(await nameOfFocused()).toBe(await links.first().innerText());
    expect(faults).toEqual([]);
  });

  it('says that a list is cut, and how many more there are', async () => {
    await using opened = await open('/accessibility');
    const { page, faults } = opened;
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const json = await response.json();
      if (json.data?.statements) json.data.statements.totalCount += 7;
      await route.fulfill({ response, json });
    });
    await page.goto(new URL('/search?q=murmansk', hub.hubUrl).href);
    await page.getByText('The list is cut: 7 more are not shown.').waitFor();
    await page.goto(new URL('/network/source', hub.hubUrl).href);
    await page.getByText('at most 1,000 of a kind here. There are more.').waitFor();
    expect(faults).toEqual([]);
  });

  it('has people only for those who may search them', async () => {
    const names = '{ officers(filter: { rehearsals: true, country: "FI" }) { nodes { name } } }';
    const { data } = await hub.ask(names, {}, { organisation: 'fi', role: 'coordinator' });
    const name = String(data.officers.nodes[0]?.name);
    const path = `/search?q=${encodeURIComponent(name)}`;
    {
      await using opened = await open(path, { organisation: 'fi', role: 'coordinator' });
      await opened.page.getByRole('main').getByRole('link', { name }).waitFor();
      expect(opened.faults).toEqual([]);
    }
    await using opened = await open(path, { organisation: 'ee', role: 'analyst' });
    const { page, faults } = opened;
    await page.getByText('Found: 0').waitFor();
    await page.getByText('People are found by the organisation that registered them.').waitFor();
    expect(await page.getByRole('main').getByRole('link', { name }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('leads from a fact to its source, and to all that the source states', async () => {
    await using opened = await open('/network/event?id=nbnp%3Amp-1');
    const { page, faults } = opened;
    await press(page, 'link', /^more from it/);
    const main = page.getByRole('main');
    await main.getByText('Read it:').waitFor();
    await main.getByRole('heading', { name: 'Events' }).waitFor();
    await main
      .getByRole('link', { name: /Mobility Programme/ })
      .first()
      .waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    await press(page, 'link', 'Sources');
    await main.getByRole('heading', { level: 1, name: 'Sources' }).waitFor();
    expect(await main.getByRole('row').count()).toBeGreaterThan(10);
    expect(faults).toEqual([]);
  });

  it('folds the statements of a long source by subject, and searches what it states', async () => {
    await using opened = await open('/network/event?id=nbnp%3Amp-1');
    const { page, faults } = opened;
    await press(page, 'link', /^more from it/);
    const main = page.getByRole('main');
    const statement = main.getByRole('link', { name: /field trip to North-West Russia/ });
    const subject = main.locator('summary', { hasText: /^The Mobility Programme 36$/ });
    await subject.waitFor();
    expect(await statement.isVisible()).toBe(false);
    await subject.press('Enter');
    await statement.waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    await subject.press('Enter');
    await main.getByLabel('Search in this list').fill('field trip');
    await main.getByText('Found: 1', { exact: true }).waitFor();
    expect(await statement.isVisible()).toBe(true);
    expect(new URL(page.url()).searchParams.get('q')).toBe('field trip');
    await press(page, 'link', 'Sources');
    await main.getByRole('heading', { level: 1, name: 'Sources' }).waitFor();
    const search = main.getByLabel('Search in this list');
    expect(await search.inputValue()).toBe('');
    await search.fill('moscow.iom');
    await main.getByRole('row', { name: /moscow\.iom\.int/ }).waitFor();
    expect(await main.getByRole('row', { name: /nbnp\.ee/ }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('says what kind of body it is in the reader’s words, and waits for them', async () => {
    await using opened = await openPage(browser, new URL('/accessibility', hub.hubUrl), {
      locale: 'ru-RU',
    });
    const { page, faults } = opened;
    let release = () => {};
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/assets/ru-*.js', async (route) => {
      const response = await route.fetch();
      if ((await response.text()).includes('Профессиональная сеть')) await isReleased;
      await route.fulfill({ response });
    });
    const body = page.waitForResponse((response) =>
      Boolean(response.request().postData()?.includes('nbnp:nbnp')),
    );
    await page.goto(new URL('/network/body?id=nbnp%3Anbnp', hub.hubUrl).href);
    await (await body).finished();
    await page.getByText('Загрузка').waitFor();
    expect(await page.getByText('professional network').count()).toBe(0);
    release();
    await page.getByText('Профессиональная сеть', { exact: true }).waitFor();
    expect(faults).toEqual([]);
  });

  it('says of an address that leads nowhere that it does, and not that somebody is down', async () => {
    await using opened = await open('/network/body?id=ncm%3Anothing');
    const { page, faults } = opened;
    const main = page.getByRole('main');
    await main.getByText('Nothing that you may read has this address.').waitFor();
    expect(await main.innerText()).not.toMatch(/not available now|Ask again|does not exist/);
    expect(faults).toEqual([]);
  });

  it('says what sources claim of a body in words, and its newest event first', async () => {
    await using opened = await open('/network/body?id=nbnp%3Anbnp');
    const { page, faults } = opened;
    const claims = page.getByRole('region', { name: 'What sources say differently' });
    const all = ['Denmark', 'Estonia', 'Finland', 'Iceland', 'Latvia', 'Lithuania', 'Norway'];
    await claims.getByText([...all, 'Sweden (used here)'].join(', ')).waitFor();
    const text = await claims.innerText();
    expect(text).toContain('Member countries');
    expect(text).not.toMatch(/\bDK EE\b|\bmembers\b/);
    const query = '{ party(id: "nbnp:nbnp") { events { id startsOn } } }';
    const { data } = await hub.ask(query, {}, { organisation: 'nbnp', role: 'analyst' });
    const dayOf = new Map<string, string>(
      data.party.events.map(({ id, startsOn }: { id: string; startsOn: string | null }) => [
        id,
        startsOn ?? '',
      ]),
    );
    const rows = page.getByRole('region', { name: 'Events' }).locator('tbody th a');
    const ids = await rows.evaluateAll((links) =>
      links.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('id') ?? ''),
    );
    const days = ids.map((id) => dayOf.get(id));
    expect(days.length).toBeGreaterThan(5);
    expect(days).toEqual([...days].sort().reverse());
    expect(faults).toEqual([]);
  });

  it('lists statements with what each is about, and finds them by it', async () => {
    await using opened = await open('/network/directory?list=statements');
    const { page, faults } = opened;
    const main = page.getByRole('main');
    await main.getByLabel('Search by name').fill('welfare committee');
    await main.getByRole('row', { name: /central priority.*priority Welfare Committee/ }).waitFor();
    await press(page, 'button', /^About/);
    expect(await findAllBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('names who did not respond, and shows what the others have', async () => {
    await hub.stop('ncm');
    try {
      await using opened = await open('/');
      const { page, faults } = opened;
      await page.setViewportSize({ width: 390, height: 900 });
      await openMenu(page);
      await page.locator('header').getByRole('searchbox', { name: 'Search' }).fill('nordic');
      await page.keyboard.press('Enter');
      await settled(page);
      const main = page.getByRole('main');
      await main
        .getByText(/no response from Offices of the Nordic Council/)
        .first()
        .waitFor();
      await main.getByRole('heading', { name: /^Events/ }).waitFor();
      expect(await focused(page)).toContain('Search: nordic');
      expect(faults).toEqual([]);
    } finally {
      await hub.start('ncm');
    }
  });
});

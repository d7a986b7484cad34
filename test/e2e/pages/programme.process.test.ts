import type { tokens } from '@hub/shared/identity';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { findAllBarriers } from './find-barriers.js';
import { chromiumPath, openBrowser, openPage, save, settled, signIn } from './open-browser.js';

interface Reader {
  readonly organisation: string;
  readonly role: tokens.Role;
}

const network = { organisation: 'nbnp', role: 'coordinator' } as const;

/** The visit that begins next, with all that the network’s co-ordinator may read of it. */
const nextVisitQuery = `{
  visits(first: 100) { edges { node {
    id title startsOn departedOn cancelledOn
    stops { title day status confirmed meetingPoint hostCountry }
    experts { expert { name email } }
    group { id name members { id name country ... on Officer { email } } }
  } } }
}`;

describe.skipIf(!chromiumPath && !process.env['CI'])('the pages of the programme', () => {
  let hub: OpenNetwork;
  let browser: Browser;
  let next: Tree;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
    const { data } = await hub.ask(nextVisitQuery, {}, network);
    [next] = data.visits.edges
      .map(({ node }: Tree) => node)
      .filter(({ departedOn, cancelledOn }: Tree) => !departedOn && !cancelledOn)
      .toSorted((one: Tree, other: Tree) => (one.startsOn < other.startsOn ? -1 : 1));
  });
  afterAll(async () => {
    await hub?.[Symbol.asyncDispose]();
  });

  async function open(path: string, reader?: Reader, options: Parameters<typeof openPage>[2] = {}) {
    const opened = await openPage(browser, new URL(path, hub.hubUrl), options);
    if (reader) await signIn(opened.page, reader.organisation, reader.role);
    await settled(opened.page);
    return opened;
  }
  const groupPath = () => `/programme/group?id=${encodeURIComponent(next.group.id)}`;
  const visitPath = (id: string = next.id) => `/programme/visit?id=${encodeURIComponent(id)}`;
  const textOf = (page: Page) => page.locator('main').innerText();
  const stopNamed = (page: Page, title: string) =>
    page.locator('.stop').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  const titlesOf = (stops: Tree[]) => stops.map(({ title }) => title);

  it('show which stops of the next visit are unconfirmed, from the first page on', async () => {
    await using opened = await open('/programme', network);
    const { page, faults } = opened;
    const planned = next.stops.filter(({ status }: Tree) => status === 'PLANNED');
    const unconfirmed = planned.filter(({ confirmed }: Tree) => confirmed === false);
    expect(unconfirmed.length).toBeGreaterThan(0);
    const card = page.getByRole('listitem').filter({ hasText: 'the next visit' });
    expect(await card.innerText()).toContain(`Unconfirmed: ${unconfirmed.length}`);
    await card.getByRole('link', { name: next.title }).click();
    await page.getByRole('heading', { level: 1, name: next.title }).waitFor();
    await settled(page);
    const glance = page.locator('.glance').getByRole('listitem');
    await glance.first().waitFor();
    const named = await glance.allInnerTexts();
    expect(named).toHaveLength(unconfirmed.length);
    for (const title of titlesOf(unconfirmed))
      expect(named.some((text) => /Unconfirmed/.test(text) && text.includes(title))).toBe(true);
    const stops = page.locator('.stop');
    expect(await stops.getByRole('heading').allInnerTexts()).toEqual(titlesOf(next.stops));
    const calledOff = next.stops.filter(({ status }: Tree) => status === 'CALLED_OFF');
    for (const title of titlesOf(calledOff))
      expect(await stopNamed(page, title).innerText()).toContain('Called off');
    expect(await page.title()).toContain(next.title);
    expect(faults).toEqual([]);
  });

  it('say what a programme planned under its title, and countries in the order of their names', async () => {
    const path = '/programme/p?id=nbnp%3Ademo-programme';
    await using opened = await open(path);
    const { page } = opened;
    const text = await textOf(page);
    const places = ['Groups planned', 'Visits under way', 'Groups\n', 'Between'];
    const found = places.map((one) => text.indexOf(one));
    expect(found).not.toContain(-1);
    expect(found).toEqual(found.toSorted((one, other) => one - other));
    expect(text).toContain('Finland, Iceland, Latvia, Lithuania, Norway');
    await page.goto(new URL('/nothing-here', hub.hubUrl).href);
    await expect.poll(() => page.title()).toContain('There is no such page.');
  });

  it('mark each person, office and host of a rehearsal', async () => {
    await using group = await open(groupPath(), network);
    const members = group.page.getByRole('table', { name: 'Members' }).locator('tbody tr');
    const rows = await members.allInnerTexts();
    // Reserves stand in the same list.
    expect(rows.filter((row) => !row.includes('reserve'))).toHaveLength(next.group.members.length);
    for (const row of rows) expect(row).toContain('Rehearsal');
    await using visit = await open(visitPath('nbnp:demo-visit-2'), network);
    const experts = visit.page.getByRole('table', { name: 'Experts and interpreters' });
    for (const row of await experts.locator('tbody tr').allInnerTexts())
      expect(row).toContain('Rehearsal');
    const { data } = await hub.ask(
      '{ visit(id: "nbnp:demo-visit-2") { regionalHostings { office { name isRehearsal } } } }',
      {},
      network,
    );
    const offices: Tree[] = data.visit.regionalHostings.map(({ office }: Tree) => office);
    expect(offices.some(({ isRehearsal }) => isRehearsal)).toBe(true);
    for (const { name, isRehearsal } of offices)
      expect(await visit.page.locator('.hosts h3', { hasText: name }).innerText()).toBe(
        isRehearsal ? `${name} ◇ Rehearsal` : name,
      );
  });

  it('show how ready each member is, and say once what is noted of all', async () => {
    await using opened = await open(groupPath(), network);
    const { page } = opened;
    const matrix = page.getByRole('table', { name: 'Getting ready' });
    const rows = matrix.locator('tbody tr');
    expect(await rows.count()).toBe(next.group.members.length);
    const cells = (title: string) => rows.locator(`td[data-title="${title}"]`).allInnerTexts();
    const each = async (title: string, text: string) =>
      (await cells(title)).forEach((cell) => expect(cell, title).toContain(text));
    await each('Insurance', 'Received');
    await each('Ticket', 'Open');
    await each('Visa', 'Requested');
    await each('Practical information', 'not read');
    await page.getByText('The consulate needs six weeks.').waitFor();
    const warning = page.getByRole('link', { name: 'Open formalities of the group' });
    expect(await warning.getAttribute('href')).toBe('#getting-ready');
  });

  it('open from a shared link for whoever signs in', async () => {
    await using opened = await open(visitPath());
    const { page, faults } = opened;
    expect(await textOf(page)).toContain('Sign in with an organisation and a role');
    expect(await page.content()).not.toContain(next.title);
    await signIn(page, 'nbnp', 'coordinator');
    await page.getByRole('heading', { level: 1, name: next.title }).waitFor();
    expect(faults).toEqual([]);
  });

  const readers: [string, Reader | undefined, { names: string; stops: boolean }][] = [
    ['an anonymous reader', undefined, { names: 'none', stops: false }],
    ['the network’s co-ordinator', network, { names: 'all', stops: true }],
    ['Norway’s liaison', { organisation: 'no', role: 'liaison' }, { names: 'NO', stops: true }],
    ['Sweden’s analyst', { organisation: 'se', role: 'analyst' }, { names: 'none', stops: false }],
  ];

  it.each(readers)('keep from %s what the table of trust keeps', async (_who, reader, may) => {
    const isTheirs = ({ country }: Tree) => may.names === 'all' || may.names === country;
    await using group = await open(groupPath(), reader);
    const people = await group.page.content();
    for (const member of next.group.members) {
      expect(people.includes(member.name), member.id).toBe(isTheirs(member));
      expect(people.includes(member.email), member.id).toBe(isTheirs(member));
      expect(people).not.toContain(member.id);
    }
    if (may.names !== 'all') expect(await textOf(group.page)).toMatch(/withheld|you may not read/);
    if (!reader)
      expect((await textOf(group.page)).split('Everybody else reads counts.')).toHaveLength(2);
    await using visit = await open(visitPath(), reader);
    const itinerary = await visit.page.content();
    for (const stop of next.stops) {
      expect(itinerary.includes(stop.title)).toBe(may.stops);
      expect(itinerary.includes(stop.meetingPoint)).toBe(may.stops);
    }
    for (const { expert } of next.experts) {
      expect(itinerary.includes(expert.name)).toBe(may.names === 'all');
      expect(itinerary.includes(expert.email)).toBe(may.names === 'all');
    }
    expect([...group.faults, ...visit.faults]).toEqual([]);
  });

  it('show the meetings of a group, and keep their agenda from an anonymous reader', async () => {
    const meetings = 'id meetings { place agenda outcome missed }';
    const { data } = await hub.ask(
      `{ groups(first: 100) { edges { node { ${meetings} } } } }`,
      {},
      network,
    );
    const met = data.groups.edges
      .map(({ node }: Tree) => node)
      .find((group: Tree) => group.meetings.length > 0);
    const path = `/programme/group?id=${encodeURIComponent(met.id)}`;
    await using own = await open(path, network);
    await using foreign = await open(path);
    const [all, publicText] = [await textOf(own.page), await textOf(foreign.page)];
    for (const { place, agenda, outcome, missed } of met.meetings) {
      for (const text of [place, agenda, outcome, String(missed)]) expect(all).toContain(text);
      expect([publicText.includes(place), publicText.includes(agenda)]).toEqual([true, false]);
    }
    expect([...own.faults, ...foreign.faults]).toEqual([]);
  });

  it.each([
    ['/programme/visit?id=nbnp:none', 'No visit has this address.'],
    ['/programme/visit', 'No visit has this address.'],
    ['/programme/group?id=%3Cb%3E%00', 'No group has this address.'],
    ['/programme/nothing', 'There is no such page.'],
  ])('say at %s: %s', async (path, words) => {
    await using opened = await open(path, network);
    await opened.page.getByText(words).waitFor();
    expect(opened.faults).toEqual([]);
  });

  it('save the visit as a calendar, with the reader’s rights', async () => {
    await using opened = await open(visitPath(), network);
    const text = (await save(opened.page, 'Save it as a calendar')).toString();
    expect(text.startsWith('BEGIN:VCALENDAR')).toBe(true);
    for (const title of titlesOf(next.stops)) expect(text).toContain(title);
    expect(opened.faults).toEqual([]);
  });

  it('print the visit without what is for the screen alone, and save it so, in a file that runs and loads nothing', async () => {
    await using opened = await open(visitPath(), network, { theme: 'dark' });
    const { page, faults } = opened;
    const bad = `"'><script src="https://evil.example/">x</script><img src="https://evil.example/">&amp;`;
    await page
      .locator('.stop h4')
      .first()
      .evaluate((title, text) => (title.textContent = text), bad);
    const text = (await save(page, 'Save it as a page')).toString();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header').isVisible()).toBe(false);
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
    expect(await page.locator('.stop').count()).toBe(next.stops.length);
    const printed = await page.locator('article.visit').innerText();
    expect(faults).toEqual([]);
    await using file = await openPage(browser, new URL('about:blank'), { theme: 'dark' });
    await file.page.setContent(text);
    const loading = 'script, img, iframe, link, form, button, [href], [src], [onclick]';
    expect(await file.page.locator(loading).count()).toBe(0);
    // Whatever it is read on, it shows what the page prints.
    const linesOf = (shown: string) => shown.split(/\s*\n\s*/).filter(Boolean);
    expect(linesOf(await file.page.locator('body').innerText())).toEqual(linesOf(printed));
    expect(printed).toContain(bad);
    for (const title of titlesOf(next.stops.slice(1))) expect(printed).toContain(title);
    const [paper] = await file.page.evaluate(() => [
      getComputedStyle(document.body).backgroundColor,
    ]);
    expect(paper).toBe('rgb(255, 255, 255)');
    // The default of the browser is Letter: 612 by 792 points.
    const pdf = (await file.page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    expect(file.faults).toEqual([]);
  });

  it('make a link for calendar programs, list it and revoke it', async () => {
    await using opened = await open(visitPath(), { organisation: 'no', role: 'liaison' });
    const { page, faults } = opened;
    await page.getByRole('button', { name: 'Make a link' }).click();
    const address = await page.getByLabel('Your new link').inputValue();
    const calendar = await fetch(address);
    expect([calendar.status, calendar.headers.get('content-type')]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ]);
    const links = page.getByRole('region', { name: 'Links for calendar programs' });
    await links.getByRole('cell').first().waitFor();
    await links.getByRole('button', { name: 'Revoke' }).click();
    await links.waitFor({ state: 'detached' });
    expect((await fetch(address)).status).toBe(404);
    expect(await page.getByLabel('Your new link').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('keep nobody out at any width in any colours, when all is readable', async () => {
    for (const path of ['/programme', groupPath(), visitPath()]) {
      await using opened = await open(path, network);
      expect(await findAllBarriers(opened.page), path).toEqual([]);
      expect(opened.faults).toEqual([]);
    }
  });

  it('name the partner that is away, and show its part as missing', async () => {
    const { data } = await hub.ask(
      '{ visits(first: 100) { edges { node { id hostCountries stops { title hostCountry status } } } } }',
      {},
      network,
    );
    const { id, stops } = data.visits.edges
      .map(({ node }: Tree) => node)
      .find(({ hostCountries }: Tree) => hostCountries.includes('FI'));
    await hub.stop('fi');
    try {
      await using visit = await open(visitPath(id), network);
      const text = await textOf(visit.page);
      expect(text).toContain('no response from National police of Finland (unavailable)');
      expect(text).toContain('Offers of National police of Finland: not available now');
      for (const { title, hostCountry } of stops) {
        const stop = await stopNamed(visit.page, title).innerText();
        expect(stop.includes('Confirmation not available now'), title).toBe(hostCountry === 'FI');
      }
      await using group = await open(groupPath(), network);
      const groupText = await textOf(group.page);
      expect(groupText).toMatch(/National police of Finland: 1 .*not available now/);
      expect(groupText).toMatch(/Nominated\s+at least \d+/);
      expect(groupText).toMatch(/Open formalities: at least \d+/);
      expect(groupText).toContain('No response from National police of Finland.');
      await using statistics = await open('/programme/statistics?view=table');
      const finland = statistics.page.getByRole('row', { name: 'Finland' }).first();
      expect(await finland.innerText()).toContain('not available now');
    } finally {
      await hub.start('fi');
    }
  });
});

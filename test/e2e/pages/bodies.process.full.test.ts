import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { focused, isDone, press } from './by-keyboard.js';
import { findAllBarriers } from './find-barriers.js';
import {
  chooseFirst,
  chromiumPath,
  fillDate,
  openBrowser,
  openPage,
  openPageAs,
  settled,
  signIn,
} from './open-browser.js';

const offices: Asker = { organisation: 'ncm', role: 'coordinator' };
const network: Asker = { organisation: 'nbnp', role: 'coordinator' };
const norway: Asker = { organisation: 'no', role: 'coordinator' };
const source = 'https://norden.example/news/1';
const fillSource = (page: Page) => page.getByLabel(/^Source/).fill(source);

describe.skipIf(!chromiumPath && !process.env['CI'])('a body of the network', () => {
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
  const at = (path: string) => new URL(path, hub.hubUrl);

  it('shows on the network page how to reach one, from where and since when', async () => {
    const set = {
      function: 'duty desk',
      mailbox: 'desk@politi.example',
      telephone: '+45 3314 8888',
      openingHours: 'Mon–Fri 9–17',
      languages: ['da', 'en'],
      source: 'https://politi.example/contact',
      checkedOn: '2026-11-20',
    };
    const { errors } = await hub.ask(
      'mutation ($input: SetUnitContactPointInput!) { setUnitContactPoint(input: $input) { id } }',
      { input: { unit: 'dk:nec', set } },
      { organisation: 'dk', role: 'coordinator' },
    );
    expect(errors).toBeUndefined();
    await using opened = await openPage(browser, at('/network'));
    const { page, faults } = opened;
    await settled(page);
    await page.getByRole('tab', { name: 'Parties' }).click();
    await page.getByRole('button', { name: /^National Centre of Investigation/ }).click();
    const details = page.locator('.network-details');
    await details.getByText('Sign in to see how to reach it.').waitFor();
    expect(await details.getByText(set.mailbox).count()).toBe(0);
    await signIn(page, 'ee', 'analyst');
    const points = details.locator('.contact-points');
    const mailbox = points.getByRole('link', { name: set.mailbox });
    expect(await mailbox.getAttribute('href')).toBe('mailto:desk@politi.example');
    const telephone = points.getByRole('link', { name: set.telephone });
    expect(await telephone.getAttribute('href')).toBe('tel:+4533148888');
    const text = await points.innerText();
    for (const shown of [set.function, set.openingHours, 'Danish, English', 'politi.example'])
      expect(text).toContain(shown);
    expect(text).toMatch(/read on 20 November 2026/);
    expect(faults).toEqual([]);
  });

  it('shows who selects, hosts and co-ordinates at each side of a programme', async () => {
    const sides = [
      { name: 'Latvia', countries: ['LV'], selectors: ['lv:police'], coordinators: ['ncm:rix'] },
      { name: 'Denmark and Poland', countries: ['DK', 'PL'], hosts: ['dk:nec'] },
    ];
    const { errors } = await hub.ask(
      'mutation ($input: CreateProgrammeInput!) { createProgramme(input: $input) { id } }',
      {
        input: {
          title: 'From Latvia to Denmark',
          startsOn: '2027',
          endsOn: '2028',
          groupSizeMin: 2,
          groupSizeMax: 5,
          targetGroups: ['POLICE'],
          sectorsToShow: ['COURT'],
          workingLanguages: ['en'],
          sides,
        },
      },
      { organisation: 'nbnp', role: 'coordinator' },
    );
    expect(errors).toBeUndefined();
    await using opened = await openPage(browser, at('/programme'));
    const { page, faults } = opened;
    const section = page.locator('section').filter({ hasText: 'From Latvia to Denmark' });
    await section.locator('.sides').waitFor();
    // The parties of other partners come when these have answered.
    await settled(page);
    const shown = await section.locator('.sides > li').allInnerTexts();
    expect(shown.map((text) => text.replaceAll(/\s*\n\s*/g, ' | '))).toEqual([
      "Latvia | Latvia | Who selects there | State Police of Latvia | Who hosts there | National police of Latvia | Who co-ordinates there | Nordic Council of Ministers' Office in Latvia",
      'Denmark and Poland | Denmark, Poland | Who selects there | nobody is named | Who hosts there | National Centre of Investigation (Danish National Police) | No organisation of the network answers in Poland. Nordic-Baltic Network of Policewomen confirms there. | Who co-ordinates there | Nordic-Baltic Network of Policewomen',
    ]);
    await signIn(page, 'fi', 'analyst');
    await section.getByRole('link', { name: 'State Police of Latvia' }).click();
    await page.getByText('No contact point is recorded.').waitFor();
    expect(faults).toEqual([]);
  });

  const openAs = (asker: Asker, path = '/network/directory') =>
    openPageAs(browser, at(path), asker);
  const readBody = async (id: string, fields: string) =>
    (await hub.ask(`query ($id: ID!) { party(id: $id) { ${fields} } }`, { id }, network)).data
      .party;
  const idOf = (url: string) => new URL(url).searchParams.get('id') ?? '';

  it('registers an office, changes it, says how to reach it, and records its end', async () => {
    await using opened = await openAs(offices);
    const { page, faults } = opened;
    await press(page, 'link', 'Register an office');
    await page.getByLabel('Name in English').fill('Nordic office in Pskov');
    await chooseFirst(page, 'Kind');
    await chooseFirst(page, 'Country', 'Russia');
    await page.getByLabel('City').fill('Pskov');
    await press(page, 'button', 'Register the office');
    await page.getByRole('alert').getByText('Source: fill this in.').waitFor();
    expect(await focused(page)).toContain('Source');
    await fillSource(page);
    await press(page, 'button', 'Register the office');
    await isDone(page, 'The office is registered.');
    await page.getByRole('heading', { level: 1, name: 'Nordic office in Pskov' }).waitFor();
    const id = idOf(page.url());
    await press(page, 'link', 'Change what is known');
    await page.getByLabel('What it does in this field').fill('Meets groups from Pskov.');
    await fillSource(page);
    await press(page, 'button', 'Save the change');
    await isDone(page, 'The change is saved.');
    await press(page, 'link', 'Add a contact point');
    await page.getByLabel('Mailbox').fill('pskov@norden.example');
    await fillSource(page);
    await press(page, 'button', 'Save the contact point');
    await isDone(page, 'The contact point is saved.');
    await page.getByRole('link', { name: 'pskov@norden.example' }).waitFor();
    await press(page, 'link', 'Undo');
    await press(page, 'button', 'Remove the contact point');
    await isDone(page, 'The contact point is removed.');
    await page.getByText('No contact point is recorded.').waitFor();
    await press(page, 'link', 'Record its end');
    await page.getByText('What is planned with it stays as planned').waitFor();
    await fillSource(page);
    await press(page, 'button', 'Record the end');
    await page.getByRole('alert').getByText('Ended: fill this in.').waitFor();
    await fillDate(page, 'Ended', '2026-11-30');
    await press(page, 'button', 'Record the end');
    await isDone(page, 'The end is recorded.');
    const fields = '... on Office { city roleInField closedOn source }';
    expect(await readBody(id, fields)).toEqual({
      city: 'Pskov',
      roleInField: 'Meets groups from Pskov.',
      closedOn: '2026-11-30',
      source,
    });
    await press(page, 'link', 'It exists after all');
    await fillSource(page);
    await press(page, 'button', 'Take the end back');
    await isDone(page, 'It counts as existing again.');
    expect(await readBody(id, '... on Office { closedOn }')).toEqual({ closedOn: null });
    expect(await findAllBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('refuses an organisation that is recorded, leads to it, and merges another one into it', async () => {
    await using opened = await openAs(network);
    const { page } = opened;
    await press(page, 'link', 'Register an organisation');
    await page.getByLabel('Name in English').fill('Nordic Council');
    await page.getByLabel('What it is').fill('parliamentary');
    await fillSource(page);
    await press(page, 'button', 'Register the organisation');
    await page.locator('.field.mistaken').getByText('This is recorded already.').waitFor();
    const standing = page.getByRole('link', { name: 'Recorded already: Nordic Council' });
    expect(await standing.getAttribute('href')).toBe('/network/body?id=nbnp%3Anordic-council');
    await page.getByRole('group', { name: 'Is it really another one?' }).getByLabel('Yes').check();
    await press(page, 'button', 'Register the organisation');
    await isDone(page, 'The organisation is registered.');
    const id = idOf(page.url());
    await press(page, 'link', 'Merge with another record');
    await page.getByText('It cannot be undone.').waitFor();
    await chooseFirst(page, 'The record that stays', 'Nordic Council');
    await page.getByLabel('Why they are one').fill('Registered twice.');
    await fillSource(page);
    await press(page, 'button', 'Merge the two');
    await isDone(page, 'This is the one that stays.');
    expect(idOf(page.url())).not.toBe(id);
    const { mergedInto } = await readBody(id, '... on Organisation { mergedInto { id } }');
    expect(mergedInto).toEqual({ id: idOf(page.url()) });
  });

  it('registers a unit and an institution of the reader’s own police force', async () => {
    await using opened = await openAs(norway);
    const { page } = opened;
    await press(page, 'link', 'Register a police unit');
    await page.getByLabel('Name in English').fill('Human trafficking unit, Bodø');
    await fillSource(page);
    await press(page, 'button', 'Register the unit');
    await isDone(page, 'The unit is registered.');
    expect(await readBody(idOf(page.url()), 'country')).toEqual({ country: 'NO' });
    await press(page, 'link', 'Directory');
    await press(page, 'link', 'Institutions to visit');
    await press(page, 'link', 'Register an institution to visit');
    await page.getByLabel('Name in English').fill('Shelter in Bodø');
    await chooseFirst(page, 'Sector', 'Education');
    await chooseFirst(page, 'How visits are documented');
    await chooseFirst(page, 'Police unit', 'Human');
    await fillSource(page);
    await press(page, 'button', 'Register the institution');
    await isDone(page, 'The institution is registered.');
    await page.getByRole('link', { name: 'Human trafficking unit, Bodø' }).waitFor();
    const site = idOf(page.url());
    await press(page, 'link', 'Change what is known');
    await page.getByLabel('City').fill('Bodø');
    await fillSource(page);
    await press(page, 'button', 'Save the change');
    await isDone(page, 'The change is saved.');
    await press(page, 'link', 'Record its end');
    await fillDate(page, 'Ended', '2026-11-29');
    await fillSource(page);
    await press(page, 'button', 'Record the end');
    await isDone(page, 'The end is recorded.');
    await press(page, 'link', 'Merge with another record');
    await page.getByRole('radio', { name: /^Municipality of Bodø/ }).check();
    await page.getByLabel('Why they are one').fill('A trial.');
    await fillSource(page);
    await press(page, 'button', 'Merge the two');
    await isDone(page, 'This is the one that stays.');
    await page.goto(at(`/network/site?id=${encodeURIComponent(site)}`).href);
    await page.getByRole('link', { name: 'Municipality of Bodø' }).waitFor();
    expect(await page.getByRole('link', { name: 'Change what is known' }).count()).toBe(0);
  });

  it('ends a unit with the one that replaces it, and merges a unit', async () => {
    await using opened = await openAs(norway);
    const { page } = opened;
    const register = async (name: string) => {
      await press(page, 'link', 'Register a police unit');
      await page.getByLabel('Name in English').fill(name);
      await fillSource(page);
      await press(page, 'button', 'Register the unit');
      await isDone(page, 'The unit is registered.');
      return idOf(page.url());
    };
    const successor = await register('Aa unit in Oslo');
    await press(page, 'link', 'Directory');
    const unit = await register('Border unit in Bergen');
    await press(page, 'link', 'Record its end');
    await fillDate(page, 'Ended', '2026-11-29');
    await chooseFirst(page, 'Replaced by');
    await fillSource(page);
    await press(page, 'button', 'Record the end');
    await isDone(page, 'The end is recorded.');
    const fields = '... on PoliceUnit { validTo successor { id } }';
    expect(await readBody(unit, fields)).toEqual({
      validTo: '2026-11-29',
      successor: { id: successor },
    });
    await page.getByRole('link', { name: 'Aa unit in Oslo' }).waitFor();
    await press(page, 'link', 'Merge with another record');
    await chooseFirst(page, 'The record that stays', 'Aa unit');
    await page.getByLabel('Why they are one').fill('A trial.');
    await fillSource(page);
    await press(page, 'button', 'Merge the two');
    await isDone(page, 'This is the one that stays.');
    expect(idOf(page.url())).toBe(successor);
  });

  it('shows an analyst no action, and says whose server did not respond', async () => {
    await using opened = await openAs({ organisation: 'fi', role: 'analyst' });
    const { page } = opened;
    const main = page.getByRole('main');
    expect(await main.getByRole('link', { name: /^Register/ }).count()).toBe(0);
    await page.getByLabel('Search by name').fill('st. petersburg');
    await press(page, 'link', /Information Office in St\. Petersburg/);
    await page.getByRole('heading', { name: 'Regions that it covers' }).waitFor();
    expect(await main.locator('.doings').count()).toBe(0);
    await page.goto(at('/programme/do?form=closeOffice&id=ncm%3Aled').href);
    await page.getByText('The co-ordinators of this organisation do this').waitFor();
    await hub.stop('ncm');
    await page.goto(at('/network/body?id=ncm%3Aled').href);
    await settled(page);
    const text = await main.innerText();
    expect(text).toContain('not available now');
    expect(text).toContain('Offices of the Nordic Council of Ministers');
  });
});

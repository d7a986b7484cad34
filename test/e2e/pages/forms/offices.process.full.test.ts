import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { isDone, press } from '../by-keyboard.js';
import { findAllBarriers } from '../find-barriers.js';
import {
  chooseFirst,
  chromiumPath,
  fillDate,
  openBrowser,
  openPageAs,
  settled,
} from '../open-browser.js';

const offices: Asker = { organisation: 'ncm', role: 'coordinator' };
const network: Asker = { organisation: 'nbnp', role: 'coordinator' };
const source = 'https://norden.example/news/1';
const fillSource = (page: Page) => page.getByLabel(/^Source/).fill(source);
const idOf = (url: string) => new URL(url).searchParams.get('id') ?? '';

describe.skipIf(!chromiumPath && !process.env['CI'])('what the offices and the network do', () => {
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
  const openAs = (asker: Asker, path: string) => openPageAs(browser, at(path), asker);
  /** Chooses by name: of radios, or of a list by these letters. */
  const choose = async (page: Page, label: string, name: string) => {
    const radio = page.getByRole('group', { name: label }).getByRole('radio', { name });
    if ((await radio.count()) > 0) await radio.first().check();
    else await chooseFirst(page, label, name);
  };
  const read = async (query: string, asker: Asker = network): Promise<Tree> =>
    (await hub.ask(query, {}, asker)).data;

  it('registers an institution in a region, changes, ends, reopens and merges it', async () => {
    await using opened = await openAs(offices, '/network/directory?list=sites');
    const { page, faults } = opened;
    await press(page, 'link', 'Register an institution to visit');
    await page.getByLabel('Name in English').fill('Crisis centre in Murmansk');
    await chooseFirst(page, 'Sector', 'Education');
    await chooseFirst(page, 'How visits are documented');
    await chooseFirst(page, 'Region', 'Murmansk');
    await fillSource(page);
    await press(page, 'button', 'Register the institution');
    await isDone(page, 'The institution is registered.');
    await page.getByRole('main').getByRole('link', { name: 'Murmansk' }).first().waitFor();
    const site = idOf(page.url());
    const find = async () =>
      (
        (
          await read(
            '{ regionalSites(rehearsals: true, merged: true) { id name city closedOn source region { code } mergedInto { name } } }',
          )
        )['regionalSites'] as Tree[]
      ).find(({ id }) => id === site);
    await press(page, 'link', 'Change what is known');
    await page.getByLabel('City').fill('Murmansk');
    await fillSource(page);
    await press(page, 'button', 'Save the change');
    await isDone(page, 'The change is saved.');
    expect(await find()).toMatchObject({ city: 'Murmansk', region: { code: 'RU-MUR' }, source });
    await press(page, 'link', 'Record its end');
    await fillDate(page, 'Ended', '2026-11-29');
    await fillSource(page);
    await press(page, 'button', 'Record the end');
    await isDone(page, 'The end is recorded.');
    expect(await find()).toMatchObject({ closedOn: '2026-11-29' });
    await press(page, 'link', 'It exists after all');
    await fillSource(page);
    await press(page, 'button', 'Take the end back');
    await isDone(page, 'It counts as existing again.');
    expect(await find()).toMatchObject({ closedOn: null });
    await press(page, 'link', 'Merge with another record');
    await choose(page, 'The record that stays', 'Tavrichesky');
    await page.getByLabel('Why they are one').fill('A trial.');
    await fillSource(page);
    await press(page, 'button', 'Merge the two');
    await isDone(page, 'This is the one that stays.');
    await page.getByRole('heading', { level: 1, name: 'Tavrichesky Palace' }).waitFor();
    expect(await find()).toMatchObject({ mergedInto: { name: 'Tavrichesky Palace' } });
    expect(await findAllBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('says which office covers a region, and makes one of two offices', async () => {
    await using opened = await openAs(offices, '/network/region?code=RU-MUR');
    const { page, faults } = opened;
    await press(page, 'link', 'Change which office covers it');
    await choose(page, 'Office', 'Latvia');
    await fillSource(page);
    await press(page, 'button', 'Save the office');
    await isDone(page, 'The office of the region is saved.');
    const { region } = await read('{ region(code: "RU-MUR") { office { id } } }');
    expect(region).toEqual({ office: { id: 'ncm:rix' } });
    await page.getByText('norden.example').first().waitFor();
    await page.goto(at('/network/directory').href);
    await settled(page);
    await press(page, 'link', 'Register an office');
    await page.getByLabel('Name in English').fill('Office in Pskov, once more');
    await chooseFirst(page, 'Kind');
    await chooseFirst(page, 'Country', 'Russia');
    await page.getByLabel('City').fill('Pskov');
    await fillSource(page);
    await press(page, 'button', 'Register the office');
    await isDone(page, 'The office is registered.');
    const twice = idOf(page.url());
    await press(page, 'link', 'Merge with another record');
    await choose(page, 'The record that stays', 'St. Petersburg');
    await page.getByLabel('Why they are one').fill('Registered twice.');
    await fillSource(page);
    await press(page, 'button', 'Merge the two');
    await isDone(page, 'This is the one that stays.');
    const { party } = await read(
      `{ party(id: "${twice}") { ... on Office { mergedInto { id } } } }`,
    );
    expect(party).toEqual({ mergedInto: { id: idOf(page.url()) } });
    expect(faults).toEqual([]);
  });

  it('records the end of an organisation, and whom to contact in a member country', async () => {
    await using opened = await openAs(network, '/network/body?id=nbnp%3Anordic-council');
    const { page, faults } = opened;
    await press(page, 'link', 'Record its end');
    await fillDate(page, 'Ended', '2026-11-29');
    await fillSource(page);
    await press(page, 'button', 'Record the end');
    await isDone(page, 'The end is recorded.');
    const ended = '{ party(id: "nbnp:nordic-council") { ... on Organisation { closedOn } } }';
    expect(await read(ended)).toEqual({ party: { closedOn: '2026-11-29' } });
    await press(page, 'link', 'It exists after all');
    await fillSource(page);
    await press(page, 'button', 'Take the end back');
    await isDone(page, 'It counts as existing again.');
    expect(await read(ended)).toEqual({ party: { closedOn: null } });
    await page.goto(at('/network/directory?list=members').href);
    await settled(page);
    await press(page, 'link', /^Change the membership.*Finland/);
    await chooseFirst(page, 'Unit to contact');
    await page
      .getByRole('group', { name: /^Member since/ })
      .getByLabel('Year')
      .fill('2009');
    await fillSource(page);
    await press(page, 'button', 'Save the change');
    await isDone(page, 'The membership is changed.');
    const { network: known } = await read(
      '{ network { members { country since contact { id } } } }',
    );
    const finland = (known as { members: Tree[] }).members.find(({ country }) => country === 'FI');
    expect(finland).toMatchObject({
      since: '2009',
      contact: { id: expect.stringMatching(/^fi:/) },
    });
    expect(faults).toEqual([]);
  });

  it('asks for an expert on the visit itself, and releases her there', async () => {
    const visit = 'nbnp:demo-visit-5';
    await using opened = await openAs(network, `/programme/visit?id=${visit}`);
    const { page, faults } = opened;
    const readExperts = async () =>
      (
        (await read(`{ visit(id: "${visit}") { experts { role status } } }`))['visit'] as {
          experts: Tree[];
        }
      ).experts;
    const before = await readExperts();
    await press(page, 'link', 'Ask for an expert');
    expect(await findAllBarriers(page)).toEqual([]);
    await chooseFirst(page, 'Expert', 'interpreter');
    await choose(page, 'Role', 'Interpreter');
    await chooseFirst(page, 'Languages', 'Russian');
    await press(page, 'button', 'Ask for an expert');
    await isDone(page, 'The police force is asked to lend the expert.');
    const asked = [...before, { role: 'INTERPRETER', status: 'REQUESTED' }];
    expect(await readExperts()).toEqual(expect.arrayContaining(asked));
    const row = page.getByRole('row').filter({ hasText: 'Not decided' });
    await row.getByRole('link', { name: 'Release the expert' }).press('Enter');
    await settled(page);
    await press(page, 'button', 'Release the expert');
    await isDone(page, 'The expert is released.');
    expect(await readExperts()).toEqual(before);
    expect(faults).toEqual([]);
  });

  it('changes a delegate, erases her while the network is down, and asks it again', async () => {
    const id = 'ncm:demo-delegate-30';
    await using opened = await openAs(offices, `/people/person?id=${encodeURIComponent(id)}`);
    const { page } = opened;
    const readDelegate = async () =>
      (await read(`{ delegate(id: "${id}") { name employer } }`, offices))['delegate'];
    await press(page, 'link', 'Change the record');
    await page.getByLabel('Employer').fill('City of Pskov');
    await press(page, 'button', 'Save the change');
    await isDone(page, 'The record is changed.');
    expect(await readDelegate()).toMatchObject({ employer: 'City of Pskov' });
    await hub.stop('nbnp');
    await press(page, 'link', 'Erase all data');
    await press(page, 'button', 'Erase all data');
    await isDone(page, 'All personal data is erased.');
    expect(await readDelegate()).toEqual({ name: null, employer: null });
    await page.getByText('The network has not yet confirmed').waitFor();
    await press(page, 'link', 'Ask the network to remove its texts');
    await press(page, 'button', 'Ask the network');
    await page.getByRole('alert').getByText('not').first().waitFor();
    await hub.start('nbnp');
    await press(page, 'button', 'Ask the network');
    await isDone(page, 'The network has removed its texts.');
  });

  it('drafts the evaluation in two hands, and changes each draft until it is signed', async () => {
    const programme = 'nbnp:demo-programme';
    const parts = 'summary findings { title text sector } recommendations';
    const readPart = async (part: string): Promise<Tree> => {
      const { programmes } = await read(`{ programmes { id ${part} { ${parts} } } }`);
      return (programmes as Tree[]).find(({ id }) => id === programme)?.[part] as Tree;
    };
    const sides = [
      { asker: network, part: 'evaluation', heading: 'Evaluation' },
      { asker: offices, part: 'officeEvaluation', heading: 'Evaluation of the offices' },
    ] as const;
    for (const { asker, part, heading } of sides) {
      await using opened = await openAs(asker, '/programme');
      const { page, faults } = opened;
      // The other programme is signed.
      expect(await page.getByRole('link', { name: /the draft|the evaluation/ }).count()).toBe(1);
      await press(page, 'link', 'Draft the evaluation : Demonstration programme');
      await page.getByLabel('Summary').fill('It went well.');
      await press(page, 'button', 'Add a finding');
      await page.getByLabel('Title').fill('One number');
      await page.getByLabel('Text').fill('Police and shelters share it.');
      await page.getByLabel('Recommendations').fill('One day more.\nFewer stops.');
      expect(await findAllBarriers(page)).toEqual([]);
      await press(page, 'button', 'Save the draft');
      await isDone(page, 'The draft is saved.');
      const found = { title: 'One number', text: 'Police and shelters share it.', sector: null };
      const first = { summary: 'It went well.', findings: [found] };
      expect(await readPart(part)).toEqual({
        ...first,
        recommendations: ['One day more.', 'Fewer stops.'],
      });
      await page.getByRole('heading', { name: heading, exact: true }).first().waitFor();
      await press(page, 'link', 'Change the draft : Demonstration programme');
      // It begins with all that is drafted.
      expect(await page.getByLabel('Summary').inputValue()).toBe('It went well.');
      expect(await page.getByLabel('Title').inputValue()).toBe('One number');
      const recommendations = page.getByLabel('Recommendations');
      expect(await recommendations.inputValue()).toBe('One day more.\nFewer stops.');
      await recommendations.fill('Fewer stops.');
      await press(page, 'button', 'Save the draft');
      await isDone(page, 'The draft is saved.');
      expect(await readPart(part)).toEqual({ ...first, recommendations: ['Fewer stops.'] });
      expect(await page.getByRole('main').innerText()).not.toContain('One day more.');
      expect(faults).toEqual([]);
    }
  });
});

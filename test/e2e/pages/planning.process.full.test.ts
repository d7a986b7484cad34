// cspell:ignore cour отменить отменён визит причина заполните поле неделя занята
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { focused, isDone, press } from './by-keyboard.js';
import { findAllBarriers } from './find-barriers.js';
import {
  chooseFirst,
  chromiumPath,
  fillDate,
  openBrowser,
  openMenu,
  openPage,
  openPageAs,
  readDate,
  settled,
} from './open-browser.js';

const network: Asker = { organisation: 'nbnp', role: 'coordinator' };

describe.skipIf(!chromiumPath && !process.env['CI'])('planning from the pages', () => {
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

  const openAs = (asker: Asker, path = '/programme') =>
    openPageAs(browser, new URL(path, hub.hubUrl), asker);

  async function readStop(visit: string): Promise<Tree> {
    const query = 'query ($id: ID!) { visit(id: $id) { stops { id day status version } } }';
    return (await hub.ask(query, { id: visit }, network)).data.visit.stops[0] as Tree;
  }

  it('makes a group, a visit and a stop by keyboard, and says what is wrong at its field', async () => {
    await using opened = await openAs(network);
    const { page, faults } = opened;
    await press(page, 'link', 'Plan a group : Demonstration programme');
    await press(page, 'button', 'Plan the group');
    const mistakes = page.locator('.mistakes');
    expect(await mistakes.getByRole('link').allInnerTexts()).toEqual([
      'Name of the group: fill this in.',
      'Its members come from: fill this in.',
      'It travels to: fill this in.',
    ]);
    expect(await findAllBarriers(page)).toEqual([]);
    await mistakes.getByRole('link').first().press('Enter');
    await page.keyboard.type('A group of the autumn');
    const from = page.getByRole('group', { name: 'Its members come from' });
    await from.getByLabel('Nordic and Baltic countries').press('Space');
    const to = page.getByRole('group', { name: 'It travels to' });
    // Nobody travels to where she comes from.
    expect(await to.getByLabel('Nordic and Baltic countries').count()).toBe(0);
    await to.getByLabel('North-West Russia').press('Space');
    await page.getByLabel('Planned number of people').fill('99');
    await press(page, 'button', 'Plan the group');
    await page.locator('.mistaken').getByText('Choose a size between').waitFor();
    expect(await focused(page)).toContain('Planned number of people');
    // What is typed outlives Back.
    await page.goBack();
    await settled(page);
    await press(page, 'link', 'Plan a group : Demonstration programme');
    expect(await page.getByLabel('Name of the group').inputValue()).toBe('A group of the autumn');
    await page.getByLabel('Planned number of people').fill('12');
    await press(page, 'button', 'Plan the group');
    await isDone(page, 'The group is planned.');
    await page.getByRole('heading', { name: 'A group of the autumn' }).waitFor();

    await press(page, 'link', 'Plan a visit');
    await page.getByLabel('Title').fill('A week of the autumn');
    await fillDate(page, 'First day', '2027-09-06');
    await fillDate(page, 'Last day', '2027-09-10');
    await page.getByLabel('Russia').press('Space');
    await press(page, 'button', 'Plan the visit');
    await isDone(page, 'The visit is planned.');

    await press(page, 'link', 'Plan a stop');
    await page.getByLabel('Title').fill('A court');
    await fillDate(page, 'Day', '2027-09-20');
    await chooseFirst(page, 'Sector', 'cour');
    await press(page, 'button', 'Plan the stop');
    await page.locator('.mistaken').getByText('Choose a day of the visit.').waitFor();
    await fillDate(page, 'Day', '2027-09-07');
    await press(page, 'button', 'Plan the stop');
    await isDone(page, 'The stop is planned.');
    const visit = decodeURIComponent(new URL(page.url()).searchParams.get('id') ?? '');

    // Somebody else changes the stop while the form to move it is open.
    await press(page, 'link', 'Move : A court');
    const { id: stop, version } = await readStop(visit);
    const changed = await hub.ask(
      'mutation ($input: ChangeItineraryStopInput!) { changeItineraryStop(input: $input) { id } }',
      { input: { stop, version, title: 'A large court' } },
      network,
    );
    expect(changed.errors).toBeUndefined();
    await fillDate(page, 'Day', '2027-09-08');
    await press(page, 'button', 'Move the stop');
    await page.getByText('Title: was A court, is now A large court').waitFor();
    await press(page, 'button', 'Move the stop');
    await isDone(page, 'The stop is moved.');
    expect(await readStop(visit)).toMatchObject({ day: '2027-09-08' });

    await press(page, 'link', 'Call off : A large court');
    await page.getByLabel('Reason').fill('The court is closed.');
    await press(page, 'button', 'Call the stop off');
    await isDone(page, 'The stop is called off.');
    expect(await readStop(visit)).toMatchObject({ status: 'CALLED_OFF' });
    await page.locator('.outcome').getByRole('link', { name: 'Undo' }).press('Enter');
    await settled(page);
    await press(page, 'button', 'Plan the stop again');
    await isDone(page, 'The stop is planned again.');
    expect(await readStop(visit)).toMatchObject({ status: 'PLANNED' });
    expect(faults).toEqual([]);
  });

  it('changes of a record what was typed alone, whoever has changed it meanwhile', async () => {
    const id = 'nbnp:demo-visit-1';
    const read = async (): Promise<Tree> => {
      const query =
        'query ($id: ID!) { visit(id: $id) { version title hostCountries practicalInformation } }';
      return (await hub.ask(query, { id }, network)).data.visit as Tree;
    };
    const change = async (practicalInformation: string) => {
      const { version } = await read();
      const { errors } = await hub.ask(
        'mutation ($input: ChangeVisitInput!) { changeVisit(input: $input) { id } }',
        { input: { visit: id, version, practicalInformation } },
        network,
      );
      expect(errors).toBeUndefined();
    };
    const { hostCountries } = await read();
    const form = `/programme/do?form=changeVisit&id=${encodeURIComponent(id)}`;
    await using opened = await openAs(network, form);
    const { page, faults } = opened;
    const title = page.getByLabel('Title');
    const information = page.getByLabel('Practical information');
    await title.fill('A week by the sea');
    await change('Meet at the harbour.');
    await page.getByRole('button', { name: 'Save the change' }).click();
    await page.getByText('is now Meet at the harbour.').waitFor();
    expect(await title.inputValue()).toBe('A week by the sea');
    expect(await information.inputValue()).toBe('Meet at the harbour.');
    await page.getByRole('button', { name: 'Save the change' }).click();
    await isDone(page, 'The visit is changed.');
    expect(await read()).toMatchObject({
      title: 'A week by the sea',
      practicalInformation: 'Meet at the harbour.',
      hostCountries,
    });

    // What was typed before is over an older record when the form is opened again.
    await page.goto(new URL(form, hub.hubUrl).href);
    await settled(page);
    await title.fill('A week in the hills');
    await page.goBack();
    await change('Meet at the station.');
    await page.goForward();
    await page.getByText('is now Meet at the station.').waitFor();
    expect(await title.inputValue()).toBe('A week in the hills');
    expect(await information.inputValue()).toBe('Meet at the station.');
    await page.getByRole('button', { name: 'Save the change' }).click();
    await isDone(page, 'The visit is changed.');
    expect(await read()).toMatchObject({
      title: 'A week in the hills',
      practicalInformation: 'Meet at the station.',
      hostCountries,
    });
    expect(faults).toEqual([]);
  });

  it('corrects the days of a journey, a report of it, and who co-ordinates a group', async () => {
    const [visit, group] = ['nbnp:demo-visit-1', 'nbnp:demo-group-1'];
    const read = async (query: string, asker: Asker): Promise<Tree> =>
      (await hub.ask(`{ ${query} }`, {}, asker)).data;
    const readDays = async () =>
      (await read(`visit(id: "${visit}") { departedOn returnedOn }`, network))['visit'] as Tree;
    await using opened = await openAs(network, `/programme/visit?id=${encodeURIComponent(visit)}`);
    const { page, faults } = opened;
    const days = [
      ['Correct the day of departure', '2026-11-21', 'departure', '2026-11-22'],
      ['Record the return', '2026-11-28', 'return', undefined],
      ['Correct the day of return', '2026-11-29', 'return', '2026-11-28'],
    ] as const;
    for (const [link, day, said, before] of days) {
      await press(page, 'link', link);
      const date = page.getByRole('group', { name: 'Date' });
      if (before) expect(await readDate(date)).toBe(before);
      await fillDate(page, 'Date', day);
      await press(page, 'button', 'Save the day');
      await isDone(page, `The day of ${said} is saved.`);
    }
    expect(await readDays()).toEqual({ departedOn: '2026-11-21', returnedOn: '2026-11-29' });

    const offices: Asker = { organisation: 'ncm', role: 'coordinator' };
    const members = `group(id: "${group}") { members { id name report { text version } } }`;
    const readMembers = async () => (await read(members, offices))['group'].members as Tree[];
    const [{ id: delegate, name }] = (await readMembers()) as [Tree];
    const handIn =
      'mutation ($input: HandInDelegateReportInput!) { handInDelegateReport(input: $input) { id } }';
    const input = { delegate, group, visit, on: '2026-11-30', text: 'We saw to much.' };
    expect((await hub.ask(handIn, { input }, offices)).errors).toBeUndefined();
    await using other = await openAs(offices, `/programme/group?id=${encodeURIComponent(group)}`);
    await press(other.page, 'link', `Correct : ${name}`);
    const text = other.page.getByLabel('Report');
    expect(await text.inputValue()).toBe('We saw to much.');
    expect(await findAllBarriers(other.page)).toEqual([]);
    await text.fill('We saw too much.');
    await press(other.page, 'button', 'Save the correction');
    await isDone(other.page, 'The report is corrected.');
    const corrected = (await readMembers()).find(({ id }) => id === delegate);
    expect(corrected?.['report']).toEqual({ text: 'We saw too much.', version: 2 });

    await page.goto(new URL('/programme/group?id=nbnp%3Ademo-group-3', hub.hubUrl).href);
    await settled(page);
    await press(page, 'link', 'Change the group');
    await chooseFirst(page, 'Co-ordinating office');
    await press(page, 'button', 'Save the change');
    await isDone(page, 'The group is changed.');
    const office = 'group(id: "nbnp:demo-group-3") { coordinatingOffice { id name } }';
    const { coordinatingOffice } = (await read(office, network))['group'];
    expect(coordinatingOffice.id).toBe('ncm:demo-office');
    expect(await page.getByRole('main').innerText()).toContain(coordinatingOffice.name);
    expect(faults).toEqual([]);
  });

  it('cancels a visit in Russian on a phone while a partner is down', async () => {
    await hub.stop('no');
    try {
      await using opened = await openAs(network);
      const { page } = opened;
      await page.setViewportSize({ width: 390, height: 844 });
      await openMenu(page);
      await page.locator('header select').first().selectOption('ru');
      await settled(page);
      await press(page, 'link', 'Demonstration: a week in Norway, Sweden and Denmark');
      await press(page, 'link', 'Отменить визит');
      await press(page, 'button', 'Отменить визит');
      await page.locator('.mistaken').getByText('Причина: заполните это поле.').waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(390);
      const said = await page.getByRole('main').innerText();
      expect(said).not.toMatch(/nbnp:|Not later than|reason|version/);
      await page.getByLabel('Причина').fill('Неделя занята.');
      await press(page, 'button', 'Отменить визит');
      await isDone(page, 'Визит отменён.');
    } finally {
      await hub.start('no');
    }
  });

  it('offers nothing to those who may not plan, and says at the form who does', async () => {
    await using opened = await openAs({ organisation: 'no', role: 'coordinator' });
    const { page } = opened;
    expect(await page.getByRole('link', { name: 'Plan a group' }).count()).toBe(0);
    await using visitor = await openPage(
      browser,
      new URL('/programme/do?form=createProgramme', hub.hubUrl),
    );
    await settled(visitor.page);
    await visitor.page.getByText('Sign in as one of them.').waitFor();
    for (const list of ['nominees', 'formalities']) {
      const path = `/programme/${list}?id=nbnp%3Ademo-group-2`;
      await visitor.page.goto(new URL(path, hub.hubUrl).href);
      await settled(visitor.page);
      await visitor.page.getByText(/Sign in (?:as one of them|with an organisation)/).waitFor();
      expect(await visitor.page.locator('main form').count()).toBe(0);
    }
    expect(await visitor.page.locator('main form').count()).toBe(0);
  });
});

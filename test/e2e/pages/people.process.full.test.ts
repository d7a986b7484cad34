// cspell:ignore Testi Toinen poliisi Komisario Murm
// cspell:ignoreRegExp /[\u0400-\u04ff]+/g
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { focused, isDone, press } from './by-keyboard.js';
import { findAllBarriers, findBarriers } from './find-barriers.js';
import {
  chooseFirst,
  chromiumPath,
  fillDate,
  openBrowser,
  openPage,
  openPageAs,
  settled,
} from './open-browser.js';

const finland: Asker = { organisation: 'fi', role: 'coordinator' };

describe.skipIf(!chromiumPath && !process.env['CI'])('people from the pages', () => {
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

  const openAs = (asker: Asker, path = '/people') =>
    openPageAs(browser, new URL(path, hub.hubUrl), asker);

  const find = async (search: string): Promise<Tree[]> => {
    const query = `query ($search: String) {
      officers(filter: { country: "FI", search: $search, rehearsals: true }) {
        nodes { id name rank email languages isRehearsal version } } }`;
    return (await hub.ask(query, { search }, finland)).data.officers.nodes as Tree[];
  };

  it('registers an officer, refuses a bad address at its field, changes and removes her', async () => {
    await using opened = await openAs(finland);
    const { page } = opened;
    expect(await findAllBarriers(page)).toEqual([]);
    // What holds for all is said once.
    await page.getByText('Nobody is invited yet.').waitFor();
    expect(await page.getByRole('cell', { name: 'Not invited' }).count()).toBe(0);
    await press(page, 'link', 'Register an officer');
    await page.getByLabel('Full name').fill('Aino Testi');
    await chooseFirst(page, 'Police unit');
    await chooseFirst(page, 'Target group');
    await page.getByLabel('E-mail').fill('aino at poliisi');
    await press(page, 'button', 'Register the officer');
    await page.locator('.mistaken').getByText('Languages').first().waitFor();
    await chooseFirst(page, 'Languages', 'Finn');
    await press(page, 'button', 'Register the officer');
    await page.locator('.mistaken').getByText('E-mail: this value cannot be used').waitFor();
    expect(await focused(page)).toContain('E-mail');
    expect(await find('Aino Testi')).toEqual([]);
    await page.getByLabel('E-mail').fill('aino.testi@poliisi.example');
    expect(await findAllBarriers(page)).toEqual([]);
    await press(page, 'button', 'Register the officer');
    await isDone(page, 'The officer is registered.');
    const made = { email: 'aino.testi@poliisi.example', languages: ['fi'], isRehearsal: false };
    expect(await find('Aino Testi')).toMatchObject([{ name: 'Aino Testi', rank: null, ...made }]);
    await page.getByRole('heading', { level: 1, name: 'Aino Testi' }).waitFor();
    expect(await findAllBarriers(page)).toEqual([]);

    // The same once more is refused, and can be another person.
    await press(page, 'link', 'People');
    await press(page, 'link', 'Register an officer');
    expect(await page.getByRole('group', { name: 'Is it really another one?' }).count()).toBe(0);
    await page.getByLabel('Full name').fill('Aino Testi');
    await page.getByLabel('E-mail').fill('aino.testi@poliisi.example');
    await chooseFirst(page, 'Police unit');
    await chooseFirst(page, 'Target group');
    await chooseFirst(page, 'Languages', 'Finn');
    await press(page, 'button', 'Register the officer');
    await page.getByText('This is recorded already.').first().waitFor();
    await page.getByRole('group', { name: 'Is it really another one?' }).getByLabel('Yes').check();
    await page.getByLabel('Full name').fill('Aino Toinen');
    await press(page, 'button', 'Register the officer');
    await isDone(page, 'The officer is registered.');
    await press(page, 'link', 'People');
    await press(page, 'link', 'Aino Testi');

    await press(page, 'link', 'Change the record');
    await page.getByLabel('Rank').fill('Komisario');
    await press(page, 'button', 'Save the change');
    await isDone(page, 'The record is changed.');
    expect(await find('Aino Testi')).toMatchObject([{ rank: 'Komisario', ...made }]);

    await press(page, 'link', 'Remove the record');
    await page.getByText('It cannot be brought back.').waitFor();
    await press(page, 'button', 'Remove the record');
    await isDone(page, 'The record is removed.');
    expect(await find('Aino Testi')).toEqual([]);
  });

  it('finds somebody by a part of the name, and says what is missing', async () => {
    const [first] = await find('a');
    const name = String(first?.['name']);
    await using opened = await openAs(finland);
    const { page } = opened;
    await page.getByLabel('Name, or a part of it').fill(name.slice(0, 5).toUpperCase());
    await page.getByRole('button', { name: 'Find' }).press('Enter');
    await settled(page);
    const officers = page.getByRole('region', { name: 'Officers', exact: true }).first();
    await officers.getByRole('link', { name }).waitFor();
    await page.getByLabel('Name, or a part of it').fill('nobody is called so');
    await page.getByRole('button', { name: 'Find' }).press('Enter');
    await page.getByText('Nobody found.').first().waitFor();
  });

  it('invites her with a link that is shown once and stays nowhere, and ends her access', async () => {
    const query = `{ officers(filter: { country: "FI", rehearsals: true }) { nodes { id
      nominations { acceptedOn declinedOn group { visits { returnedOn } } } } } }`;
    const all = (await hub.ask(query, {}, finland)).data.officers.nodes as Tree[];
    const travels = ({ nominations }: Tree) =>
      (nominations as Tree[]).some(
        ({ acceptedOn, declinedOn, group }) =>
          acceptedOn !== null &&
          declinedOn === null &&
          ((group as Tree)['visits'] as Tree[]).some(({ returnedOn }) => returnedOn === null),
      );
    const pathOf = (officer: Tree, page: string) =>
      `/people/${page}?id=${encodeURIComponent(String(officer['id']))}`;
    const traveller = all.find(travels) as Tree;
    await using opened = await openAs(finland, pathOf(traveller, 'person'));
    const { page } = opened;
    await page.getByText('Open formalities').waitFor();
    await page.getByText('Needs on the journey').waitFor();
    await page.getByText('Not invited').waitFor();
    await press(page, 'link', 'Invite');
    expect(await findAllBarriers(page)).toEqual([]);
    await press(page, 'button', 'Make a link for');
    await page.getByText('It works once, until').waitFor();
    expect(await focused(page)).toContain('The link is made');
    expect(await findAllBarriers(page)).toEqual([]);
    const link = await page.locator('.outcome code').innerText();
    const secret = link.split('.').at(-1) ?? '';
    expect(secret).toMatch(/^[\w-]{43}$/);
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.cookie]),
    );
    expect(kept).not.toContain(secret);
    await page.reload();
    await settled(page);
    expect(await page.locator('body').innerText()).not.toContain(secret);

    // Chromium stores secure cookies of this name of the machine, as it does with TLS.
    const own = new URL(link.replace('127.0.0.1', 'localhost'));
    await using hers = await openPage(browser, own);
    await hers.page.getByRole('button', { name: 'Open my journey of' }).click();
    await hers.page.getByText('Participant of').first().waitFor();

    await page.goto(new URL(pathOf(traveller, 'person'), hub.hubUrl).href);
    await page.getByText('Signed in, last on').waitFor();
    await press(page, 'link', 'End the access');
    await press(page, 'button', 'End the access');
    await isDone(page, 'The access has ended.');
    await page.getByText('The access has ended; invited on').waitFor();

    const other = all.find(({ nominations }) => (nominations as Tree[]).length === 0) as Tree;
    await page.goto(new URL(pathOf(other, 'invite'), hub.hubUrl).href);
    await settled(page);
    await press(page, 'button', 'Make a link for');
    await page.getByRole('alert').getByText('Choose a member or a reserve').waitFor();
    expect(await page.locator('.outcome').count()).toBe(0);
  });

  it('holds what is kept of her with a reason, lifts the hold, and erases her', async () => {
    const query = `query ($id: ID!) { officer(id: $id) { name hold { reason until } } }`;
    const [officer] = await find('a');
    const id = String(officer?.['id']);
    const read = async () => (await hub.ask(query, { id }, finland)).data.officer as Tree;
    await using opened = await openAs(finland, `/people/person?id=${encodeURIComponent(id)}`);
    const { page } = opened;
    await page.getByText('Nothing stops the erasure now.').waitFor();
    await press(page, 'link', 'Hold the data');
    await page.getByLabel('Reason').fill('A complaint about the journey.');
    await fillDate(page, 'Last day of the hold', '2026-11-30');
    await press(page, 'button', 'Hold the data');
    await page.locator('.mistaken').getByText('Last day of the hold: this value').waitFor();
    expect(await page.getByLabel('Reason').inputValue()).toBe('A complaint about the journey.');
    await fillDate(page, 'Last day of the hold', '2027-03-07');
    await press(page, 'button', 'Hold the data');
    await isDone(page, 'The data is held.');
    await page.getByText(/Held until .*2027: A complaint about the journey/).waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    const hold = { reason: 'A complaint about the journey.', until: '2027-03-07' };
    expect(await read()).toMatchObject({ hold });
    expect(await page.getByRole('link', { name: 'Erase all data' }).count()).toBe(0);

    // Whoever has the address all the same reads why not.
    const erase = `/programme/do?form=eraseOfficer&id=${encodeURIComponent(id)}`;
    await page.goto(new URL(erase, hub.hubUrl).href);
    await settled(page);
    await press(page, 'button', 'Erase all data');
    await page.getByRole('alert').getByText('Lift the hold first.').waitFor();
    expect(await read()).toMatchObject({ name: officer?.['name'], hold });

    await page.goto(new URL(`/people/person?id=${encodeURIComponent(id)}`, hub.hubUrl).href);
    await settled(page);
    await press(page, 'link', 'Lift the hold');
    await page.getByLabel('Reason').fill('The complaint is settled.');
    await press(page, 'button', 'Lift the hold');
    await isDone(page, 'The hold is lifted.');
    expect(await read()).toMatchObject({ hold: null });

    await press(page, 'link', 'Erase all data');
    await page.getByText('It cannot be undone.').waitFor();
    await page.getByText(/whose journey has not ended|^Travels with /).waitFor();
    await press(page, 'button', 'Erase all data');
    await isDone(page, 'All personal data is erased.');
    await page.getByRole('heading', { level: 1, name: 'Erased person' }).waitFor();
    expect(await read()).toMatchObject({ name: null });
    expect(await page.getByRole('link', { name: 'Change the record' }).count()).toBe(0);
  });

  it('registers a delegate in Russian on a phone, holds what is kept, and lifts it', async () => {
    const offices: Asker = { organisation: 'ncm', role: 'coordinator' };
    await using opened = await openAs(offices);
    const { page } = opened;
    await page.locator('header select').first().selectOption('ru');
    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    expect(await findBarriers(page)).toEqual([]);
    await press(page, 'link', 'Записать делегата');
    await page.getByLabel('Имя и фамилия').fill('Анна Пробная');
    await chooseFirst(page, 'Бюро');
    await chooseFirst(page, 'Целевая группа');
    await chooseFirst(page, 'Языки', 'рус');
    await press(page, 'button', 'Записать делегата');
    // Neither a region nor a country: at one of them, in words.
    await page.locator('.mistakes').getByText(/[а-я]/).first().waitFor();
    await chooseFirst(page, 'Регион', 'Мурм');
    await press(page, 'button', 'Записать делегата');
    await isDone(page, 'Делегат записан.');
    await press(page, 'link', 'Запретить удаление');
    await page.getByLabel('Причина').fill('Жалоба.');
    const field = page.getByRole('group', { name: /^Последний день запрета/ });
    const parts = [
      ['День', '7'],
      ['Месяц', '3'],
      ['Год', '2027'],
    ] as const;
    for (const [part, value] of parts) await field.getByLabel(part).fill(value);
    await press(page, 'button', 'Запретить удаление');
    await isDone(page, 'Удаление запрещено.');
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await press(page, 'link', 'Снять запрет');
    await page.getByLabel('Причина').fill('Жалоба рассмотрена.');
    await press(page, 'button', 'Снять запрет');
    await isDone(page, 'Запрет снят.');
    await press(page, 'link', 'Удалить запись');
    await press(page, 'button', 'Удалить запись');
    await isDone(page, 'Запись удалена.');
  });

  it('offers an analyst no action', async () => {
    const [first] = await find('a');
    const path = `/people/person?id=${encodeURIComponent(String(first?.['id']))}`;
    await using opened = await openAs({ organisation: 'fi', role: 'analyst' }, '/people');
    const { page } = opened;
    await page.getByText('Each police force keeps the list of its officers').waitFor();
    expect(await page.locator('header').getByRole('link', { name: 'People' }).count()).toBe(0);
    await page.goto(new URL(path, hub.hubUrl).href);
    await settled(page);
    const doings = page.getByRole('main').locator('.doings a, a.button, .files button');
    expect(await doings.count()).toBe(0);
  });

  it('tells those who keep no people who does, and leads to the groups and units', async () => {
    await using opened = await openAs({ organisation: 'nbnp', role: 'coordinator' });
    const { page, faults } = opened;
    const main = page.getByRole('main');
    await main.getByText('Each police force keeps the list of its officers').waitFor();
    expect(await main.getByText('Sign in').count()).toBe(0);
    expect(await findAllBarriers(page)).toEqual([]);
    await main.getByRole('link', { name: 'Units to contact, by country' }).waitFor();
    await press(page, 'link', 'Demonstration group 2');
    await page.getByRole('heading', { level: 1, name: /Demonstration group 2/ }).waitFor();
    expect(faults).toEqual([]);
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn, type Programme } from '../network/run-programme.js';
import { findAllBarriers } from './find-barriers.js';
import {
  chooseFirst,
  chromiumPath,
  fillDate,
  openBrowser,
  openPageAs,
  readDate,
  settled,
} from './open-browser.js';

const network: Asker = { organisation: 'nbnp', role: 'coordinator' };
const west = 'nbnp:demo-visit-5';

describe.skipIf(!chromiumPath && !process.env['CI'])('the forms of tasks', () => {
  let hub: OpenNetwork;
  let programme: Programme;
  let browser: Browser;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
    programme = runIn(hub);
  });
  afterAll(async () => {
    await hub?.[Symbol.asyncDispose]();
  });

  const openAs = (asker: Asker) => openPageAs(browser, new URL('/tasks', hub.hubUrl), asker);

  async function readTasks(asker: Asker): Promise<Tree[]> {
    const query = '{ tasks(first: 1000) { nodes { id kind subject isUncertain } } }';
    return (await hub.ask(query, {}, asker)).data.tasks.nodes as Tree[];
  }
  const has = async (asker: Asker, kind: string, subject: string): Promise<boolean> =>
    (await readTasks(asker)).some((task) => task.kind === kind && task.subject === subject);

  const readLastDay = async (visit: string): Promise<string> =>
    (await hub.ask(`{ visit(id: "${visit}") { endsOn } }`, {}, network)).data.visit.endsOn;

  /** Opens the decision of a task by its address. No id is shown. */
  async function open(page: Page, asker: Asker, kind: string, subject: string) {
    const tasks = await readTasks(asker);
    const task = tasks.find((one) => one.kind === kind && one.subject === subject);
    const address = `/tasks/decision?id=${encodeURIComponent(String(task?.id))}`;
    await page.locator(`tbody a[href="${address}"]`).click();
    await settled(page);
    return page.getByRole('main');
  }

  it.each([
    network,
    { organisation: 'no', role: 'coordinator' },
    { organisation: 'ncm', role: 'coordinator' },
  ] as const)(
    'lead somewhere for each kind of task of $organisation, ask for no version, and know today',
    async (asker) => {
      await using opened = await openAs(asker);
      const { page, faults } = opened;
      const today = await page.evaluate(() => new Date().toLocaleDateString('sv'));
      const kinds = new Map((await readTasks(asker)).map((task) => [task.kind, task]));
      expect(kinds.size).toBeGreaterThan(1);
      for (const { kind, subject, isUncertain } of kinds.values()) {
        expect(isUncertain, kind).toBe(false);
        const main = await open(page, asker, kind, subject);
        const answers = main.getByRole('group', { name: 'Decision' }).getByRole('radio');
        // An answer about a person is not chosen in advance.
        if (['DECIDE_NOMINATION', 'DECIDE_LOAN'].includes(kind)) {
          await answers.first().waitFor();
          expect(await main.locator('button[type=submit]').count(), kind).toBe(0);
          await answers.first().check();
        }
        await main.locator('button[type=submit]').waitFor();
        expect(await main.getByLabel(/version/i).count(), kind).toBe(0);
        // What has happened is said of today, and a return of the planned day.
        const date = main.getByRole('group', { name: /^Date$| on$| since$/ });
        const expected = kind === 'RECORD_RETURN' ? await readLastDay(subject) : today;
        if ((await date.count()) > 0) expect(await readDate(date), kind).toBe(expected);
        // Nobody reads an id, nor a sentence of the schema.
        expect(await main.innerText(), kind).not.toMatch(/\b[a-z]{2,4}:[a-z]|Id of|rule [A-Z]{3}/);
        await page.goBack();
        await settled(page);
      }
      expect(faults).toEqual([]);
    },
  );

  it('replace an expert who was taken back: ask for another, then release her', async () => {
    const assignment = 'nbnp:demo-assignment-5-1';
    await programme.done('ee', 'withdrawExpertLoan', {
      expert: 'ee:demo-expert-1',
      assignment,
      on: '2026-11-29',
      reason: 'She is ill.',
    });
    await using opened = await openAs(network);
    const { page } = opened;
    let dialog = await open(page, network, 'REPLACE_EXPERT', assignment);
    expect(await findAllBarriers(page)).toEqual([]);
    await chooseFirst(dialog, 'Expert');
    await dialog.getByRole('button', { name: 'Ask for another expert' }).click();
    await page.getByText('Done: Ask for another expert').waitFor();
    const assigned = async (): Promise<Tree[]> =>
      (await hub.ask(`{ visit(id: "${west}") { experts { id status } } }`, {}, network)).data.visit
        .experts as Tree[];
    expect((await assigned()).map(({ status }) => status).toSorted()).toEqual([
      'REQUESTED',
      'WITHDRAWN',
    ]);
    await settled(page);
    dialog = await open(page, network, 'REPLACE_EXPERT', assignment);
    await dialog.getByLabel('Release the expert').check();
    await dialog.getByRole('button', { name: 'Release the expert' }).click();
    await page.getByText('Done: Replace the expert').waitFor();
    expect((await assigned()).map(({ status }) => status)).toEqual(['REQUESTED']);
    expect(await has(network, 'REPLACE_EXPERT', assignment)).toBe(false);
  });

  it('replace a host who withdrew by other countries, and say why that is refused', async () => {
    const hosting = 'se:demo-hosting-5';
    await programme.done('se', 'withdrawHosting', { hosting, on: '2026-11-29' });
    await using opened = await openAs(network);
    const dialog = await open(opened.page, network, 'REPLACE_HOST', hosting);
    const hosts = dialog.getByRole('group', { name: 'Host countries' });
    const chosen = () =>
      hosts
        .locator('input:checked')
        .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
    expect((await chosen()).toSorted()).toEqual(['DK', 'NO', 'SE']);
    await hosts.getByLabel('Sweden').uncheck();
    await dialog.getByRole('button', { name: 'Change the host countries' }).click();
    // A stop of the visit is in Sweden.
    await hosts.getByText('A country that you took out hosts a stop').waitFor();
    await hosts.getByLabel('Sweden').check();
    await hosts.getByLabel('Finland').check();
    await dialog.getByRole('button', { name: 'Change the host countries' }).click();
    await opened.page.getByText('Done: Replace the host').waitFor();
    const { data } = await hub.ask(`{ visit(id: "${west}") { hostCountries } }`, {}, network);
    expect((data.visit.hostCountries as string[]).toSorted()).toEqual(['DK', 'FI', 'NO', 'SE']);
  });

  it('nominate somebody, plan a visit and a stop of a new group', async () => {
    const planned = {
      programme: 'nbnp:demo-programme',
      name: 'A group to plan',
      direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
      plannedSize: 10,
    };
    const group: string = (await programme.done('nbnp', 'createGroup', planned)).id;
    const again: string = (await programme.done('nbnp', 'createGroup', planned)).id;
    await using opened = await openAs(network);
    const { page } = opened;
    let dialog = await open(page, network, 'PLAN_VISIT', group);
    await dialog.getByLabel('Title').fill('A week in Murmansk');
    await dialog.getByLabel('Russia').check();
    await fillDate(dialog, 'First day', '2027-05-03');
    await fillDate(dialog, 'Last day', '2027-05-08');
    await dialog.getByRole('button', { name: 'Plan' }).click();
    await page.getByText('Done: Plan a visit').waitFor();
    await settled(page);
    const { visits } = await programme.group(group, 'visits { id }');
    const [{ id: visit }] = visits as [Tree];
    dialog = await open(page, network, 'ADD_STOP', visit);
    await dialog.getByLabel('Title').fill('A meeting');
    await chooseFirst(dialog, 'Sector', 'pol');
    const day = dialog.getByRole('group', { name: 'Day' });
    expect(await readDate(day)).toBe('2027-05-03');
    await dialog.getByRole('button', { name: 'Plan' }).click();
    await page.getByText('Done: Plan a stop').waitFor();

    const finland: Asker = { organisation: 'fi', role: 'coordinator' };
    await using other = await openAs(finland);
    dialog = await open(other.page, finland, 'NOMINATE', group);
    const radios = dialog.getByRole('group', { name: 'Officer' }).locator('.box');
    const list = dialog.getByRole('combobox', { name: 'Officer' });
    if ((await radios.count()) === 0) await list.click();
    const offered = (await radios.count()) > 0 ? radios : dialog.getByRole('option');
    const names = await offered.allInnerTexts();
    expect(names.length).toBeGreaterThan(1);
    expect(names).toEqual(names.toSorted());
    await chooseFirst(dialog, 'Officer');
    await dialog.getByRole('button', { name: 'Nominate' }).click();
    await other.page.getByText('Done: Nominate somebody').waitFor();
    expect(await has(finland, 'NOMINATE', group)).toBe(false);
    for (const kind of ['PLAN_VISIT', 'ADD_STOP'])
      for (const subject of [group, visit]) expect(await has(network, kind, subject)).toBe(false);

    dialog = await open(page, network, 'PLAN_VISIT', again);
    await dialog.getByLabel('Copy another visit').check();
    await chooseFirst(dialog, 'Visit to copy', 'week murmansk');
    await fillDate(dialog, 'First day of the new visit', '2027-06-07');
    await dialog.getByRole('button', { name: 'Copy another visit' }).click();
    await page.getByText('Done: Plan a visit').waitFor();
    const made = await programme.group(again, 'visits { endsOn stops { title day } }');
    const stops = [{ title: 'A meeting', day: '2027-06-07' }];
    expect(made.visits).toEqual([{ endsOn: '2027-06-12', stops }]);
  });
});

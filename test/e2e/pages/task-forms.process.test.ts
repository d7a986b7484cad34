import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn, type Programme } from '../network/run-programme.js';
import { findAllBarriers } from './find-barriers.js';
import { chromiumPath, openBrowser, openPage, settled, signIn } from './open-browser.js';

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

  async function openAs({ organisation, role }: Asker) {
    const opened = await openPage(browser, new URL('/tasks', hub.hubUrl));
    await signIn(opened.page, organisation, role);
    await settled(opened.page);
    return opened;
  }

  async function readTasks(asker: Asker): Promise<Tree[]> {
    const query = '{ tasks(first: 1000) { nodes { kind subject isUncertain } } }';
    return (await hub.ask(query, {}, asker)).data.tasks.nodes as Tree[];
  }
  const has = async (asker: Asker, kind: string, subject: string): Promise<boolean> =>
    (await readTasks(asker)).some((task) => task.kind === kind && task.subject === subject);

  async function open(page: Page, what: string, subject: string) {
    await page.getByRole('button', { name: `Decide: ${what}, ${subject}`, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await settled(page);
    return dialog;
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
        const row = page.locator('tbody').getByRole('row').filter({ hasText: subject });
        await row.getByRole('button').last().click();
        await settled(page);
        const dialog = page.getByRole('dialog');
        await dialog.locator('button[type=submit]').waitFor();
        expect(await dialog.getByLabel(/version/i).count(), kind).toBe(0);
        for (const day of await dialog.locator('input[type=date]').all()) {
          const help = await day.evaluate(
            (input) =>
              document.getElementById(input.getAttribute('aria-describedby') ?? '')?.innerText,
          );
          const isPast = help?.includes('rule FUTURE') === true;
          expect(await day.getAttribute('max'), `${kind} ${help}`).toBe(isPast ? today : null);
          if (isPast) expect(await day.inputValue(), `${kind} ${help}`).toBe(today);
        }
        await dialog.getByRole('button', { name: 'Close' }).click();
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
    let dialog = await open(page, 'Replace the expert', assignment);
    expect(await findAllBarriers(page)).toEqual([]);
    await dialog.getByLabel('Expert', { exact: true }).selectOption({ index: 1 });
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
    dialog = await open(page, 'Replace the expert', assignment);
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
    const dialog = await open(opened.page, 'Replace the host', hosting);
    const hosts = dialog.getByLabel('Host countries');
    const chosen = () =>
      hosts.evaluate((list: HTMLSelectElement) =>
        [...list.selectedOptions].map(({ value }) => value),
      );
    expect((await chosen()).toSorted()).toEqual(['DK', 'NO', 'SE']);
    await hosts.selectOption(['DK', 'NO']);
    await dialog.getByRole('button', { name: 'Change the host countries' }).click();
    // A stop of the visit is in Sweden.
    await dialog.getByRole('alert').getByText('HOST_COUNTRY').waitFor();
    await hosts.selectOption(['DK', 'NO', 'SE', 'FI']);
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
    let dialog = await open(page, 'Plan a visit', group);
    await dialog.getByLabel('Title').fill('A week in Murmansk');
    await dialog.getByLabel('Host countries').selectOption('RU');
    await dialog.getByLabel('Starts on').fill('2027-05-03');
    await dialog.getByLabel('Ends on').fill('2027-05-08');
    await dialog.getByRole('button', { name: 'Plan' }).click();
    await page.getByText('Done: Plan a visit').waitFor();
    await settled(page);
    const { visits } = await programme.group(group, 'visits { id }');
    const [{ id: visit }] = visits as [Tree];
    dialog = await open(page, 'Plan a stop', visit);
    await dialog.getByLabel('Title').fill('A meeting');
    await dialog.getByLabel('Sector').selectOption('POLICE');
    expect(await dialog.getByLabel('Day', { exact: true }).inputValue()).toBe('2027-05-03');
    await dialog.getByRole('button', { name: 'Plan' }).click();
    await page.getByText('Done: Plan a stop').waitFor();

    const finland: Asker = { organisation: 'fi', role: 'coordinator' };
    await using other = await openAs(finland);
    dialog = await open(other.page, 'Nominate somebody', group);
    const officers = await dialog.getByLabel('Officer').locator('option').allTextContents();
    const names = officers.slice(1).map((text) => text.split(' (')[0] ?? '');
    expect(names.length).toBeGreaterThan(1);
    expect(names).toEqual(names.toSorted());
    await dialog.getByLabel('Officer').selectOption({ index: 1 });
    await dialog.getByRole('button', { name: 'Nominate' }).click();
    await other.page.getByText('Done: Nominate somebody').waitFor();
    expect(await has(finland, 'NOMINATE', group)).toBe(false);
    for (const kind of ['PLAN_VISIT', 'ADD_STOP'])
      for (const subject of [group, visit]) expect(await has(network, kind, subject)).toBe(false);

    dialog = await open(page, 'Plan a visit', again);
    await dialog.getByLabel('Copy another visit').check();
    await dialog.getByLabel('Visit', { exact: true }).selectOption({ value: visit });
    await dialog.getByLabel('Starts on').fill('2027-06-07');
    await dialog.getByRole('button', { name: 'Copy another visit' }).click();
    await page.getByText('Done: Plan a visit').waitFor();
    const copied = await programme.group(again, 'visits { endsOn stops { title day } }');
    const stops = [{ title: 'A meeting', day: '2027-06-07' }];
    expect(copied.visits).toEqual([{ endsOn: '2027-06-12', stops }]);
  });
});

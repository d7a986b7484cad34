import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { runIn, type Programme } from '../../network/run-programme.js';
import { isDone, press } from '../by-keyboard.js';
import { findAllBarriers } from '../find-barriers.js';
import { chooseFirst, chromiumPath, openBrowser, openPageAs } from '../open-browser.js';

const network: Asker = { organisation: 'nbnp', role: 'coordinator' };
const norway: Asker = { organisation: 'no', role: 'coordinator' };
const west = 'nbnp:demo-visit-5';

describe.skipIf(!chromiumPath && !process.env['CI'])('after a decision', () => {
  let hub: OpenNetwork;
  let programme: Programme;
  let browser: Browser;
  let expert: string;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
    programme = runIn(hub);
    const units = '{ policeUnits(filter: { country: "NO" }) { id } }';
    const [unit] = (await hub.ask(units, {}, norway)).data.policeUnits as Tree[];
    ({ id: expert } = await programme.done('no', 'registerExpert', {
      unit: unit?.id,
      name: 'Somebody Skilled',
      roles: ['EXPERT'],
      fields: ['POLICE'],
      languages: ['en'],
      isRehearsal: true,
    }));
  });
  afterAll(async () => {
    await hub?.[Symbol.asyncDispose]();
  });

  const openAs = (asker: Asker, path: string) =>
    openPageAs(browser, new URL(path, hub.hubUrl), asker);

  async function readWest(selection: string): Promise<Tree> {
    const { data } = await hub.ask(`{ visit(id: "${west}") { ${selection} } }`, {}, network);
    return data.visit as Tree;
  }

  it('a request for an expert is taken back from its outcome', async () => {
    const { experts: before } = await readWest('experts { id }');
    await using opened = await openAs(network, `/programme/visit?id=${encodeURIComponent(west)}`);
    const { page, faults } = opened;
    const main = page.getByRole('main');
    await press(page, 'link', 'Ask for an expert');
    await chooseFirst(main, 'Expert', 'Somebody');
    await chooseFirst(main, 'Role');
    await chooseFirst(main, 'Languages', 'English');
    await press(page, 'button', 'Ask for an expert');
    await isDone(page, 'The police force is asked to lend the expert.');
    // The focus is on the row that was added.
    const row = page.locator('tr.changed');
    expect(await row.innerText()).toContain('Somebody Skilled');
    expect(await row.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await findAllBarriers(page)).toEqual([]);
    await press(page, 'link', 'Undo');
    await press(page, 'button', 'Release the expert');
    await isDone(page, 'The expert is released.');
    expect(await readWest('experts { id }')).toEqual({ experts: before });
    expect(faults).toEqual([]);
  });

  it('the page leads back to the group, or to the tasks as they were filtered', async () => {
    const asked = { visit: west, expert, role: 'EXPERT', languages: ['en'] };
    await programme.done('nbnp', 'assignExpert', asked, 'id');
    const { group } = await readWest('group { id }');
    const groupPage = `/programme/group?id=${encodeURIComponent(group.id)}`;
    await using opened = await openAs(norway, groupPage);
    const { page, faults } = opened;
    await press(page, 'link', 'An expert’s police force has not decided on the loan.');
    // What came meanwhile does not make the page forget where its reader came from.
    await page.reload();
    await press(page, 'button', /^Lend/);
    await isDone(page, 'Done: Decide the loan of an expert');
    expect(page.url()).toContain(groupPage);
    await press(page, 'link', 'Undo');
    await page.getByLabel('Reason').fill('She is needed here.');
    await press(page, 'button', 'Take the expert back');
    await isDone(page, 'The expert is taken back.');
    expect(page.url()).toContain(groupPage);

    await page.goto(new URL('/tasks?kind=CONFIRM_STOP', hub.hubUrl).href);
    await press(page, 'link', /^Confirm a stop/);
    await chooseFirst(page.getByRole('main'), 'Police unit');
    await press(page, 'button', 'Confirm');
    await isDone(page, 'Done: Confirm a stop');
    expect(page.url()).toMatch(/\/tasks\?kind=CONFIRM_STOP$/);
    expect(faults).toEqual([]);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hang } from '../../network/hung-partner.js';
import type { Asker, Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { runIn, type Programme } from '../../network/run-programme.js';
import { focused, isDone, press } from '../by-keyboard.js';
import { findAllBarriers } from '../find-barriers.js';
import {
  chooseFirst,
  chromiumPath,
  fillDate,
  openBrowser,
  openPageAs,
  readDate,
  settled,
} from '../open-browser.js';

const network: Asker = { organisation: 'nbnp', role: 'coordinator' };
const liaison: Asker = { organisation: 'no', role: 'liaison' };
const west = 'nbnp:demo-visit-5';

describe.skipIf(!chromiumPath && !process.env['CI'])('decisions', () => {
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

  const openAs = (asker: Asker, path: string) =>
    openPageAs(browser, new URL(path, hub.hubUrl), asker);
  const onWest = (asker: Asker) => openAs(asker, `/programme/visit?id=${encodeURIComponent(west)}`);

  async function readWest(selection: string): Promise<Tree> {
    const { data } = await hub.ask(`{ visit(id: "${west}") { ${selection} } }`, {}, network);
    return data.visit as Tree;
  }

  it('are made on the visit by a liaison: she confirms a stop, and corrects the day', async () => {
    const stop = async (): Promise<Tree> =>
      (await readWest('stops { id title confirmed hostConfirmedOn }')).stops.find(
        ({ id }: Tree) => id === 'nbnp:demo-stop-5-2',
      );
    const { title } = await stop();
    await using opened = await onWest(liaison);
    const { page, faults } = opened;
    const today = await page.evaluate(() => new Date().toLocaleDateString('sv'));
    await press(page, 'link', `Confirm : ${title}`);
    const main = page.getByRole('main');
    await main.getByText('The network and the group see that the stop is confirmed').waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    await chooseFirst(main, 'Police unit');
    await press(page, 'button', 'Confirm the stop');
    await isDone(page, 'Done: Confirm a stop');
    expect(await stop()).toMatchObject({ confirmed: true, hostConfirmedOn: today });
    expect(await main.getByRole('link', { name: `Confirm : ${title}` }).count()).toBe(0);

    await press(page, 'link', `Correct the confirmation : ${title}`);
    await main.getByRole('heading', { name: 'Correct the confirmation' }).waitFor();
    expect(await main.locator('dl').innerText()).toContain('Date that is corrected');
    expect(await readDate(main.getByRole('group', { name: 'Confirmed on' }))).toBe(today);
    await fillDate(main, 'Confirmed on', '2026-11-28');
    await press(page, 'button', 'Correct the confirmation');
    await isDone(page, 'Done: Correct the confirmation');
    expect(await stop()).toMatchObject({ confirmed: true, hostConfirmedOn: '2026-11-28' });
    expect(faults).toEqual([]);
  });

  it('are made on the visit by a liaison: she offers, changes, confirms and withdraws a hosting', async () => {
    const offers = async (): Promise<Tree[]> =>
      (await readWest('hostings { id status transport unit { name } }')).hostings.filter(
        ({ id }: Tree) => id.startsWith('no:'),
      );
    const [{ unit }] = await offers();
    await using opened = await onWest(liaison);
    const { page, faults } = opened;
    await press(page, 'link', `Confirm : ${unit.name}`);
    const main = page.getByRole('main');
    expect(await main.getByLabel('Confirm', { exact: true }).isChecked()).toBe(true);
    await press(page, 'button', 'Confirm that you host');
    await isDone(page, 'Done: Confirm an offer to host');
    await press(page, 'link', `Change what is arranged : ${unit.name}`);
    await main.getByLabel('Transport').fill('A bus from the station');
    await press(page, 'button', /^Save/);
    await page.locator('.outcome').waitFor();
    expect(await offers()).toMatchObject([
      { status: 'CONFIRMED', transport: 'A bus from the station' },
    ]);
    // No task asks for it.
    await press(page, 'link', `Withdraw : ${unit.name}`);
    await main.getByText('You no longer host the visit.').waitFor();
    expect(await main.getByRole('radio').count()).toBe(0);
    await main.getByRole('heading', { name: 'Withdraw from hosting' }).waitFor();
    await press(page, 'button', 'Withdraw from hosting');
    await isDone(page, 'Done: Withdraw');
    expect(await offers()).toMatchObject([{ status: 'WITHDRAWN' }]);
    expect(await main.getByRole('link', { name: / : Oslo/ }).count()).toBe(0);
    await press(page, 'link', 'Offer to host');
    await chooseFirst(main, 'Police unit');
    await press(page, 'button', 'Offer to host');
    await isDone(page, 'Done: Offer to host a visit');
    expect((await offers()).map(({ status }) => status).toSorted()).toEqual([
      'OFFERED',
      'WITHDRAWN',
    ]);
    expect(faults).toEqual([]);
  });

  it('on a loan are made on the visit by the lender’s co-ordinator, and not by its liaison', async () => {
    const query = '{ policeUnits(filter: { country: "NO" }) { id } }';
    const [unit] = (await hub.ask(query, {}, liaison)).data.policeUnits as Tree[];
    const { id: expert } = await programme.done('no', 'registerExpert', {
      unit: unit?.id,
      name: 'Somebody Skilled',
      roles: ['EXPERT'],
      fields: ['POLICE'],
      languages: ['en'],
      isRehearsal: true,
    });
    const asked = { visit: west, expert, role: 'EXPERT', languages: ['en'] };
    const made = await programme.done('nbnp', 'assignExpert', asked, 'experts { id expertId }');
    const { id } = made.experts.find(({ expertId }: Tree) => expertId === expert);
    const refuse = { name: /^Refuse : / };
    await using other = await onWest(liaison);
    expect(await other.page.getByRole('link', refuse).count()).toBe(0);
    const address = new URLSearchParams({ kind: 'DECIDE_LOAN', visit: west, subject: id });
    await other.page.goto(new URL(`/tasks/decision?${address}`, hub.hubUrl).href);
    await other.page.getByText('The co-ordinators of this organisation do this').waitFor();
    expect(await other.page.locator('button[type=submit]').count()).toBe(0);

    await using opened = await onWest({ organisation: 'no', role: 'coordinator' });
    const { page, faults } = opened;
    await press(page, 'link', refuse.name);
    const main = page.getByRole('main');
    await main.getByLabel('Reason').fill('She is needed here.');
    await press(page, 'button', 'Refuse');
    await isDone(page, 'Done: Decide the loan of an expert');
    const { experts } = await readWest('experts { id status }');
    expect(experts).toContainEqual({ id, status: 'REFUSED' });
    expect(await page.getByRole('link', refuse).count()).toBe(0);
    // Somebody comes to it by an old address.
    await page.goto(new URL(`/tasks/decision?${address}`, hub.hubUrl).href);
    await page.getByText('This task is done, or it is not one').waitFor();
    expect(faults).toEqual([]);
    await programme.done('nbnp', 'releaseExpert', { assignment: id });
  });

  it('have no link on the visit for anybody else', async () => {
    for (const asker of [
      { organisation: 'is', role: 'liaison' },
      { organisation: 'no', role: 'analyst' },
      { organisation: 'nbnp', role: 'liaison' },
    ] as const) {
      await using opened = await onWest(asker);
      expect(await opened.page.locator('.doings').count(), asker.organisation).toBe(0);
    }
  });

  it('say that their task is done only when the whole list is there', async () => {
    const done = 'This task is done, or it is not one of your organisation.';
    const path = '/tasks/decision?id=nbnp:no-such-task';
    await using opened = await openAs(network, path);
    const { page } = opened;
    await page.getByText(done).waitFor();
    const hung = await hang(hub, 'no');
    try {
      await page.reload();
      // The hub may know already that it hangs: then nobody waits for it.
      await page.getByText(/(?:Waiting for|no response from) National police of Norway/).waitFor();
      expect(await page.getByText(done).count()).toBe(0);
    } finally {
      await hung[Symbol.asyncDispose]();
    }
    await page.reload();
    await settled(page);
    await page.getByText(/no response from National police of Norway/).waitFor();
    expect(await page.getByText(done).count()).toBe(0);
    await hub.start('no');
    await page.route('**/graphql', (route) => route.abort());
    await page.reload();
    await page.getByText('The hub cannot be reached').waitFor();
    expect(await page.getByText(done).count()).toBe(0);
  });

  it('offer an expert only the roles that her police force offers', async () => {
    const query = '{ experts(filter: { rehearsals: true }) { nodes { id name roles } } }';
    const { data } = await hub.ask(query, {}, network);
    const expert = (data.experts.nodes as Tree[]).find(({ roles }) => roles.length === 1) as Tree;
    await using opened = await openAs(network, `/programme/do?form=assignExpert&id=${west}`);
    const main = opened.page.getByRole('main');
    const roles = main.getByRole('group', { name: 'Role' });
    expect(await roles.getByRole('radio').count()).toBeGreaterThan(1);
    await chooseFirst(main, 'Expert', expert['name']);
    const offered = () =>
      roles
        .getByRole('radio')
        .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    await expect.poll(offered).toEqual(expert['roles']);
  });

  it('of a programme without sides lead to them first, and of a rehearsal to its offices', async () => {
    const office = { name: 'Office of the rehearsal', city: 'Narva', country: 'EE' };
    const stated = { kind: 'OFFICE', source: 'https://example.org/offices', on: '2026-11-01' };
    await programme.done('ncm', 'registerOffice', { ...office, ...stated, isRehearsal: true });
    await using opened = await openAs(network, '/programme');
    const { page, faults } = opened;
    const plan = {
      title: 'A programme without sides',
      startsOn: '2031',
      endsOn: '2032',
      targetGroups: ['POLICE'],
      sectorsToShow: ['POLICE'],
      workingLanguages: ['en'],
    };
    await programme.done('nbnp', 'createProgramme', plan);
    const main = page.getByRole('main');
    expect(await main.getByText(plan.title).count()).toBe(0);
    // The link to the page that one is on reads it again.
    await page.getByRole('banner').getByRole('link', { name: 'Programme' }).click();
    await main.getByRole('heading', { name: plan.title }).waitFor();
    await press(page, 'link', `Plan a group : ${plan.title}`);
    await main.getByText('this programme has fewer than two').waitFor();
    expect(await main.getByRole('button').count()).toBe(0);
    await press(page, 'link', 'Change the programme');
    const sides = main.getByRole('group', { name: 'Sides', exact: true });
    await sides.getByRole('button', { name: 'Add' }).press('Enter');
    await expect.poll(() => focused(page)).toContain('Name');
    await sides.getByText('More about it').click();
    // There are few offices: all that may be chosen are shown.
    const offices = sides.getByRole('group', { name: 'Offices that co-ordinate' });
    const ofRehearsal = offices.getByLabel(office.name);
    expect(await offices.getByRole('checkbox').count()).toBeGreaterThan(1);
    expect(await ofRehearsal.count()).toBe(0);
    await main.getByRole('group', { name: 'Is it a rehearsal?' }).getByLabel('Yes').check();
    await ofRehearsal.waitFor();
    expect(faults).toEqual([]);
  });
});

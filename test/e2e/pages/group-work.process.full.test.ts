// cspell:ignore Gintaras Žukauskas
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
  openPageAs,
  settled,
} from './open-browser.js';

const network: Asker = { organisation: 'nbnp', role: 'coordinator' };

describe.skipIf(!chromiumPath && !process.env['CI'])('work on a group from the pages', () => {
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

  it('decides on all nominees of a group in one list', async () => {
    await using opened = await openAs(network);
    const { page } = opened;
    await press(page, 'link', 'Demonstration group 2');
    await press(page, 'link', 'Decide on the nominees');
    await page.getByRole('heading', { level: 1, name: 'Nominees' }).waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    await press(page, 'button', 'Save the decisions');
    await page.getByRole('alert').getByText('Choose something').waitFor();
    expect(await focused(page)).toContain('Choose something');
    const people = page.locator('fieldset.person');
    expect(await people.count()).toBe(1);
    // Nothing that happened is later than today.
    await fillDate(page, 'Decided on', '2027-01-01');
    await people.first().getByLabel('Decision').selectOption('RESERVE');
    await press(page, 'button', 'Save the decisions');
    await page.locator('.field.mistaken').getByText('Choose today or an earlier day.').waitFor();
    expect(await people.first().getByLabel('Decision').inputValue()).toBe('RESERVE');
    await fillDate(page, 'Decided on', '2026-11-30');
    await press(page, 'button', 'Save the decisions');
    await isDone(page, 'Saved: 1 of 1.');
    await page.getByText('Nobody waits for your decision.').waitFor();
    // Each decision is undone by the name of the nominee, and the list follows.
    await press(page, 'link', /^Undo: \S+/);
    await press(page, 'button', 'Take the decision back');
    await isDone(page, 'The decision is taken back.');
    await page.getByRole('heading', { level: 1, name: 'Nominees' }).waitFor();
    await people.first().getByLabel('Decision').selectOption('RESERVE');
    await fillDate(page, 'Decided on', '2026-11-30');
    await press(page, 'button', 'Save the decisions');
    await isDone(page, 'Saved: 1 of 1.');
    const query = '{ group(id: "nbnp:demo-group-2") { officerNominations { status reserve } } }';
    const { officerNominations } = (await hub.ask(query, {}, network)).data.group;
    const pending = (officerNominations as Tree[]).filter(({ status }) => status === 'PENDING');
    expect(pending).toEqual([]);
    await press(page, 'link', 'Demonstration group 2');
    expect(await page.getByRole('link', { name: 'Decide on the nominees' }).count()).toBe(0);
  });

  it('records the formalities of its members in one matrix, and says what somebody else changed', async () => {
    const norway: Asker = { organisation: 'no', role: 'coordinator' };
    await using opened = await openAs(norway);
    const { page } = opened;
    await press(page, 'link', 'Demonstration group 2');
    await press(page, 'link', 'Record formalities');
    expect(await findAllBarriers(page)).toEqual([]);
    const query = `{ group(id: "nbnp:demo-group-2") { members { id name
      ... on Officer { formalities(group: "nbnp:demo-group-2") { kind status version } } } } }`;
    const readMembers = async () => {
      const members = (await hub.ask(query, {}, norway)).data.group.members as Tree[];
      return members.filter(({ id }) => String(id).startsWith('no:'));
    };
    const [first, ...others] = await readMembers();
    const { id: officer, name, formalities } = first as Tree;
    const visa = (formalities as Tree[]).find(({ kind }) => kind === 'VISA');
    const record = `mutation ($input: RecordOfficerFormalityInput!) {
      recordOfficerFormality(input: $input) { id } }`;
    const visaOf = { officer, group: 'nbnp:demo-group-2', kind: 'VISA', version: visa?.version };
    const input = { ...visaOf, on: '2026-11-30', status: 'REFUSED' };
    const { errors } = await hub.ask(record, { input }, norway);
    expect(errors).toBeUndefined();

    // What is chosen for everybody is chosen for each.
    const everybody = page.getByRole('group', { name: 'Everybody' });
    for (const select of await everybody.locator('select').all())
      await select.selectOption('RECEIVED');
    await press(page, 'button', 'Save the formalities');
    const all = (others.length + 1) * 5;
    await page.getByRole('heading', { name: `Saved: ${all - 1} of ${all}.` }).waitFor();
    const refused = page.getByRole('group', { name: String(name) });
    await refused.getByText('Visa: Somebody else changed this meanwhile.').waitFor();
    expect(await focused(page)).toContain('Visa');
    expect(await refused.getByLabel('Visa').inputValue()).toBe('RECEIVED');
    expect(await refused.getByLabel('Visa').innerText()).toContain('Refused');
    await press(page, 'button', 'Save the formalities');
    await isDone(page, 'Saved: 1 of 1.');
    for (const member of await readMembers())
      expect((member['formalities'] as Tree[]).map(({ status }) => status)).toEqual(
        Array.from({ length: 5 }, () => 'RECEIVED'),
      );
  });

  it('records a meeting and who came to it, and removes it again', async () => {
    await using opened = await openAs(network);
    const { page } = opened;
    const readMeetings = async () => {
      const query =
        '{ group(id: "nbnp:demo-group-2") { meetings { kind place attended missed } } }';
      return (await hub.ask(query, {}, network)).data.group.meetings as Tree[];
    };
    await press(page, 'link', 'Demonstration group 2');
    await press(page, 'link', 'Record the briefing');
    await page.getByText('Briefing, Demonstration group 2').waitFor();
    await page.getByLabel('Place').fill('Tallinn');
    await press(page, 'button', 'Save the meeting');
    await isDone(page, 'The meeting is saved.');
    await press(page, 'link', 'Who came');
    expect(await findAllBarriers(page)).toEqual([]);
    const everybody = page.getByRole('group', { name: 'Everybody' });
    await everybody.getByLabel('Who came').selectOption('CAME');
    const people = page.locator('fieldset.person');
    await people.last().getByLabel('Who came').selectOption('MISSED');
    await press(page, 'button', 'Save who came');
    await isDone(page, 'Saved: 11 of 11.');
    const briefing = { kind: 'BRIEFING', place: 'Tallinn' };
    expect(await readMeetings()).toEqual([{ ...briefing, attended: 10, missed: 1 }]);
    await press(page, 'link', 'Demonstration group 2');
    await press(page, 'link', 'Change : Briefing');
    await page.getByLabel('Place').fill('Narva');
    await press(page, 'button', 'Save the meeting');
    await isDone(page, 'The meeting is saved.');
    expect(await readMeetings()).toEqual([
      { ...briefing, place: 'Narva', attended: 10, missed: 1 },
    ]);
    await press(page, 'link', 'Remove : Briefing');
    await press(page, 'button', 'Remove the meeting');
    await isDone(page, 'The meeting is removed.');
    expect(await readMeetings()).toEqual([]);
  });

  it('takes a decision back, and lets a police force withdraw whom it proposed', async () => {
    const readStatus = async () => {
      const query = '{ group(id: "nbnp:demo-group-2") { officerNominations { id status } } }';
      const { officerNominations } = (await hub.ask(query, {}, network)).data.group;
      const ofLithuania = (officerNominations as Tree[]).filter(({ id }) =>
        String(id).startsWith('lt:'),
      );
      return ofLithuania.map(({ status }) => status).toSorted();
    };
    expect(await readStatus()).toEqual(['SELECTED', 'SELECTED']);
    await using opened = await openAs(network);
    await press(opened.page, 'link', 'Demonstration group 2');
    await press(opened.page, 'link', 'Nominees');
    await press(opened.page, 'link', 'Take the decision back : Gintaras Žukauskas');
    await opened.page.getByText('Gintaras Žukauskas, Demonstration group 2').waitFor();
    await press(opened.page, 'button', 'Take the decision back');
    await isDone(opened.page, 'The decision is taken back.');
    expect(await readStatus()).toEqual(['PENDING', 'SELECTED']);
    await using lithuanian = await openAs({ organisation: 'lt', role: 'coordinator' });
    const { page } = lithuanian;
    await press(page, 'link', 'Demonstration group 2');
    await press(page, 'link', 'Nominees');
    expect(await findAllBarriers(page)).toEqual([]);
    await press(page, 'link', 'Withdraw : Gintaras Žukauskas');
    await press(page, 'button', 'Withdraw the nomination');
    await isDone(page, 'The nomination is withdrawn.');
    expect(await readStatus()).toEqual(['SELECTED', 'WITHDRAWN']);
  });

  it('records an absence, and removes it again', async () => {
    await using opened = await openAs(network);
    const { page } = opened;
    const readAbsences = async () => {
      const query = '{ group(id: "nbnp:demo-group-1") { absences { reason } } }';
      return (await hub.ask(query, {}, network)).data.group.absences as Tree[];
    };
    const before = await readAbsences();
    await press(page, 'link', 'Demonstration group 1');
    await press(page, 'link', 'Record an absence');
    await chooseFirst(page, 'Member');
    await chooseFirst(page, 'Visit');
    await fillDate(page, 'Absent from', '2026-11-25');
    await chooseFirst(page, 'Reason');
    await press(page, 'button', 'Record the absence');
    await isDone(page, 'The absence is recorded.');
    expect(await readAbsences()).toHaveLength(before.length + 1);
    const absent = page.getByRole('rowheader').filter({ hasText: 'Absent: ' });
    await absent.getByRole('link', { name: 'Remove' }).last().press('Enter');
    await settled(page);
    await press(page, 'button', 'Remove the absence');
    await isDone(page, 'The absence is removed.');
    expect(await readAbsences()).toEqual(before);
  });

  it('sets how a police force is reached, corrects and removes it', async () => {
    const latvia: Asker = { organisation: 'lv', role: 'coordinator' };
    const group = '/programme/group?id=nbnp%3Ademo-group-2';
    await using opened = await openAs(latvia, group);
    const { page } = opened;
    const query =
      '{ policeUnit(id: "lv:police") { contactPoints { function mailbox telephone } } }';
    const readPoints = async () =>
      (await hub.ask(query, {}, latvia)).data.policeUnit.contactPoints as Tree[];
    const before = await readPoints();
    const open = async () => {
      await page.goto(new URL(group, hub.hubUrl).href);
      await settled(page);
      await press(page, 'link', 'State Police of Latvia');
      await settled(page);
    };
    await open();
    await press(page, 'link', 'Add a contact point');
    await page.getByLabel('Whose it is').fill('visitors');
    await page.getByLabel('Telephone').fill('7075000');
    await page.getByLabel('Source').fill('https://www.vp.gov.lv/');
    await press(page, 'button', 'Save the contact point');
    await page.locator('.mistaken').getByText('Telephone: this value cannot be used').waitFor();
    await page.getByLabel('Telephone').fill('+371 6707 5000');
    await press(page, 'button', 'Save the contact point');
    await isDone(page, 'The contact point is saved.');
    const visitors = { function: 'visitors', mailbox: null, telephone: '+371 6707 5000' };
    expect(await readPoints()).toEqual(expect.arrayContaining([visitors]));
    await open();
    await press(page, 'link', 'Change : visitors');
    await page.getByLabel('Whose it is').fill('desk for visitors');
    await press(page, 'button', 'Save the contact point');
    await isDone(page, 'The contact point is saved.');
    await open();
    await press(page, 'link', 'Remove : desk for visitors');
    await press(page, 'button', 'Remove the contact point');
    await isDone(page, 'The contact point is removed.');
    expect(await readPoints()).toEqual(before);
  });

  it('proposes another officer, and accepts her in the place of one who was released', async () => {
    const group = 'nbnp:demo-group-2';
    const denmark: Asker = { organisation: 'dk', role: 'coordinator' };
    const query = `{ group(id: "${group}") { officerNominations {
      id version decisionVersion status officer { id name } replaces { id } } } }`;
    const readDanish = async () => {
      const { officerNominations } = (await hub.ask(query, {}, network)).data.group;
      return (officerNominations as Tree[]).filter(({ id }) => String(id).startsWith('dk:'));
    };
    const before = await readDanish();
    const [{ id: nomination, version, decisionVersion, officer }] = before as [Tree];
    const release =
      'mutation ($input: DeclineOfficerInput!) { declineOfficer(input: $input) { id } }';
    const own = { group, nomination, officer: officer.id, version, decisionVersion };
    const input = { ...own, on: '2026-11-30', reason: 'She is ill.' };
    expect((await hub.ask(release, { input }, network)).errors).toBeUndefined();

    await using danish = await openAs(denmark);
    await press(danish.page, 'link', 'Demonstration group 2');
    await press(danish.page, 'link', 'Nominate somebody');
    const offered = await danish.page.getByRole('group', { name: 'Officer' }).innerText();
    for (const one of before) expect(offered).not.toContain(one['officer'].name);
    await chooseFirst(danish.page, 'Officer');
    await danish.page.getByLabel('Why this person').fill('She knows the shelters.');
    expect(await findAllBarriers(danish.page)).toEqual([]);
    await press(danish.page, 'button', 'Nominate');
    await isDone(danish.page, 'The person is nominated.');
    const pending = (await readDanish()).filter(({ status }) => status === 'PENDING');
    expect(pending).toHaveLength(1);
    const [{ id: second, officer: proposed }] = pending as [Tree];
    expect(offered).toContain(proposed.name);

    await using opened = await openAs(network);
    const { page, faults } = opened;
    await press(page, 'link', 'Demonstration group 2');
    await press(page, 'link', 'Decide on the nominees');
    await press(page, 'link', `Accept in somebody’s place : ${proposed.name}`);
    const places = page.getByRole('group', { name: 'Takes the place of' });
    await places.getByLabel(officer.name).check();
    expect(await findAllBarriers(page)).toEqual([]);
    await press(page, 'button', 'Accept');
    await isDone(page, 'The place is taken.');
    const taken = (await readDanish()).find(({ id }) => id === second);
    expect(taken).toMatchObject({ status: 'SELECTED', replaces: { id: nomination } });
    const row = page.getByRole('row', { name: proposed.name });
    expect(await row.innerText()).toContain(`Takes the place of: ${officer.name}`);
    expect(faults).toEqual([]);
  });

  it('calls members whose names are withheld by who sends them, and says how many came', async () => {
    const path = '/programme/attendance?id=nbnp%3Ademo-group-4&kind=BRIEFING';
    await using opened = await openAs({ organisation: 'nbnp', role: 'coordinator' }, path);
    const { page, faults } = opened;
    const main = page.getByRole('main');
    await main.getByText('Came: 12').waitFor();
    const danish = main.getByRole('group', { name: 'National police of Denmark (withheld)' });
    await danish.first().waitFor();
    expect(await main.getByText('whose name you may not read').count()).toBe(0);
    expect(await findAllBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { chromiumPath, openBrowser, openPage, settled, signIn } from './open-browser.js';

const secretariat: Asker = { organisation: 'nbnp', role: 'coordinator' };
/** The group of the demonstration’s next visit. */
const groupId = 'nbnp:demo-group-2';
const groupPath = `/programme/group?id=${encodeURIComponent(groupId)}`;

describe.skipIf(!chromiumPath && !process.env['CI'])('the pages of the programme', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });

  async function open(path: string, reader?: Asker) {
    const opened = await openPage(browser, new URL(path, network.hubUrl));
    if (reader) await signIn(opened.page, reader.organisation, reader.role);
    await settled(opened.page);
    return opened;
  }

  it('show the evaluation of a programme, and who has signed it', async () => {
    const query =
      '{ programmes { id evaluation { summary findings { title text } recommendations signOffs { organisation } } } }';
    const { data } = await network.ask(query, {}, secretariat);
    const evaluated = data.programmes.filter(({ evaluation }: Tree) => evaluation);
    expect(evaluated.length).toBeGreaterThan(0);
    for (const { id, evaluation } of evaluated) {
      await using opened = await open(`/programme/p?id=${encodeURIComponent(id)}`);
      const text = await opened.page.getByRole('main').innerText();
      expect(text).toContain('Complete: both have signed');
      expect(text.match(/: signed on /g)).toHaveLength(evaluation.signOffs.length);
      expect(text).toContain(evaluation.summary);
      for (const finding of evaluation.findings) {
        expect(text).toContain(finding.title);
        expect(text).toContain(finding.text);
      }
      for (const recommendation of evaluation.recommendations)
        expect(text).toContain(recommendation);
    }
  });

  it('name on the board whom warnings are about, to those who may know', async () => {
    const path = '/programme/p?id=nbnp%3Ademo-programme';
    const query = `{ group(id: "${groupId}") {
      warnings { code subject }
      visits { title experts { id expert { name } } }
    } }`;
    const { warnings, visits } = (await network.ask(query, {}, secretariat)).data.group;
    const { subject } = warnings.find(({ code }: Tree) => code === 'LOAN_REFUSED');
    const [{ title, experts }] = visits;
    const { expert } = experts.find(({ id }: Tree) => id === subject);
    await using own = await open(path, secretariat);
    const line = own.page.getByRole('listitem').filter({ hasText: 'police force refused' }).last();
    await line.getByText(expert.name).waitFor();
    await line.getByRole('link', { name: title }).waitFor();
    await using other = await open(path, { organisation: 'se', role: 'analyst' });
    await other.page.getByRole('link', { name: 'Demonstration group 2' }).waitFor();
    expect(await other.page.locator('main').innerText()).not.toContain(expert.name);
    expect([...own.faults, ...other.faults]).toEqual([]);
  });

  it('count the formalities of the whole group, and name the members whom the reader may know', async () => {
    const reader: Asker = { organisation: 'lv', role: 'coordinator' };
    const query = `{ group(id: "${groupId}") {
      warnings { code count }
      members { id name ... on Officer { formalities(group: "${groupId}") { status } } }
    } }`;
    const { warnings, members } = (await network.ask(query, {}, reader)).data.group;
    const { count } = warnings.find(({ code }: Tree) => code === 'FORMALITIES_OPEN');
    const [own, ...others] = members.filter(({ name }: Tree) => name !== null);
    expect(others).toEqual([]);
    // Each member has all five kinds.
    const settled = ['RECEIVED', 'NOT_NEEDED'];
    const openOfOwn =
      5 - own.formalities.filter(({ status }: Tree) => settled.includes(status)).length;
    expect(openOfOwn).toBeGreaterThan(0);
    expect(count).toBeGreaterThan(openOfOwn);
    await using group = await open(groupPath, reader);
    const line = group.page.locator('ul.warnings li').filter({ hasText: 'Open formalities' });
    const text = (await line.innerText()).replaceAll(/\s+/g, ' ');
    expect(text).toContain(`of the group before the departure: ${count}. among them: ${own.name}`);
  });

  it('show with a group how far the stops of its visit are', async () => {
    const query = `{ group(id: "${groupId}") { visits { title stops { status confirmed } } } }`;
    const [{ title, stops }] = (await network.ask(query, {}, secretariat)).data.group.visits;
    const waiting = stops.filter(
      ({ status, confirmed }: Tree) => status === 'PLANNED' && confirmed === false,
    );
    expect(waiting.length).toBeGreaterThan(0);
    await using group = await open(groupPath, secretariat);
    const card = group.page.locator('.visit-cards li').filter({ hasText: title });
    await card.getByText(`Unconfirmed: ${waiting.length}`).waitFor();
  });

  it('say that warnings are not complete while a police force is away', async () => {
    const warningsLack =
      'Some warnings may be missing. No response from National police of Estonia.';
    await network.stop('ee');
    try {
      await using group = await open(groupPath, secretariat);
      const last = group.page.locator('ul.warnings li').last();
      expect(await last.innerText()).toBe(warningsLack);
      await using board = await open('/programme', secretariat);
      const card = board.page
        .locator('.groups > li')
        .filter({ has: board.page.locator(`a[href="${groupPath}"]`) });
      expect(await card.locator('.warnings li').last().innerText()).toBe(warningsLack);
      // The lender is away, but its decision is not needed.
      await using visit = await open('/programme/visit?id=nbnp:demo-visit-5', secretariat);
      const release = { name: /^Release the expert ?: National police of Estonia, / };
      await visit.page.getByRole('link', release).first().waitFor();
    } finally {
      await network.start('ee');
    }
  });

  it('show who is accepted as a reserve', async () => {
    const query = `query ($id: ID!) { group(id: $id) {
      officerNominations { reserve declinedOn withdrawnOn officer { name } }
      delegateNominations(status: SELECTED) { reserve delegate { name } }
    } }`;
    const { data } = await network.ask(query, { id: groupId }, secretariat);
    const { officerNominations, delegateNominations } = data.group;
    const reserves = [
      ...officerNominations
        .filter((one: Tree) => one.reserve && !one.declinedOn && !one.withdrawnOn)
        .map(({ officer }: Tree) => officer.name),
      ...delegateNominations
        .filter(({ reserve }: Tree) => reserve)
        .map(({ delegate }: Tree) => delegate.name),
    ];
    expect(reserves.length).toBeGreaterThan(0);
    await using opened = await open(groupPath, secretariat);
    const { page } = opened;
    const rows = page.getByRole('region', { name: 'Members' }).getByRole('rowheader');
    const named = (await rows.allInnerTexts()).filter((text) => text.includes('reserve'));
    expect(named.map((text) => text.split('…')[0]?.trim())).toEqual(reserves);
    for (const name of reserves) expect(await rows.getByText(name).count()).toBe(1);
    expect(await page.locator('main').innerText()).not.toMatch(
      /\b(?:no|se|dk|fi|is|ee|lv|lt|ncm|nbnp):/,
    );
  });

  async function read(path: string): Promise<string> {
    await using opened = await open(path, secretariat);
    return await opened.page.locator('main').innerText();
  }

  it('show the visit of a cancelled group as cancelled, with the reason, and no more as one that comes', async () => {
    const { data } = await network.ask(
      '{ groups(first: 100) { nodes { id version cancelledOn visits { id title departedOn cancelledOn } } } }',
      {},
      secretariat,
    );
    const group = data.groups.nodes.find(
      ({ cancelledOn, visits }: Tree) =>
        !cancelledOn &&
        visits.length > 0 &&
        visits.every((visit: Tree) => !visit.departedOn && !visit.cancelledOn),
    );
    const [{ id: visit, title }] = group.visits;
    const visitPath = `/programme/visit?id=${encodeURIComponent(visit)}`;
    expect(await read('/programme')).toContain(title);
    expect(await read(visitPath)).not.toContain('Nobody can travel.');
    const { id, version } = group;
    const input = { group: id, version, on: '2026-11-20', reason: 'Nobody can travel.' };
    const cancelled = await network.ask(
      'mutation Cancel($input: CancelGroupInput!) { cancelGroup(input: $input) { state } }',
      { input },
      secretariat,
    );
    expect(cancelled.data).toEqual({ cancelGroup: { state: 'CANCELLED' } });
    expect(await read('/programme')).not.toContain(title);
    expect(await read(visitPath)).toContain('Nobody can travel.');
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { isDone } from './by-keyboard.js';
import { findAllBarriers } from './find-barriers.js';
import { chromiumPath, fillDate, openBrowser, openPageAs } from './open-browser.js';

const network = { organisation: 'nbnp', role: 'coordinator' } as const;
const visitId = 'nbnp:demo-visit-5';
const path = `/programme/visit?id=${encodeURIComponent(visitId)}`;

describe.skipIf(!chromiumPath && !process.env['CI'])('the form that moves a visit', () => {
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

  const openAs = (asker?: Asker) => openPageAs(browser, new URL(path, hub.hubUrl), asker);

  async function readVisit(): Promise<Tree> {
    const query = `query ($id: ID!) { visit(id: $id) {
      version startsOn endsOn
      stops { id confirmed }
      experts { status expert { name } }
      hostings { status unit { name } } } }`;
    return (await hub.ask(query, { id: visitId }, network)).data.visit as Tree;
  }
  const statusesOf = ({ experts, hostings }: Tree): string[] =>
    [...experts, ...hostings].map(({ status }: Tree) => status);

  async function fillDays(page: Page, startsOn: string, endsOn: string) {
    await fillDate(page, 'New first day', startsOn);
    await fillDate(page, 'New last day', endsOn);
  }
  const linkTo = (page: Page) => page.getByRole('link', { name: 'Move the visit' });

  it('is there for the network’s co-ordinator, and for nobody else', async () => {
    for (const [asker, number] of [
      [undefined, 0],
      [{ organisation: 'nbnp', role: 'liaison' }, 0],
      [{ organisation: 'no', role: 'coordinator' }, 0],
      [{ organisation: 'ncm', role: 'coordinator' }, 0],
      [network, 1],
    ] as const) {
      await using opened = await openAs(asker);
      expect(await linkTo(opened.page).count(), asker?.organisation ?? 'anonymous').toBe(number);
    }
  });

  it('says beforehand what it puts back, sends what was read, and says afterwards what it was', async () => {
    const before = await readVisit();
    expect(statusesOf(before)).toEqual(['LENT', 'OFFERED', 'CONFIRMED']);
    const [expert] = before.experts;
    const [offered, confirmed] = before.hostings.map(({ unit }: Tree) => unit.name);
    await using opened = await openAs(network);
    const { page, faults } = opened;
    await linkTo(page).click();
    const dialog = page.getByRole('dialog');
    expect(await findAllBarriers(page)).toEqual([]);

    await fillDays(page, before.startsOn, '2027-03-13');
    const note = dialog.getByRole('status');
    const told = await note.innerText();
    expect(told).toContain(
      `${expert.expert.name} (National police of Estonia): Lent → Not decided`,
    );
    expect(told).toContain(`${confirmed}: Confirmed → Offered, not confirmed`);
    expect(told).not.toContain(offered);
    expect(told).toContain('puts them back to what was asked');

    // Within the days, nobody has to agree again. Stops outside must be moved first.
    await fillDays(page, '2027-03-08', before.endsOn);
    await dialog.getByText('Nothing is put back').waitFor();
    await fillDays(page, '2027-04-08', '2027-04-10');
    await dialog.getByText('These stops are outside the new days').waitFor();
    expect(await readVisit()).toEqual(before);

    // Somebody else renames the visit meanwhile.
    const renamed = await hub.ask(
      'mutation ($input: ChangeVisitInput!) { changeVisit(input: $input) { version } }',
      { input: { visit: visitId, title: 'A visit to the west', version: before.version } },
      network,
    );
    expect(renamed.errors).toBeUndefined();
    await fillDays(page, before.startsOn, '2027-03-13');
    await dialog.getByRole('button', { name: 'Move the visit' }).click();
    await dialog.getByText('Somebody else changed this meanwhile').waitFor();
    await dialog.getByText('is now A visit to the west').waitFor();
    expect(statusesOf(await readVisit())).toEqual(statusesOf(before));

    await dialog.getByRole('button', { name: 'Move the visit' }).click();
    await dialog.waitFor({ state: 'detached' });
    await isDone(page, 'The visit is moved: 7–13 March 2027.');
    const done = await page.locator('.outcome').innerText();
    expect(done).toContain('Put back, and to be agreed again');
    for (const name of [expert.expert.name, confirmed]) expect(done).toContain(name);
    expect(done).not.toContain(offered);
    const after = await readVisit();
    expect(after).toMatchObject({ startsOn: before.startsOn, endsOn: '2027-03-13' });
    expect(statusesOf(after)).toEqual(['REQUESTED', 'OFFERED', 'OFFERED']);
    expect(after.stops).toEqual(before.stops);
    expect(faults).toEqual([]);
  });

  it('names whose consents are not known now', async () => {
    await hub.stop('se');
    try {
      await using opened = await openAs(network);
      const { page } = opened;
      await linkTo(page).click();
      await fillDays(page, '2027-03-07', '2027-03-14');
      const note = page.getByRole('dialog').getByRole('status');
      expect(await note.innerText()).toContain('National police of Sweden did not respond');
    } finally {
      await hub.start('se');
    }
  });
});

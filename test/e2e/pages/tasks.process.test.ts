import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import {
  chooseFirst,
  chromiumPath,
  fillDate,
  openBrowser,
  openPage,
  openPageAs,
  readDate,
  settled,
  signIn,
} from './open-browser.js';

const liaison: Asker = { organisation: 'no', role: 'liaison' };
const secretariat: Asker = { organisation: 'nbnp', role: 'coordinator' };

describe.skipIf(!chromiumPath && !process.env['CI'])('the page of tasks', () => {
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

  const at = (path: string) => new URL(path, network.hubUrl);

  async function readTasks(asker: Asker): Promise<Tree[]> {
    const query = '{ tasks(first: 1000) { nodes { id kind subject group { id } } } }';
    return (await network.ask(query, {}, asker)).data.tasks.nodes as Tree[];
  }

  async function readStop(id: string): Promise<Tree> {
    const query =
      'query ($id: ID!) { itineraryStop(id: $id) { id version title confirmed hostConfirmedVersion } }';
    return (await network.ask(query, { id }, secretariat)).data.itineraryStop as Tree;
  }

  /** What the police force of a nominee says of her. */
  async function readNominee(nomination: string): Promise<Tree> {
    const owner = { organisation: nomination.slice(0, 2), role: 'coordinator' } as const;
    const query = `query ($country: CountryCode) { officers(filter: { country: $country, rehearsals: true }) {
      nodes { name rank email unit { name } nominations { id } } } }`;
    const country = owner.organisation.toUpperCase();
    const { nodes } = (await network.ask(query, { country }, owner)).data.officers as Tree;
    return (nodes as Tree[]).find(({ nominations }) =>
      (nominations as Tree[]).some(({ id }) => id === nomination),
    ) as Tree;
  }

  /** Opens the page as somebody, and returns what a person can do there. */
  const openAs = (asker: Asker) => openPageAs(browser, at('/tasks'), asker);

  /** The link to the decision of a task. No id is shown, so it is found by its address. */
  const linkTo = (page: Page, id: string) =>
    page.locator(`tbody th a[href="/tasks/decision?id=${encodeURIComponent(id)}"]`);

  async function decide(page: Page, id: string) {
    await linkTo(page, id).click();
    await settled(page);
    return page.getByRole('main');
  }

  it('tells nobody anything without a sign-in', async () => {
    await using opened = await openPage(browser, at('/tasks'));
    await settled(opened.page);
    await opened.page.getByText('Sign in to see').waitFor();
    expect(await opened.page.getByRole('row').count()).toBe(0);
    await opened.page.setViewportSize({ width: 390, height: 844 });
    await opened.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await opened.page.getByRole('dialog').getByText('Sign in for a trial').first().waitFor();
    await opened.page.keyboard.press('Escape');
    await opened.page.getByRole('dialog').waitFor({ state: 'detached' });
    await opened.page.setViewportSize({ width: 1440, height: 900 });
  });

  it('says of a hub that does not respond that it waits, and shows what comes then', async () => {
    await using opened = await openPage(browser, at('/accessibility'));
    const { page } = opened;
    await signIn(page, secretariat.organisation, secretariat.role);
    let respond: () => void = () => undefined;
    const isFree = new Promise<void>((resolve) => (respond = resolve));
    await page.route('**/graphql', async (route) => {
      await isFree;
      await route.continue();
    });
    await page.goto(at('/tasks').href);
    const wait = page.getByText('The hub has not responded yet. This page is still waiting.');
    await wait.waitFor();
    respond();
    await wait.waitFor({ state: 'detached' });
    await page.getByText(/^Tasks: \d/).waitFor();
  });

  it('lists what the graph lists for the organisation, in its order, and nothing of others', async () => {
    for (const asker of [liaison, secretariat]) {
      await using opened = await openAs(asker);
      const tasks = await readTasks(asker);
      expect(tasks.length).toBeGreaterThan(0);
      const links = await opened.page
        .locator('tbody th a')
        .evaluateAll((found) => found.map((link) => link.getAttribute('href')));
      expect(links).toEqual(tasks.map(({ id }) => `/tasks/decision?id=${encodeURIComponent(id)}`));
      const shown = await opened.page.getByRole('main').innerText();
      expect(shown).not.toMatch(/\b[a-z]{2,4}:demo-/);
      expect(opened.faults).toEqual([]);
    }
  });

  it('shows those who may read what was changed what their organisation has done of late', async () => {
    await using nobody = await openAs(liaison);
    await nobody.page.getByText(/^Tasks: \d/).waitFor();
    expect(await nobody.page.getByText('Done in the last 30 days').count()).toBe(0);
    const [draft] = (
      await network.ask('{ programmes { id evaluation { version } } }', {}, secretariat)
    ).data.programmes.filter(({ id }: Tree) => id === 'nbnp:demo-programme');
    const input = {
      programme: draft.id,
      summary: 'It goes well.',
      version: draft.evaluation?.version ?? 0,
    };
    const { errors } = await network.ask(
      'mutation ($input: DraftEvaluationInput!) { draftEvaluation(input: $input) { version } }',
      { input },
      secretariat,
    );
    expect(errors).toBeUndefined();
    await using opened = await openAs(secretariat);
    const { page, faults } = opened;
    await page.getByRole('link', { name: 'Done in the last 30 days' }).click();
    await page.waitForURL('**/tasks/done');
    const done = page.getByRole('main').getByRole('listitem').filter({ hasText: 'evaluation' });
    await done.first().waitFor();
    expect(await done.first().innerText()).toContain('Nordic-Baltic Network of Policewomen');
    const text = await page.getByRole('main').innerText();
    expect(text).not.toMatch(/\b[a-z]{2,4}:demo-|may not read|No permission/);
    expect(await page.locator('.note').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('shows first and as overdue what is past a deadline, which the programme’s page states', async () => {
    const { source } = network.serverOf('nbnp');
    const state = (deadlines: object[]) =>
      source.query('UPDATE "programmes" SET "deadlines" = ?', [JSON.stringify(deadlines)]);
    await state([
      { kind: 'DECISION', days: 730 },
      { kind: 'REPORT', days: 1 },
    ]);
    await using opened = await openAs(secretariat);
    const first = opened.page.locator('tbody').getByRole('row').first();
    expect(await first.textContent()).toMatch(/^Decide a nomination.*, overdue/);
    const headings = opened.page.getByRole('main').getByRole('heading', { level: 2 });
    expect(await headings.first().innerText()).toBe('Overdue');
    await opened.page.getByRole('link', { name: 'Programme', exact: true }).click();
    await settled(opened.page);
    const said = 'Decisions: 730 days before the departure; Reports: 1 day after the return';
    await opened.page.getByText(said).first().waitFor();
    const overdue = opened.page.locator('.groups .overdue').first();
    // At once, not seconds later.
    expect(await overdue.evaluate((element) => getComputedStyle(element).visibility)).toBe(
      'visible',
    );
    await opened.page.getByRole('link', { name: 'Demonstration group 2' }).first().click();
    await opened.page.getByText('A deadline has passed. Still open: 1.').first().waitFor();
    expect(opened.faults).toEqual([]);
    await state([]);
  });

  it('shows the tasks of a kind and a group alone, at an address of their own', async () => {
    await using opened = await openAs(secretariat);
    const { page } = opened;
    const tasks = await readTasks(secretariat);
    const [{ kind, group }] = tasks.filter((task: Tree) => task.group !== null);
    const wanted = tasks.filter((task: Tree) => task.kind === kind && task.group?.id === group.id);
    expect(wanted.length).toBeLessThan(tasks.length);
    await page.getByLabel(/^Task/).selectOption(kind);
    await page.getByLabel(/^Group/).selectOption(group.id);
    await page.reload();
    await settled(page);
    expect(new URL(page.url()).searchParams.get('kind')).toBe(kind);
    expect(await page.locator('tbody tr').count()).toBe(wanted.length);
  });

  it('makes links for a calendar program and a feed reader, for those who have tasks', async () => {
    await using opened = await openAs(secretariat);
    const { page, faults } = opened;
    for (const [name, end, type] of [
      ['Make a calendar link', '.ics', 'text/calendar'],
      ['Make a feed link', '.atom', 'application/atom+xml'],
    ] as const) {
      await page.getByRole('button', { name }).click();
      const address = page.getByLabel('Your new link');
      await expect.poll(() => address.inputValue()).toContain(end);
      const response = await fetch(await address.inputValue());
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining(type),
      ]);
    }
    const links = page.locator('.calendar-links tbody th');
    expect((await links.allInnerTexts()).toSorted()).toEqual(['Calendar', 'Feed']);
    expect(faults).toEqual([]);
    await using other = await openAs({ organisation: 'nbnp', role: 'analyst' });
    expect(await other.page.getByRole('button', { name: 'Make a feed link' }).count()).toBe(0);
  });

  it('has stops and a hosting of the demonstration’s visit to Norway for its liaison', async () => {
    const tasks = await readTasks(liaison);
    const waiting = tasks.map(({ kind, subject }) => `${kind} ${subject}`);
    for (const task of [
      'CONFIRM_STOP nbnp:demo-stop-5-2',
      'CONFIRM_STOP nbnp:demo-stop-5-3',
      'CONFIRM_HOSTING no:demo-hosting-5',
    ])
      expect(waiting).toContain(task);
    expect(waiting).not.toContain('CONFIRM_STOP nbnp:demo-stop-5-1');
  });

  it('marks what may be done already while Norway’s server is down, and has no button for it', async () => {
    await network.stop('no');
    try {
      const query = '{ tasks(first: 1000) { nodes { id isUncertain } } }';
      const { data } = await network.ask(query, {}, liaison);
      const nodes = data.tasks.nodes as Tree[];
      expect(nodes.map(({ isUncertain }) => isUncertain)).toContain(true);
      await using opened = await openAs(liaison);
      for (const { id, isUncertain } of nodes)
        expect(await linkTo(opened.page, id).count()).toBe(isUncertain ? 0 : 1);
      const uncertain = nodes.filter(({ isUncertain }) => isUncertain);
      const said = opened.page.locator('tbody').getByText('its owner did not respond');
      expect(await said.count()).toBe(uncertain.length);
    } finally {
      await network.start('no');
    }
  });

  it('confirms a stop as Norway’s liaison, also after somebody else has changed it', async () => {
    const { id, subject } =
      (await readTasks(liaison)).find(({ kind }) => kind === 'CONFIRM_STOP') ?? {};
    await using opened = await openAs(liaison);
    const { page } = opened;
    const dialog = await decide(page, id);
    const { version, title } = await readStop(subject);
    await dialog.getByText(title).first().waitFor();
    await chooseFirst(dialog, 'Police unit');
    const changed = await network.ask(
      `mutation ($input: ChangeItineraryStopInput!) { changeItineraryStop(input: $input) { version } }`,
      { input: { stop: subject, title: 'A visit at another time', version } },
      secretariat,
    );
    expect(changed.errors).toBeUndefined();
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByText('Somebody else changed this meanwhile').waitFor();
    await dialog.getByText(`Title: was ${title}, is now A visit at another time`).waitFor();
    expect((await readStop(subject)).confirmed).toBe(false);
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Done: Confirm a stop').waitFor();
    expect(await readStop(subject)).toMatchObject({ confirmed: true });
    await settled(page);
    expect(await linkTo(page, id).count()).toBe(0);
    expect(opened.faults).toEqual([]);
  });

  it('shows the nominee, says which rule refuses, and keeps what was entered', async () => {
    const { id, subject } =
      (await readTasks(secretariat)).find(({ kind }) => kind === 'DECIDE_NOMINATION') ?? {};
    await using opened = await openAs(secretariat);
    const { page } = opened;
    const dialog = await decide(page, id);
    const nominee = await readNominee(subject);
    for (const words of [nominee.name, nominee.rank, nominee.email, nominee.unit.name])
      await dialog.getByText(String(words), { exact: true }).waitFor();
    // Nothing is read of the other nominees, who are decided.
    expect(await dialog.getByText('You may not read this').count()).toBe(0);
    // Nothing about a person is chosen in advance, and one question has all answers.
    const choose = () => dialog.getByLabel('Accept', { exact: true }).check();
    expect(await dialog.getByRole('radio').count()).toBe(3);
    expect(await dialog.getByRole('radio', { checked: true }).count()).toBe(0);
    expect(await dialog.getByRole('button').count()).toBe(0);
    await dialog.getByLabel('Accept as a reserve').check();
    await dialog.getByText('becomes a reserve of the group').waitFor();
    await choose();
    await dialog.getByText('becomes a member of the group').waitFor();
    expect(await dialog.getByText('reserve of the group').count()).toBe(0);
    // Before the nomination was made.
    const date = dialog.getByRole('group', { name: 'Decided on' });
    const mistaken = dialog.locator('.mistaken');
    await fillDate(dialog, 'Decided on', '2001-02-31');
    await dialog.getByRole('button', { name: 'Accept' }).click();
    await mistaken.getByText('Decided on: write a real date as day, month and year.').waitFor();
    await fillDate(dialog, 'Decided on', '2001-01-01');
    await dialog.getByRole('button', { name: 'Accept' }).click();
    await mistaken.getByText('Choose a day within the years').waitFor();
    // The field gets the focus after it is drawn.
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name'));
    await expect.poll(focused).toBe('on-day');
    expect(await readDate(date)).toBe('2001-01-01');
    // What was typed stays while the reader looks elsewhere.
    await page.goBack();
    await settled(page);
    await decide(page, id);
    await choose();
    expect(await readDate(date)).toBe('2001-01-01');
  });

  it('names a partner whose tasks are missing', async () => {
    await network.stop('no');
    try {
      await using opened = await openAs(secretariat);
      await opened.page
        .getByText(/Incomplete: no response from National police of Norway/)
        .waitFor();
    } finally {
      await network.start('no');
    }
  });
});

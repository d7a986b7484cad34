import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { isDone, press } from './by-keyboard.js';
import { findAllBarriers } from './find-barriers.js';
import { chooseFirst, chromiumPath, openBrowser, openPageAs } from './open-browser.js';

const network: Asker = { organisation: 'nbnp', role: 'coordinator' };
const source = 'https://norden.example/news/1';
const fillSource = (page: Page) => page.getByLabel(/^Source/).fill(source);
const idOf = (url: string) => new URL(url).searchParams.get('id') ?? '';

describe.skipIf(!chromiumPath && !process.env['CI'])('what is known, from the pages', () => {
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
  const openAs = (asker: Asker, path: string) =>
    openPageAs(browser, new URL(path, hub.hubUrl), asker);
  const readEvent = async (id: string, fields: string) =>
    (await hub.ask(`query ($id: ID!) { event(id: $id) { ${fields} } }`, { id }, network)).data
      .event;

  it('records an event, what it led to, what a source states of it, and a page about it', async () => {
    await using opened = await openAs(network, '/network/directory?list=events');
    const { page, faults } = opened;
    await press(page, 'link', 'Record an event');
    await page.getByLabel('Title').fill('Seminar on shelters');
    await chooseFirst(page, 'Organisers', 'Nordic Council');
    await chooseFirst(page, 'Kind', 'seminar');
    await press(page, 'button', 'Record the event');
    await isDone(page, 'The event is recorded.');
    await press(page, 'link', 'Record an outcome');
    await chooseFirst(page, 'Kind');
    await page.getByLabel('Title').fill('Shelters share their rules.');
    await fillSource(page);
    await press(page, 'button', 'Record the outcome');
    await isDone(page, 'The outcome is recorded.');
    await press(page, 'link', 'Record a statement');
    await chooseFirst(page, 'Kind', 'need');
    await page.getByLabel('Text').fill('Shelters need interpreters.');
    await fillSource(page);
    await press(page, 'button', 'Record the statement');
    await isDone(page, 'The statement is recorded.');
    await press(page, 'link', 'Add a page about it');
    await page.getByLabel('Address of the page').fill('https://norden.example/shelters');
    await press(page, 'button', 'Add the page');
    await isDone(page, 'The page is added.');
    await press(page, 'link', /^Correct the statement/);
    await page.getByLabel('Text').fill('Shelters need more interpreters.');
    await fillSource(page);
    await press(page, 'button', 'Save the correction');
    await isDone(page, 'The statement is corrected.');
    await press(page, 'link', /^Correct the link/);
    await page.getByLabel('What the page is').fill('The shelters');
    await press(page, 'button', 'Save the correction');
    await isDone(page, 'The link is corrected.');
    const id = idOf(page.url());
    const fields = 'title outcomes { title source } statements { text source } links { url label }';
    expect(await readEvent(id, fields)).toEqual({
      title: 'Seminar on shelters',
      outcomes: [{ title: 'Shelters share their rules.', source }],
      statements: [{ text: 'Shelters need more interpreters.', source }],
      links: [{ url: 'https://norden.example/shelters', label: 'The shelters' }],
    });
    expect(await findAllBarriers(page)).toEqual([]);
    await press(page, 'link', 'Correct the event');
    await page.getByLabel('City').fill('Oslo');
    const roles = page.getByRole('group', { name: 'Roles', exact: true });
    await roles.getByRole('button', { name: /^Add/ }).click();
    await chooseFirst(roles.getByRole('group', { name: 'Roles 2' }), 'Body', 'Angel Coalition');
    await chooseFirst(roles.getByRole('group', { name: 'Roles 2' }), 'Role', 'partner');
    await press(page, 'button', 'Save the correction');
    await isDone(page, 'The event is corrected.');
    await press(page, 'link', /^Remove the role.*Angel Coalition/);
    await page.getByText('no longer has this role').waitFor();
    await press(page, 'button', 'Remove the role');
    await isDone(page, 'The role is removed.');
    await press(page, 'link', /^Correct the outcome/);
    await page.getByLabel('Title').fill('Shelters share all their rules.');
    await fillSource(page);
    await press(page, 'button', 'Save the correction');
    await isDone(page, 'The outcome is corrected.');
    const {
      city,
      roles: left,
      outcomes,
    } = await readEvent(id, 'city roles { role } outcomes { title }');
    expect([city, left, outcomes[0].title]).toEqual([
      'Oslo',
      [{ role: 'ORGANISER' }],
      'Shelters share all their rules.',
    ]);
    for (const what of ['outcome', 'statement', 'link']) {
      await press(page, 'link', new RegExp(`^Remove the ${what}`));
      await page.getByText(/^Co-ordinators and auditors of every organisation read it/).waitFor();
      await page.getByLabel('Reason').fill('A trial.');
      await press(page, 'button', `Remove the ${what}`);
      await isDone(page, `The ${what} is removed.`);
    }
    await press(page, 'link', 'Remove the event');
    await page.getByLabel('Reason').fill('A trial.');
    await press(page, 'button', 'Remove the event');
    await isDone(page, 'The event is removed.');
    expect(faults).toEqual([]);
  });

  it('keeps a body that closed since in a form that no longer offers it', async () => {
    const { data, errors } = await hub.ask(
      'mutation ($input: RecordEventInput!) { recordEvent(input: $input) { id } }',
      {
        input: {
          title: 'A conference of before',
          kind: 'SEMINAR',
          startsOn: '2012-05-10',
          country: 'EE',
          organisers: ['ncm:led'],
          source,
        },
      },
      network,
    );
    expect(errors).toBeUndefined();
    const { id } = data.recordEvent;
    await using opened = await openAs(network, `/network/event?id=${encodeURIComponent(id)}`);
    const { page, faults } = opened;
    await press(page, 'link', 'Correct the event');
    const body = page.getByRole('group', { name: 'Roles 1' }).getByLabel('Body');
    expect(await body.inputValue()).toBe('as recorded (closed, or not available now)');
    await body.focus();
    await page.keyboard.press('Tab');
    await page.getByLabel('City').fill('Oslo');
    await fillSource(page);
    await press(page, 'button', 'Save the correction');
    await isDone(page, 'The event is corrected.');
    expect(await readEvent(id, 'city roles { role party { id } }')).toEqual({
      city: 'Oslo',
      roles: [{ role: 'ORGANISER', party: { id: 'ncm:led' } }],
    });
    expect(faults).toEqual([]);
  });

  it('lets an organiser correct its own event, and nobody else', async () => {
    const norway: Asker = { organisation: 'no', role: 'coordinator' };
    await using opened = await openAs(norway, '/network/directory?list=events');
    const { page } = opened;
    await press(page, 'link', 'Record an event');
    await page.getByLabel('Title').fill('Open day of the Norwegian police');
    await chooseFirst(page, 'Kind', 'meeting');
    await chooseFirst(page, 'Organisers', 'Angel Coalition');
    await press(page, 'button', 'Record the event');
    await page.getByRole('alert').getByText('You may not').waitFor();
    await chooseFirst(page, 'Organisers', 'Norwegian Police');
    await press(page, 'button', 'Record the event');
    await isDone(page, 'The event is recorded.');
    expect(await page.getByRole('link', { name: 'Record an outcome' }).count()).toBe(1);
    // What sources state is for the network.
    expect(await page.getByRole('link', { name: 'Record a statement' }).count()).toBe(0);
    await using other = await openAs({ organisation: 'se', role: 'coordinator' }, page.url());
    expect(await other.page.getByRole('main').locator('.doings').count()).toBe(0);
  });

  it('records what is stated of an organisation and of the field, and a page', async () => {
    const path = '/network/body?id=nbnp%3Anordic-council';
    await using opened = await openAs(network, path);
    const { page } = opened;
    const state = async (text: string) => {
      await press(page, 'link', 'Record a statement');
      await chooseFirst(page, 'Kind', 'priority');
      await page.getByLabel('Text').fill(text);
      await fillSource(page);
      await press(page, 'button', 'Record the statement');
      await isDone(page, 'The statement is recorded.');
    };
    await state('The Council asks for shelters.');
    expect(page.url()).toContain(path);
    await press(page, 'link', 'Add a page about it');
    await page.getByLabel('Address of the page').fill('https://norden.example/council');
    await press(page, 'button', 'Add the page');
    await isDone(page, 'The page is added.');
    await press(page, 'link', /^Correct the link/);
    const address = page.getByLabel('Address of the page');
    expect(await address.inputValue()).toBe('https://norden.example/council');
    await address.fill('https://norden.example/the-council');
    await press(page, 'button', 'Save the correction');
    await isDone(page, 'The link is corrected.');
    await press(page, 'link', /^Remove the link.*the-council/);
    await page.getByLabel('Reason').fill('A trial.');
    await press(page, 'button', 'Remove the link');
    await isDone(page, 'The link is removed.');
    await page.goto(new URL('/network/directory?list=statements', hub.hubUrl).href);
    await state('Victims need interpreters.');
    await page.getByLabel('Search by name').fill('victims need');
    await page.getByText('Found: 1').waitFor();
    await page.getByText('about the field as a whole').waitFor();
  });
});

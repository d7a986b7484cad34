// cspell:ignore cour
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { isDone, press } from '../by-keyboard.js';
import { button, write } from '../explorer-page.js';
import { findAllBarriers } from '../find-barriers.js';
import {
  chooseFirst,
  chromiumPath,
  fillDate,
  openBrowser,
  openMenu,
  openPageAs,
  settled,
} from '../open-browser.js';

const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };
const liaison: Asker = { organisation: 'no', role: 'liaison' };
const group = `id=${encodeURIComponent('nbnp:demo-group-4')}`;
const visit = `id=${encodeURIComponent('nbnp:demo-visit-5')}`;

describe.skipIf(!chromiumPath && !process.env['CI'])(
  'what opens on a page, in both colours',
  () => {
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
    const openAs = (asker: Asker | undefined, path: string) => openPageAs(browser, at(path), asker);

    /** Looks at a state as it is now, and goes back to a wide window in light colours. */
    async function look(page: Page, state: string): Promise<void> {
      await settled(page);
      expect(await findAllBarriers(page), state).toEqual([]);
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.emulateMedia({ colorScheme: 'light' });
    }

    /** Opens all that can be unfolded in the page, one within the other too. */
    async function unfold(page: Page): Promise<number> {
      const closed = page.locator('main details:not([open]) > summary');
      let count = 0;
      for (; (await closed.count()) > 0; count += 1) await closed.first().click();
      return count;
    }

    it('of the frame: keys, sign-in, the menu of a phone, no page, a page that does not come', async () => {
      await using opened = await openAs(undefined, '/');
      const { page } = opened;
      const dialog = page.getByRole('dialog');
      await page.keyboard.press('?');
      await dialog.waitFor();
      await look(page, 'keys');
      await page.keyboard.press('Escape');
      await page.locator('header').getByRole('button', { name: 'Sign in' }).click();
      await dialog.waitFor();
      await look(page, 'sign-in');
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 320, height: 900 });
      await openMenu(page);
      await look(page, 'menu');
      await page.goto(at('/no-such-page').href);
      await look(page, 'no page');
      await page.goto(at('/').href);
      await page.route('**/*.js', (route) => route.fulfill({ status: 404 }));
      await page.getByRole('banner').getByRole('link', { name: 'Tasks' }).click();
      await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
      await look(page, 'a page that does not come');
    });

    it('of a form: what is missing, what it offers, a conflict, the outcome, another sign-in', async () => {
      await using opened = await openAs(
        coordinator,
        `/programme/do?form=addItineraryStop&${visit}`,
      );
      const { page } = opened;
      await press(page, 'button', 'Plan the stop');
      await page.locator('.mistakes').waitFor();
      await look(page, 'mistakes');
      await page.getByRole('combobox', { name: 'Sector' }).fill('cour');
      await page.getByRole('main').getByRole('option').first().waitFor();
      await look(page, 'options');

      await page.goto(at(`/programme/do?form=changeVisit&${visit}`).href);
      await settled(page);
      const query = '{ visit(id: "nbnp:demo-visit-5") { version } }';
      const { version } = (await network.ask(query, {}, coordinator)).data.visit as Tree;
      const changed = await network.ask(
        'mutation ($input: ChangeVisitInput!) { changeVisit(input: $input) { id } }',
        { input: { visit: 'nbnp:demo-visit-5', version, title: 'Another title' } },
        coordinator,
      );
      expect(changed.errors).toBeUndefined();
      await page.getByLabel('Title').fill('A third title');
      await page.getByRole('main').locator('button[type=submit]').press('Enter');
      await page.locator('.versions', { hasText: 'Another title' }).waitFor();
      await look(page, 'conflict');
      await page.getByRole('main').locator('button[type=submit]').press('Enter');
      await page.locator('.outcome').waitFor();
      await look(page, 'outcome');

      await press(page, 'link', 'Move the visit');
      await page.getByRole('dialog').waitFor();
      await fillDate(page.getByRole('dialog'), 'New last day', '2027-03-13');
      await look(page, 'what a move does');
      await page.context().clearCookies();
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
      // What was sent waits for the reader.
      expect(await findAllBarriers(page), 'sign in again').toEqual([]);
    });

    it('of a decision: all that it shows, and its outcome', async () => {
      await using opened = await openAs(liaison, `/programme/visit?${visit}`);
      const { page } = opened;
      await look(page, 'visit');
      await page
        .getByRole('link', { name: /^Confirm : / })
        .first()
        .press('Enter');
      await settled(page);
      await look(page, 'decision');
      await chooseFirst(page.getByRole('main'), 'Police unit');
      await press(page, 'button', 'Confirm');
      await isDone(page, 'Done: Confirm');
      await look(page, 'its outcome');
    });

    it('of a group and of a list of work', async () => {
      await using opened = await openAs(coordinator, `/programme/group?${group}`);
      const { page } = opened;
      expect(await unfold(page)).toBeGreaterThan(0);
      await look(page, 'group');
      for (const path of [
        `/programme/formalities?${group.replace('id=', 'group=')}`,
        `/programme/nominees?${group.replace('id=', 'group=')}`,
        '/tasks',
        '/search?q=nordic',
      ]) {
        await page.goto(at(path).href);
        await settled(page);
        await unfold(page);
        await look(page, path);
      }
    });

    it.each(['drawing', 'map', 'contacts', 'parties', 'occasions', 'centralities'])(
      'of the network: its panel, details and paths beside %s',
      async (view) => {
        const address = new URLSearchParams({
          view,
          panel: 'open',
          pathFrom: 'dk:nec',
          pathTo: 'nbnp:ncm',
          party: 'nbnp:ncm',
        });
        await using opened = await openAs(liaison, `/network?${address}`);
        const { page } = opened;
        await page.locator('.paths li').first().waitFor();
        await page.locator('.network-details').waitFor();
        await look(page, view);
      },
    );

    it('of the explorer: each panel, what is wrong in an operation, and a result', async () => {
      await using opened = await openAs(undefined, '/explorer');
      const { page } = opened;
      for (const panel of ['Fields', 'Docs', 'History', 'Help', 'Examples']) {
        const toggle = button(page, panel);
        if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
        await look(page, panel);
      }
      await write(page, '{ nothing }');
      await button(page, 'Run').click();
      await page.getByText('Cannot query field').first().waitFor();
      await look(page, 'an error');
      await write(page, '{ offices { name city } }');
      await button(page, 'Run').click();
      await page.getByText(/^[\d.,]+ ms · Request/).waitFor();
      await unfold(page);
      await look(page, 'a result');
    });

    it('of the record: what was found, and what was not', async () => {
      await using opened = await openAs({ organisation: 'ncm', role: 'auditor' }, '/record');
      const { page } = opened;
      for (const part of ['readings', 'changes', 'keeping', 'proof', 'done']) {
        await page.goto(at(`/record?part=${part}&owner=ncm`).href);
        await settled(page);
        await unfold(page);
        await look(page, part);
      }
      await page.goto(at('/record?part=readings&by=is&from=2020-01-01&to=2020-01-02').href);
      await look(page, 'nothing found');
    });

    it('of the journey: all that it keeps folded', async () => {
      const person = 'dk:demo-officer-3';
      await using opened = await openPageAs(browser, at('/my-journey'), {
        organisation: 'dk',
        role: 'participant',
        person,
      });
      const { page } = opened;
      expect(await unfold(page)).toBeGreaterThan(0);
      await page.getByRole('button', { name: 'Show on a map' }).first().click();
      await look(page, 'journey');
    });
  },
);

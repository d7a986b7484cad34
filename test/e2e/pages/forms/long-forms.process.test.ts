// cspell:ignore engl norw latv Tavrichesky
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { isDone, press } from '../by-keyboard.js';
import { findAllBarriers } from '../find-barriers.js';
import { chooseFirst, chromiumPath, openBrowser, openPageAs, settled } from '../open-browser.js';

const network: Asker = { organisation: 'nbnp', role: 'coordinator' };

describe.skipIf(!chromiumPath && !process.env['CI'])(
  'long forms, and what stands beside them',
  () => {
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

    it('plans a programme whose journeys go between the sides that are typed above', async () => {
      await using opened = await openAs(network, '/programme/do?form=createProgramme');
      const { page, faults } = opened;
      const main = page.getByRole('main');
      const steps = page.getByRole('navigation', { name: 'Steps' });
      await steps.getByText('still to fill in: 5').waitFor();
      expect(await findAllBarriers(page)).toEqual([]);
      await main.getByLabel('Title').fill('Across the river');
      for (const [label, year] of [
        ['Begins', '2031'],
        ['Ends', '2032'],
      ] as const)
        await main.getByRole('group', { name: label }).getByLabel('Year').fill(year);
      await main.getByRole('group', { name: 'Who may travel' }).getByLabel('Police').check();
      await chooseFirst(main, 'Working languages', 'engl');
      await steps.getByText('✓ complete').first().waitFor();
      await main.getByRole('group', { name: 'Sectors to show' }).getByLabel('Police').check();
      const countries = [
        ['Sides 1', 'North', 'norw'],
        ['Sides 2', 'South', 'latv'],
      ] as const;
      for (const [item, name, country] of countries) {
        const side = main.getByRole('group', { name: item });
        await side.getByLabel('Name of the side').fill(name);
        await chooseFirst(side, 'Countries', country);
      }
      await press(page, 'button', 'Add a journey');
      const journey = main.getByRole('group', { name: 'Planned journeys 1' });
      await journey.getByRole('group', { name: 'From the side' }).getByLabel('North').check();
      await journey.getByRole('group', { name: 'To the side' }).getByLabel('South').check();
      // With another name, it stays the same side.
      await main
        .getByRole('group', { name: 'Sides 1' })
        .getByLabel('Name of the side')
        .fill('Upper');
      const from = journey.getByRole('group', { name: 'From the side' });
      expect(await from.getByLabel('Upper').isChecked()).toBe(true);
      expect(await from.getByLabel('North').count()).toBe(0);
      await journey.getByLabel('Destination').fill('Latvia');
      await journey.getByLabel('Weeks').fill('1');
      await press(page, 'button', 'Plan the programme');
      await isDone(page, 'The programme is planned.');
      const query = '{ programmes { title plannedJourneys { from { name } to { name } weeks } } }';
      const { data } = await hub.ask(query, {}, network);
      expect((data.programmes as Tree[]).find(({ title }) => title === 'Across the river')).toEqual(
        {
          title: 'Across the river',
          plannedJourneys: [{ from: { name: 'Upper' }, to: { name: 'South' }, weeks: 1 }],
        },
      );
      expect(faults).toEqual([]);
    });

    it('says beside a form what stands, and what a cancelled visit affects', async () => {
      const about = `id=${encodeURIComponent('nbnp:demo-visit-2')}`;
      await using opened = await openAs(network, `/programme/do?form=cancelVisit&${about}`);
      const { page, faults } = opened;
      const affected = page.getByRole('complementary', { name: 'What this affects' });
      await affected.getByText('Confirmed: 2').waitFor();
      expect(await findAllBarriers(page)).toEqual([]);
      // Where there is no room for it beside the form, the itinerary is folded.
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(new URL(`/programme/do?form=addItineraryStop&${about}`, hub.hubUrl).href);
      await settled(page);
      const stands = page.getByRole('complementary', { name: 'What stands now' });
      await stands.getByText('Tavrichesky Palace').waitFor();
      // One line is enough.
      expect(await page.getByRole('main').locator('textarea').count()).toBe(1);
      expect(faults).toEqual([]);
    });
  },
);

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { focused, isDone, press } from '../by-keyboard.js';
import { findAllBarriers } from '../find-barriers.js';
import { phone } from '../journeys/on-phone.js';
import { chromiumPath, openBrowser, openPageAs, settled } from '../open-browser.js';

const network: Asker = { organisation: 'nbnp', role: 'coordinator' };
const her = { organisation: 'dk', role: 'participant', person: 'dk:demo-officer-3' } as const;
const visit = 'nbnp:demo-visit-5';

describe.skipIf(!chromiumPath && !process.env['CI'])(
  'a record that two people change at once',
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
    const openAs = (asker: typeof her | Asker, path: string) =>
      openPageAs(browser, new URL(path, hub.hubUrl), asker);

    it('shows both versions of each field in a form, and takes the one that is chosen', async () => {
      const path = `/programme/do?form=changeVisit&id=${encodeURIComponent(visit)}`;
      await using one = await openAs(network, path);
      await using other = await openAs(network, path);
      for (const [{ page }, title, information] of [
        [one, 'The first title', 'Bring boots.'],
        [other, 'The second title', 'Bring sandals.'],
      ] as const) {
        await page.getByLabel('Title').fill(title);
        await page.getByLabel('Practical information').fill(information);
      }
      await press(one.page, 'button', 'Save the change');
      await isDone(one.page, 'The visit is changed.');
      const { page, faults } = other;
      await press(page, 'button', 'Save the change');
      const ofTitle = page.locator('.versions', { hasText: 'Title' });
      expect((await ofTitle.innerText()).split(/\n+/)).toEqual([
        'Title',
        'Saved meanwhile',
        'The first title',
        'In your form',
        'The second title',
        'Use what was saved',
        ': Title',
      ]);
      expect(await findAllBarriers(page)).toEqual([]);
      await press(page, 'button', /^Use what was saved.*Practical information/);
      const information = page.getByLabel('Practical information');
      await expect.poll(() => information.inputValue()).toBe('Bring boots.');
      expect(await focused(page)).toContain('Practical information');
      expect(await page.getByLabel('Title').inputValue()).toBe('The second title');
      await press(page, 'button', 'Save the change');
      await isDone(page, 'The visit is changed.');
      const query = `{ visit(id: "${visit}") { title practicalInformation } }`;
      expect((await hub.ask(query, {}, network)).data.visit).toEqual({
        title: 'The second title',
        practicalInformation: 'Bring boots.',
      });
      expect(faults).toEqual([]);
    });

    it('shows a participant what she has saved on another phone', async () => {
      await using one = await openAs(her, '/my-journey');
      await using other = await openAs(her, '/my-journey');
      const fill = async ({ page }: typeof one, values: Readonly<Record<string, string>>) => {
        await page.setViewportSize(phone.viewport);
        await page.getByText('Needs on the journey').click();
        for (const [label, text] of Object.entries(values)) await page.getByLabel(label).fill(text);
      };
      await fill(one, { Diet: 'No fish.', Access: 'A lift.' });
      await fill(other, { Diet: 'No meat.' });
      const save = ({ page }: typeof one) =>
        page.getByRole('button', { name: 'Save', exact: true }).click();
      await save(one);
      await one.page.getByText('Saved.').waitFor();
      const { page, faults } = other;
      await save(other);
      await page.getByRole('alert').waitFor();
      await settled(page);
      const alert = page.getByRole('alert');
      expect(await alert.innerText()).toMatch(/Access: was .*, is now A lift\./);
      expect(await page.getByLabel('Access').inputValue()).toBe('A lift.');
      const versions = alert.locator('.versions', { hasText: 'Diet' });
      expect(await versions.innerText()).toMatch(/No fish\.[^]*No meat\./);
      expect(await findAllBarriers(page)).toEqual([]);
      await versions.getByRole('button').press('Enter');
      await expect.poll(() => page.getByLabel('Diet').inputValue()).toBe('No fish.');
      await versions.waitFor({ state: 'detached' });
      await save(other);
      await page.getByText('Saved.').waitFor();
      const query = '{ me { ... on Officer { travelNeeds { diet access } } } }';
      const { me } = (await hub.ask(query, {}, her)).data as { me: Tree };
      expect(me['travelNeeds']).toEqual({ diet: 'No fish.', access: 'A lift.' });
      expect(faults).toEqual([]);
    });
  },
);

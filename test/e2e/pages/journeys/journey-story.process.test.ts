import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { runIn } from '../../network/run-programme.js';
import { chromiumPath, openBrowser, openMenu } from '../open-browser.js';
import { expectFits, goOffline, phone, readKept } from './on-phone.js';

const offices = { organisation: 'ncm', role: 'coordinator' } as const;
const group = 'nbnp:demo-group-1';
const visit = 'nbnp:demo-visit-1';
const returned = { id: visit, on: '2026-11-27' };

describe.skipIf(!chromiumPath && !process.env['CI'])('a journey on a phone', () => {
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

  async function openPhone() {
    const context = await browser.newContext({
      ...phone,
      locale: 'en-GB',
    });
    // Nothing here is about time: on a busy machine all of it takes longer.
    context.setDefaultTimeout(100_000);
    return { context, [Symbol.asyncDispose]: () => context.close() };
  }

  /** Somebody of the offices in the group, and the link with which its co-ordinator invites her. */
  async function invite(): Promise<{ delegate: string; link: string }> {
    const { data: known } = await network.ask(
      `{ group(id: "${group}") { members { id } } }`,
      {},
      { organisation: 'nbnp', role: 'coordinator' },
    );
    const delegate = (known.group.members as Tree[])
      .map(({ id }) => id as string)
      .find((id) => id.startsWith('ncm:'));
    const { data } = await network.ask(
      'mutation ($input: InviteDelegateInput!) { inviteDelegate(input: $input) { link } }',
      { input: { delegate } },
      offices,
    );
    // Chromium stores secure cookies of this name of the machine, as it does with TLS.
    const link = (data.inviteDelegate.link as string).replace('127.0.0.1', 'localhost');
    return { delegate: delegate ?? '', link };
  }

  /** The hub that comes back has other pages: no file of the open tabs, and none of their operations. */
  async function updateHub(context: BrowserContext) {
    const refused: string[] = [];
    await context.route('**/assets/*.js', (route) => route.fulfill({ status: 404 }));
    await context.route('**/graphql', async (route) => {
      const { documentId, ...rest } = route.request().postDataJSON() as { documentId?: string };
      if (documentId === undefined) return route.continue();
      const response = await route.fetch({
        postData: JSON.stringify({ ...rest, documentId: `sha256:${'0'.repeat(64)}` }),
      });
      refused.push(await response.text());
      return route.fulfill({ response });
    });
    return refused;
  }

  it(
    'leads from the link to the report, without a connection, in two tabs, through an update',
    { timeout: 400_000 },
    async () => {
      const { delegate, link } = await invite();
      await using opened = await openPhone();
      const { context } = opened;
      const page = await context.newPage();
      await page.goto(link);
      await expectFits(page);
      await page.getByRole('button', { name: 'Open my journey of' }).click();
      const stopsOf = (tab: Page) => tab.locator('.journey-stop');
      // It is kept once all of it has come.
      await expect.poll(() => page.evaluate(readKept)).toContain(visit);
      const stops = await stopsOf(page).allInnerTexts();
      await expectFits(page);

      // She opens the page again, and both tabs have her session.
      const second = await context.newPage();
      await second.goto(new URL('/my-journey', link).href);
      await expect.poll(() => stopsOf(second).allInnerTexts()).toEqual(stops);

      // On the way there is no connection. Meanwhile the group comes back.
      await goOffline(context, page, visit);
      await page.getByText('No connection. This is as of').waitFor();
      expect(await stopsOf(page).allInnerTexts()).toEqual(stops);
      await expectFits(page);
      const programme = runIn(network);
      const version = await programme.versionOf('visit', visit);
      await programme.done('nbnp', 'recordReturn', { ...returned, version });
      await context.setOffline(false);
      const field = page.getByLabel('What you have seen');
      await field.fill('From the first link');

      // What she has written is still there, and the hub is another one when the connection is back.
      await goOffline(context, page, visit);
      await page.getByText('No connection. This is as of').waitFor();
      await expect.poll(() => field.inputValue()).toBe('From the first link');
      const handIn = page.getByRole('button', { name: 'Hand in the report' });
      expect(await handIn.isDisabled()).toBe(true);
      const refused = await updateHub(context);
      await context.setOffline(false);
      await page.getByText('No connection. This is as of').waitFor({ state: 'detached' });
      await handIn.click();
      await page.getByText('Your report is handed in').waitFor();
      expect(refused.join()).toMatch(/DOCUMENT_NOT_TRUSTED|PERSISTED_QUERY_NOT_FOUND/);

      // The other tab shows it, and corrects it. The first one has an older version then.
      await second.reload();
      const inSecond = second.getByLabel('What you have seen');
      await expect.poll(() => inSecond.inputValue()).toBe('From the first link');
      await inSecond.fill('From the first link to this line.');
      await second.getByRole('button', { name: 'Hand in the corrected report' }).click();
      await second.getByText('Your report is handed in').waitFor();
      await field.fill('Older, and all of it.');
      await page.getByRole('button', { name: 'Hand in the corrected report' }).click();
      await page.getByRole('alert').getByText('A newer report was handed in').waitFor();
      await expectFits(page);
      expect(await field.inputValue()).toBe('Older, and all of it.');
      await page.getByRole('button', { name: 'Hand in the corrected report' }).click();
      await page.getByText('Your report is handed in').waitFor();
      const { data } = await network.ask(
        `{ delegate(id: "${delegate}") { report { text } } }`,
        {},
        offices,
      );
      expect(data.delegate.report).toEqual({ text: 'Older, and all of it.' });

      // A page that this tab has not loaded before is not there any more: it comes from the new hub.
      await page.locator('footer').getByRole('link', { name: 'Accessibility' }).click();
      const again = page.getByRole('button', { name: 'Load it again' });
      await again.waitFor();
      await context.unrouteAll({ behavior: 'wait' });
      await again.click();
      await page.getByRole('heading', { level: 1, name: 'Accessibility' }).waitFor();

      // She signs out in one tab: nothing of hers is left in the other, or in the phone.
      await openMenu(second);
      await second.getByRole('button', { name: 'Sign out' }).click();
      await second.getByText('open the link that your co-ordinator gave you').waitFor();
      await page.goto(new URL('/my-journey', link).href);
      await page.getByText('open the link that your co-ordinator gave you').waitFor();
      expect(await page.locator('.journey-group').count()).toBe(0);
      await expect.poll(() => page.evaluate(readKept)).not.toContain(visit);
    },
  );
});

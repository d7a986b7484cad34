import type { Browser, Page, Route } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import en from '../../../../gateway/explorer/words/en.json' with { type: 'json' };
import ru from '../../../../gateway/explorer/words/ru.json' with { type: 'json' };
import type { Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { runIn } from '../../network/run-programme.js';
import { chromiumPath, openBrowser, openMenu } from '../open-browser.js';
import { updateHub } from '../update-hub.js';
import { expectFits, goOffline, phone, readKept, watchLatin } from './on-phone.js';

const offices = { organisation: 'ncm', role: 'coordinator' } as const;
const group = 'nbnp:demo-group-1';
const visit = 'nbnp:demo-visit-1';
const languages = [
  { locale: 'en-GB', words: en },
  { locale: 'ru-RU', words: ru },
] as const;

/** What a text is in the page, whatever stands in its places. */
const say = (text: string): RegExp =>
  new RegExp(
    text
      .split(/\{\{\w+\}\}/)
      .map((part) => part.replaceAll('.', '\\.'))
      .join('.*'),
  );

const returned = { id: visit, on: '2026-11-27' };

describe.skipIf(!chromiumPath && !process.env['CI'])('a journey on a phone', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });

  async function openPhone(locale: string) {
    const context = await browser.newContext({ ...phone, locale });
    // Nothing here is about time: on a busy machine all of it takes longer.
    context.setDefaultTimeout(100_000);
    return { context, [Symbol.asyncDispose]: () => context.close() };
  }

  /** Somebody of the offices in the group, and the link with which its co-ordinator invites her. */
  async function invite(network: OpenNetwork): Promise<{ delegate: string; link: string }> {
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

  it.each(languages)(
    'leads from the link to the report, without a connection, in two tabs, through an update, in $locale',
    { timeout: 400_000 },
    async ({ locale, words }) => {
      const { frame, journey, join, signIn } = words;
      await using network = await openNetwork('demonstration', { isGuarded: true });
      const { delegate, link } = await invite(network);
      await using opened = await openPhone(locale);
      const { context } = opened;
      const page = await context.newPage();
      const findForeign = watchLatin(context);
      /** Everybody can use the page, and in Russian only data are in other letters. */
      const expectReadable = async () => {
        await expectFits(page);
        if (words === ru) expect(await findForeign(page)).toEqual([]);
      };
      await page.goto(link);
      const open = page.getByRole('button', { name: say(join.open) });
      await open.waitFor();
      await expectReadable();
      await open.click();
      const stopsOf = (tab: Page) => tab.locator('.journey-stop');
      // It is kept once all of it has come.
      await expect.poll(() => page.evaluate(readKept)).toContain(visit);
      const stops = await stopsOf(page).allInnerTexts();
      await expectReadable();

      // She opens the page again, and both tabs have her session.
      const second = await context.newPage();
      await second.goto(new URL('/my-journey', link).href);
      await expect.poll(() => stopsOf(second).allInnerTexts()).toEqual(stops);

      // On the way there is no connection. Meanwhile the group comes back.
      await goOffline(context, page, visit);
      await page.getByText(say(journey.offline)).waitFor();
      expect(await stopsOf(page).allInnerTexts()).toEqual(stops);
      await expectReadable();
      const programme = runIn(network);
      const version = await programme.versionOf('visit', visit);
      await programme.done('nbnp', 'recordReturn', { ...returned, version });
      await context.setOffline(false);
      const field = page.getByLabel(journey.reportText);
      await field.fill('From the first link');

      // What she has written is still there, and the hub is another one when the connection is back.
      await goOffline(context, page, visit);
      await page.getByText(say(journey.offline)).waitFor();
      await expect.poll(() => field.inputValue()).toBe('From the first link');
      const handIn = page.getByRole('button', { name: journey.handIn });
      expect(await handIn.isDisabled()).toBe(true);
      const refused = await updateHub(context);
      await context.setOffline(false);
      await page.getByText(say(journey.offline)).waitFor({ state: 'detached' });
      await handIn.click();
      await page.getByText(journey.thanks).waitFor();
      expect(refused.join()).toMatch(/DOCUMENT_NOT_TRUSTED|PERSISTED_QUERY_NOT_FOUND/);

      // The other tab shows it, and corrects it. The first one has an older version then.
      await second.reload();
      const inSecond = second.getByLabel(journey.reportText);
      await expect.poll(() => inSecond.inputValue()).toBe('From the first link');
      await inSecond.fill('From the first link to this line.');
      await second.getByRole('button', { name: journey.correct }).click();
      await second.getByText(journey.thanks).waitFor();
      const older = '1, 2, 3.';
      await field.fill(older);
      // What was handed in meanwhile cannot be read at first. What she knew before is not that.
      const lose = async (route: Route) =>
        /"input"/.test(route.request().postData() ?? '') ? route.continue() : route.abort();
      await page.route('**/graphql', lose);
      const isLost = page.waitForEvent('requestfailed');
      await page.getByRole('button', { name: journey.correct }).click();
      await page.getByRole('alert').getByText(journey.newerReport).waitFor();
      await isLost;
      expect(await page.locator('.versions').count()).toBe(0);
      await page.unroute('**/graphql', lose);
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await page.locator('.versions').waitFor();
      await expectReadable();
      await page.getByRole('alert').getByText('From the first link to this line.').waitFor();
      expect(await field.inputValue()).toBe(older);
      await page.getByRole('button', { name: journey.correct }).click();
      await page.getByText(journey.thanks).waitFor();
      const { data } = await network.ask(
        `{ delegate(id: "${delegate}") { report { text } } }`,
        {},
        offices,
      );
      expect(data.delegate.report).toEqual({ text: older });

      // A page that this tab has not loaded before is not there any more: it comes from the new hub, by itself.
      await page.locator('footer').getByRole('link', { name: frame.accessibility }).click();
      await page.getByRole('heading', { level: 1, name: frame.accessibility }).waitFor();
      await context.unrouteAll({ behavior: 'wait' });

      // She signs out in one tab: nothing of hers is left in the other, or in the phone.
      await openMenu(second);
      await second.getByRole('button', { name: signIn.out }).click();
      await second.getByText(journey.signIn).waitFor();
      await page.goto(new URL('/my-journey', link).href);
      await page.getByText(journey.signIn).waitFor();
      expect(await page.locator('.journey-group').count()).toBe(0);
      await expect.poll(() => page.evaluate(readKept)).not.toContain(visit);
    },
  );
});

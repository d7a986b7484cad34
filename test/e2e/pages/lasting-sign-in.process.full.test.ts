import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken, type Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { findBarriers } from './find-barriers.js';
import {
  chooseFirst,
  chromiumPath,
  openBrowser,
  openPage,
  openPageAs,
  settled,
} from './open-browser.js';

const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };
const name = 'Co-ordinator of Nordic-Baltic Network of Policewomen';

/** A page of another site, which does what it can with the cookies of the hub. */
async function openOtherSite() {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>other</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe.skipIf(!chromiumPath && !process.env['CI'])('a sign-in to the pages', () => {
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

  const openAs = (asker: Asker, path = '/tasks') => openPageAs(browser, at(path), asker);

  /** Ends the session of a browser from elsewhere, as one who has copied its cookies. */
  async function endElsewhere(page: Page): Promise<number> {
    const cookies = await page.context().cookies();
    const response = await fetch(at('/sign-in/out'), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: cookies.map((one) => `${one.name}=${one.value}`).join('; '),
      },
      body: '{}',
    });
    return response.status;
  }

  const signInAgain = async (page: Page, { organisation, role }: Asker) => {
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.locator('select[name=organisation]').selectOption(organisation);
    await dialog.locator('select[name=role]').selectOption(role);
    await dialog.getByRole('button', { name: 'Sign in for a trial' }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  it('is given over a half-filled form, which is then sent', async () => {
    const liaison: Asker = { organisation: 'no', role: 'liaison' };
    await using opened = await openAs(liaison);
    const { page } = opened;
    await page
      .getByRole('row', { name: /Confirm a stop/ })
      .getByRole('link', { name: 'Confirm a stop' })
      .first()
      .click();
    await settled(page);
    const form = page.getByRole('main');
    await chooseFirst(form, 'Police unit');
    const unit = form.locator('input:checked, [role=combobox]').first();
    const chosen = await unit.inputValue();
    expect(chosen).not.toBe('');
    expect(await endElsewhere(page)).toBe(200);
    await form.getByRole('button', { name: 'Confirm' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByText('You have signed out in another window').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    // Not now: the form stays as it is.
    await page.keyboard.press('Escape');
    await form.getByRole('alert').getByText('what you have typed is still here').waitFor();
    expect(await unit.inputValue()).toBe(chosen);
    await form.getByRole('button', { name: 'Confirm' }).click();
    await signInAgain(page, liaison);
    await page.getByText('Done: Confirm a stop').waitFor();
  });

  it('by another person leaves nothing of the one before', async () => {
    await using opened = await openAs(coordinator, '/explorer');
    const { page } = opened;
    await page.evaluate(() => sessionStorage.setItem('draft', 'mine'));
    await expect.poll(() => page.evaluate(() => localStorage['hub-explorer-tabs'])).toBeTruthy();
    await endElsewhere(page);
    await page.getByRole('button', { name: 'Run', exact: false }).first().click();
    await signInAgain(page, { organisation: 'dk', role: 'analyst' }).catch(() => undefined);
    await page.getByText('Analyst of National police of Denmark').waitFor();
    await page.getByText('Somebody else has signed in').waitFor();
    expect(await page.evaluate(() => sessionStorage.getItem('draft'))).toBeNull();
  });

  it('ends with all that the browser kept, also for the button Back', async () => {
    await using opened = await openAs(coordinator, '/tasks');
    const { page } = opened;
    await page.evaluate(() => {
      sessionStorage.setItem('draft', 'mine');
      localStorage.setItem('hub-explorer-history', '[{"query":"{ mine }"}]');
    });
    await page.goto(at('/health/live').href);
    const other = await page.context().newPage();
    await other.goto(at('/status').href);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.locator('header').getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goBack();
    await page.locator('header').getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.locator('body').innerText()).not.toContain(name);
    expect(await other.evaluate(() => Object.keys(localStorage))).not.toContain(
      'hub-explorer-history',
    );
    await other.close();
  });

  it('is out of reach of another site, which can neither read, write nor end it', async () => {
    await using site = await openOtherSite();
    await using opened = await openAs(coordinator, '/status');
    const { page } = opened;
    const other = await page.context().newPage();
    await other.goto(site.url);
    const results = await other.evaluate(async (hub) => {
      const send = (path: string, init: RequestInit) =>
        fetch(hub + path, { credentials: 'include', ...init }).then(
          async (response) => `${response.type} ${response.status} ${await response.text()}`,
          () => 'refused',
        );
      return Promise.all([
        send('/graphql', { method: 'POST', body: '{"query":"{ me { id } }"}', mode: 'no-cors' }),
        send('/graphql', { headers: { 'hub-session': 'x' } }),
        send('/sign-in/session', {}),
        send('/sign-in/session', { mode: 'no-cors' }),
        send('/sign-in/out', { method: 'POST', body: '{}', mode: 'no-cors' }),
      ]);
    }, at('/').origin);
    for (const result of results) expect(['refused', 'opaque 0 ']).toContain(result);
    await other.evaluate((action) => {
      const form = Object.assign(document.createElement('form'), { method: 'POST', action });
      document.body.append(form);
      form.submit();
    }, at('/sign-in/out').href);
    await other.waitForURL(at('/sign-in/out').href);
    await other.close();
    await page.reload();
    await page.getByText(name).waitFor();
  });

  it('with a token keeps the token nowhere that a script can read', async () => {
    await using opened = await openPage(browser, at('/'));
    const { page } = opened;
    const token = await createToken(network.keys, coordinator);
    await page.locator('header').getByRole('button', { name: 'Sign in' }).click();
    await page.locator('textarea[name=token]').fill(token);
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByText(name).waitFor();
    const kept = await page.evaluate(() =>
      JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]),
    );
    expect(kept).not.toMatch(/eyJ|hub-session-/);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { chromiumPath, openBrowser, openMenu, openPage } from '../open-browser.js';

const coordinator = { organisation: 'fi', role: 'coordinator' } as const;

describe.skipIf(!chromiumPath)('the page /join', () => {
  let network: OpenNetwork;
  let browser: Browser;
  let officer: string;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    browser = await openBrowser();
    const { data } = await network.ask(
      '{ officers(filter: { country: "FI", rehearsals: true }) { nodes { id nominations { acceptedOn group { visits { returnedOn } } } } } }',
      {},
      coordinator,
    );
    officer = data.officers.nodes.find(({ nominations }: Tree) =>
      nominations.some(
        ({ acceptedOn, group }: Tree) =>
          acceptedOn !== null && group.visits.some((visit: Tree) => visit.returnedOn === null),
      ),
    ).id as string;
  });
  afterAll(async () => {
    await network[Symbol.asyncDispose]();
  });

  async function makeLink(): Promise<string> {
    const { data } = await network.ask(
      'mutation ($input: InviteOfficerInput!) { inviteOfficer(input: $input) { link } }',
      { input: { officer } },
      coordinator,
    );
    // Chromium stores secure cookies of this name of the machine, as it does with TLS.
    return (data.inviteOfficer.link as string).replace('127.0.0.1', 'localhost');
  }

  it('opens the session when its button is pressed, and leaves the secret nowhere', async () => {
    const link = await makeLink();
    const secret = link.split('.').at(-1) ?? '';
    await using opened = await openPage(browser, new URL(link));
    const { page } = opened;
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));
    const button = page.getByRole('button', { name: 'Open my journey of' });
    await button.waitFor();
    expect(page.url()).not.toContain(secret);
    await page.waitForTimeout(300);
    expect(sent.filter((line) => line.startsWith('POST'))).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await button.click();
    await page.getByText('Participant of').first().waitFor({ state: 'attached' });
    const kept = await page.evaluate(() =>
      JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, location.href]),
    );
    expect(kept).not.toMatch(/eyJ|journey=/);
    expect(kept).not.toContain(secret);
    const cookies = await page.context().cookies();
    const rules = { httpOnly: true, sameSite: 'Strict', path: '/' };
    expect(cookies).toMatchObject([
      { name: '__Host-journey', secure: true, ...rules },
      { name: `hub-session-${new URL(network.hubUrl).port}`, ...rules },
    ]);
    expect(JSON.stringify(cookies)).not.toContain(secret);
    // In the same browser, the link that was used is not needed.
    await page.goto(link.replace('#', '?again#'));
    await page.getByRole('button', { name: 'Open my journey of' }).click();
    await page.getByText('Somebody is signed in here already').waitFor();
    await page.getByRole('link', { name: 'Go on' }).click();
    await page.getByText('Participant of').first().waitFor({ state: 'attached' });
    // Without a connection too, who signs out stays signed out.
    await page.context().setOffline(true);
    await openMenu(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await openMenu(page);
    await page.locator('header').getByRole('button', { name: 'Sign in' }).waitFor();
    await page.context().setOffline(false);
    const access = async () => {
      const { data } = await network.ask(
        'query ($id: ID!) { officer(id: $id) { access { sessions } } }',
        { id: officer },
        coordinator,
      );
      return data.officer.access.sessions as number;
    };
    expect(await access()).toBe(1);
    const renewed = page.waitForResponse((response) => response.url().endsWith('/sign-in/end'));
    await page.goto((await makeLink()).replace('#', '?other#'));
    const again = page.getByRole('button', { name: 'Open my journey of' });
    await again.click();
    await renewed;
    // For some seconds after an end, the hub takes no token: clocks differ.
    const isOpen = async () => {
      if (await again.isEnabled().catch(() => false)) await again.click();
      return (await page.getByText('Participant of').count()) > 0;
    };
    await expect.poll(isOpen, { timeout: 15_000, interval: 1_000 }).toBe(true);
    expect(await access()).toBe(1);
  });

  it('says that a link was used before, and that another one is not valid', async () => {
    const link = await makeLink();
    const [partner, id, secret] = new URL(link).hash.slice(1).split('.');
    const used = await fetch(new URL('/sign-in/invitation', network.hubUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ partner, id, secret }),
    });
    expect(used.status).toBe(200);
    for (const [address, text] of [
      [link, 'This link was used before'],
      [link.replace(/.{43}$/, 'a'.repeat(43)), 'This link is not valid'],
    ] as const) {
      await using opened = await openPage(browser, new URL(address));
      await opened.page.getByRole('button', { name: 'Open my journey of' }).click();
      await opened.page.getByRole('alert').getByText(text).waitFor();
    }
    await using cut = await openPage(browser, new URL(link.slice(0, -1)));
    await cut.page.getByRole('alert').getByText('This link is not valid').waitFor();
  });
});

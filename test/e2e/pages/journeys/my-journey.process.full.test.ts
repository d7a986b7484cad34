// cspell:ignore данные страница ваша группа едет
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { runIn } from '../../network/run-programme.js';
import { chromiumPath, fillDate, openBrowser, openMenu } from '../open-browser.js';
import {
  comeBackForMoments,
  expectFits,
  goOffline,
  phone,
  readCached,
  readKept,
} from './on-phone.js';

const her = 'dk:demo-officer-3';
const group = 'nbnp:demo-group-2';
const visit = 'nbnp:demo-visit-2';

describe.skipIf(!chromiumPath && !process.env['CI'])('/my-journey', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });

  async function open(locale = 'en-GB') {
    const context = await browser.newContext({ ...phone, locale });
    const page = await context.newPage();
    await page.goto(new URL('/my-journey', network.hubUrl).href);
    return { context, page, [Symbol.asyncDispose]: () => context.close() };
  }

  async function signIn(page: Page, person = her, shows = '.journey-group') {
    const organisation = person.slice(0, person.indexOf(':'));
    const token = await createToken(network.keys, { organisation, role: 'participant', person });
    await openMenu(page);
    await page.locator('header .tools button').click();
    const form = page.locator('dialog form').last();
    await form.locator('textarea').fill(token);
    await form.locator('button[type=submit]').click();
    await page.locator(shows).first().waitFor();
  }

  it.each(['en-GB', 'ru', 'da', 'et'])(
    'shows what is next, and all of it without a connection, in %s',
    async (locale) => {
      await using opened = await open(locale);
      const { context, page } = opened;
      await signIn(page);
      await expectFits(page);
      // Once the phone keeps it, all partners have responded.
      await expect.poll(() => page.evaluate(readKept)).toContain(visit);
      const online = await page.locator('.journey-stop').allInnerTexts();
      expect(online.length).toBeGreaterThan(3);
      const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const days = await page.locator('.journey-day').count();
      expect(printed.match(/\/Type \/Page\b/g)).toHaveLength(1 + days);
      await goOffline(context, page, visit);
      await page.locator('.note').waitFor();
      expect(await page.locator('.journey-stop').allInnerTexts()).toEqual(online);
      await page.getByText('Demonstration: bring your service pass').waitFor();
      expect(await page.locator('article form').count()).toBe(0);
    },
  );

  it('lets her say what she has read and done, which her co-ordinator sees', async () => {
    await using opened = await open();
    const { page } = opened;
    await signIn(page);
    await page.getByRole('button', { name: 'I have read it' }).click();
    await page.getByText('You said on').first().waitFor();
    await page
      .getByRole('button', { name: /^It is done/ })
      .first()
      .click();
    await page.getByLabel('Note to my co-ordinator').fill('It is in my passport.');
    await page.getByRole('button', { name: 'Tell my co-ordinator' }).click();
    await page.getByText('that it is done').waitFor();
    const asked = await network.ask(
      `{ visit(id: "${visit}") { informationReadBy { participant { id } isCurrent } }
        officer(id: "${her}") { formalities(group: "${group}") { saidDoneOn saidNote } } }`,
      {},
      { organisation: 'dk', role: 'coordinator' },
    );
    expect(asked.data.visit.informationReadBy).toEqual([
      { participant: { id: her }, isCurrent: true },
    ]);
    expect(JSON.stringify(asked.data.officer.formalities)).toContain('It is in my passport.');
  });

  it('shares her contact with just those whom she chooses, until she takes it back', async () => {
    await using opened = await open();
    const { page } = opened;
    await signIn(page);
    await page.getByText('Share my contact').click();
    await page.getByLabel('With whom').selectOption('GROUP');
    await page.getByLabel('E-mail at work').fill('her@police.example.org');
    await fillDate(page, 'Until', '2027-03-07');
    await page.getByRole('button', { name: 'Share it' }).click();
    await page.locator('.journey-consents').getByText('7 March 2027').waitFor();
    await using other = await open();
    await signIn(other.page, 'fi:demo-officer-3');
    await other.page.getByText('her@police.example.org').waitFor();
    expect(await other.page.evaluate(readKept)).not.toContain('her@police.example.org');
    // While her police force is away nobody reads it, and she learns that it is not taken back.
    const lookAgain = () => other.page.evaluate(() => dispatchEvent(new Event('focus')));
    await network.stop('dk');
    try {
      await lookAgain();
      await other.page.getByText('her@police.example.org').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Take it back' }).click();
      await page.locator('.journey-consents').getByText('not available now').waitFor();
      await page.locator('.journey-consents [role=alert]').waitFor();
      expect(await page.getByText('you share nothing').count()).toBe(0);
    } finally {
      await network.start('dk');
    }
    await lookAgain();
    await other.page.getByText('her@police.example.org').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('you share nothing').waitFor();
    await lookAgain();
    await other.page.getByText('her@police.example.org').waitFor({ state: 'detached' });
  });

  it('gives her all that is held about her, as a page and with the signatures', async () => {
    await using opened = await open('ru');
    const { page } = opened;
    await signIn(page);
    const own = page.locator('section', { has: page.getByRole('heading', { name: 'Мои данные' }) });
    const save = async (label: RegExp) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        own.getByRole('button', { name: label }).click(),
      ]);
      return { name: download.suggestedFilename(), path: await download.path() };
    };
    const [written, signed] = [await save(/страница/), await save(/JSON/)];
    expect([written.name, signed.name]).toEqual([
      'dk-demo-officer-3.html',
      'dk-demo-officer-3.json',
    ]);
    const text = readFileSync(written.path, 'utf8');
    expect(text).toContain('<html lang="ru">');
    expect(JSON.parse(readFileSync(signed.path, 'utf8'))).toMatchObject({
      person: her,
      missing: [],
    });
    const file = await opened.context.newPage();
    await file.setContent(text);
    await expectFits(file);
  });

  it('tells her in sentences who has read her data, and keeps none of it', async () => {
    const ask = (organisation: string, role: 'analyst' | 'coordinator', purpose: string) =>
      network.ask(
        `{ officer(id: "${her}") { travelNeeds { diet } formalities(group: "${group}") { kind } } }`,
        {},
        { organisation, role, purpose },
      );
    await ask('dk', 'coordinator', 'HOSTING');
    await ask('se', 'analyst', 'OTHER: a study');
    await using opened = await open();
    const { context, page } = opened;
    await signIn(page);
    await page.getByText('Who read my data').click();
    const sentences = page.locator('.journey-readings li');
    const whenRead = /on \d+ \w+ \d{4}, to host a visit\.$/;
    await sentences.filter({ hasText: whenRead }).first().waitFor();
    expect(await sentences.filter({ hasText: whenRead }).allInnerTexts()).toEqual([
      expect.stringMatching(
        /^A co-ordinator \(National police of Denmark\) read (?=.*your formalities)(?=.*your travel needs)/,
      ),
    ]);
    expect(await sentences.filter({ hasText: 'refused' }).allInnerTexts()).toEqual([
      expect.stringMatching(
        /^An analyst \(National police of Sweden\) asked for your record on .*, for another purpose: a study, and was refused\.$/,
      ),
    ]);
    // Her own phone is left out. Her fellows read what she shares, and nothing else.
    const byParticipants = await sentences.filter({ hasText: 'A participant' }).allInnerTexts();
    for (const sentence of byParticipants)
      expect(sentence).toContain('read the contact that you share');
    expect(await sentences.filter({ hasText: 'other data' }).count()).toBe(0);
    await page.getByText('The record cannot tell who read your data before').waitFor();
    await expectFits(page);
    await goOffline(context, page, visit);
    await page.locator('.note').waitFor();
    expect(await page.evaluate(readKept)).not.toContain('organisation');
    expect(await page.getByText('Who read my data').count()).toBe(0);
  });

  it('keeps nothing but its own files and the journey, and nothing after the sign-out', async () => {
    await using opened = await open();
    const { context, page } = opened;
    await signIn(page);
    await goOffline(context, page, visit);
    await page.locator('.journey-group').waitFor();
    const kept = await page.evaluate(readKept);
    const { data } = await network.ask(
      `{ officer(id: "${her}") { name email travelNeeds { diet } } }`,
      {},
      { organisation: 'dk', role: 'coordinator' },
    );
    for (const secret of [data.officer.name, data.officer.email, 'travelNeeds', 'members":[{'])
      expect(kept).not.toContain(secret);
    const cached = await page.evaluate(readCached);
    const pages = cached.filter((path) => !path.startsWith('/assets/'));
    expect(new Set(pages)).toEqual(new Set(['/my-journey']));
    await comeBackForMoments(context, page);
    await page.reload();
    await page.getByText('Participant of').first().waitFor({ state: 'attached' });
    await expect.poll(() => page.evaluate(readKept)).toContain(visit);
    await context.setOffline(true);
    await openMenu(page);
    await page.locator('header').getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => page.evaluate(readKept)).toBe('[]');
    await page.reload();
    await page.getByText('open the link that your co-ordinator gave you').waitFor();
    expect(await page.locator('.journey-group').count()).toBe(0);
  });

  it('keeps a report that is not handed in, and hands it in once she says so', async () => {
    const programme = runIn(network);
    const delegate = 'ncm:demo-delegate-1';
    const over = { id: 'nbnp:demo-visit-1', on: '2026-11-27' };
    const version = await programme.versionOf('visit', over.id);
    await using opened = await open();
    const { context, page } = opened;
    await signIn(page, delegate);
    await page.getByText('once your co-ordinators have recorded').waitFor();
    await programme.done('nbnp', 'recordReturn', { ...over, version });
    await page.reload();
    const field = page.getByLabel('What you have seen');
    await field.fill('What I saw.');
    await goOffline(context, page, over.id);
    await expect.poll(() => field.inputValue()).toBe('What I saw.');
    expect(await page.getByRole('button', { name: 'Hand in the report' }).isDisabled()).toBe(true);
    // Without the cookie of an invitation, a session that cannot be renewed would end here.
    await page.route('**/sign-in/renew', (route) => route.abort());
    await context.setOffline(false);
    await page.getByText('Participant of').first().waitFor({ state: 'attached' });
    await expect.poll(() => field.inputValue()).toBe('What I saw.');
    await page.getByRole('button', { name: 'Hand in the report' }).click();
    await page.getByText('Your report is handed in').waitFor();
    const { data } = await network.ask(
      `{ delegate(id: "${delegate}") { report { text } } }`,
      {},
      { organisation: 'ncm', role: 'coordinator' },
    );
    expect(data.delegate.report).toEqual({ text: 'What I saw.' });
    expect(await page.evaluate(readKept)).not.toContain('What I saw.');
  });

  it('says nothing of her groups while the network does not respond', async () => {
    await using opened = await open();
    const { page } = opened;
    await network.stop('nbnp');
    try {
      await signIn(page, her, '.note');
      await page.getByText('Nordic-Baltic Network of Policewomen').first().waitFor();
      expect(await page.getByText('You are not a member').count()).toBe(0);
    } finally {
      await network.start('nbnp');
    }
  });

  it('says to somebody who is a member of no group that she was declined, and why', async () => {
    const declined = 'fi:demo-officer-4';
    await using opened = await open();
    await signIn(opened.page, declined, '.journey-nominations .reason');
    const { data } = await network.ask(
      `{ officer(id: "${declined}") { nominations { reason } } }`,
      {},
      { organisation: 'fi', role: 'coordinator' },
    );
    const nomination = await opened.page.locator('.journey-nominations li').innerText();
    expect(nomination).toContain('declined or released');
    expect(nomination).toContain(data.officer.nominations[0].reason);
    await expectFits(opened.page);
  });

  it('says why her group does not travel, and whom to ask, and keeps it', async () => {
    const programme = runIn(network);
    const version = await programme.versionOf('group', group);
    const on = new Date().toISOString().slice(0, 10);
    const reason = 'No host was found.';
    await programme.done('nbnp', 'cancelGroup', { group, on, reason, version });
    for (const [locale, title] of [
      ['ru', 'Ваша группа не едет'],
      ['en-GB', 'Your group does not travel'],
    ] as const) {
      await using opened = await open(locale);
      const { context, page } = opened;
      await signIn(page);
      const article = page.locator('article');
      const show = async () => {
        await article.getByRole('heading', { name: title }).waitFor();
        await article.getByText(reason).waitFor();
        // Nothing of what she may not read any more, and no list of it.
        expect(await article.locator('.no-value, .journey-stop, .journey-due').count()).toBe(0);
        await expectFits(page);
      };
      await show();
      await article.getByRole('heading', { name: 'Danish National Police' }).waitFor();
      expect(await page.locator('.note').count()).toBe(0);
      await goOffline(context, page, reason);
      await page.locator('.note').waitFor();
      await show();
    }
  });
});

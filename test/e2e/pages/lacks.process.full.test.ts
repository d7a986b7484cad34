// cspell:ignore неизвестно сообщается сейчас недоступно доступа
import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hang } from '../network/hung-partner.js';
import type { Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { findBarriers } from './find-barriers.js';
import {
  chromiumPath,
  openBrowser,
  openPage,
  openPageAs,
  settled,
  signIn,
} from './open-browser.js';

const group = '/programme/group?id=nbnp%3Ademo-group-2';
/** All pages with facts of partners. The explorer and the status speak of errors by their names. */
const paths = [
  '/',
  '/programme',
  group,
  '/programme/visit?id=nbnp%3Ademo-visit-2',
  '/programme/statistics?view=table',
  '/network?view=contacts',
  '/tasks',
];
const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };
const words = {
  en: ['unknown', 'withheld', 'not available now'],
  ru: ['неизвестно', 'не сообщается', 'сейчас недоступно'],
} as const;
const forbidden = {
  en: 'You may not read this.',
  ru: 'У вас нет доступа.',
} as const;
/** What is for engineers. */
const ofEngineers =
  /\b(?:FORBIDDEN|UNAUTHENTICATED|PARTNER_\w+|Not allowed|Unexpected error|undefined|NaN)\b|\[object/;

interface Seen {
  /** What each cell and each fact has: `value`, or why it is empty. */
  readonly places: Readonly<Record<string, string>>;
  /** The texts that people see in cells, and the notes of each table. */
  readonly cells: readonly string[];
  readonly notes: readonly (readonly string[])[];
  readonly headings: readonly string[];
  readonly text: string;
}

/** In the browser: what the page shows. */
function look(): Seen {
  const visible = (element: Element): string => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const unseen of copy.querySelectorAll('.unseen')) unseen.remove();
    return (copy.textContent ?? '').trim();
  };
  const stateOf = (element: Element): string => {
    const lack = element.querySelector('.no-value');
    return lack ? (lack.classList[1] ?? '') : 'value';
  };
  const main = document.querySelector('main') ?? document.body;
  const places: Record<string, string> = {};
  const cells: string[] = [];
  for (const table of main.querySelectorAll('table')) {
    const titles = [...table.querySelectorAll('thead th')].map(visible);
    for (const row of table.querySelectorAll('tbody tr')) {
      const [head, ...others] = row.children;
      const name = head?.querySelector('code')?.textContent ?? (head ? visible(head) : '');
      others.forEach((cell, index) => {
        places[[table.caption?.textContent, name, titles[index + 1]].join(' | ')] = stateOf(cell);
      });
      cells.push(...[...row.children].map(visible));
    }
  }
  for (const list of main.querySelectorAll('dl'))
    for (const one of list.children) {
      const [term, value] = [one.querySelector('dt'), one.querySelector('dd')];
      const section = list.closest('section, li')?.querySelector('h2, h3, h4')?.textContent ?? '';
      if (term && value) places[`${section} | ${visible(term)}`] = stateOf(value);
    }
  const notes = [...main.querySelectorAll('div.table')].map((table) => {
    const found: string[] = [];
    let before = table.previousElementSibling;
    for (; before?.classList.contains('table-note'); before = before.previousElementSibling)
      found.push(before.textContent ?? '');
    return found;
  });
  const headings = [...main.querySelectorAll('h2')].map(visible);
  return { places, cells, notes, headings, text: main.innerText };
}

const countOf = (text: string, word: string): number => text.split(word).length - 1;

/** What is said in a wrong way. */
function findFaults({ cells, notes, text }: Seen, language: 'en' | 'ru'): string[] {
  const engineers = ofEngineers.exec(text);
  return [
    ...cells.filter((cell) => words[language].some((word) => cell === word)),
    ...notes.flatMap((all) => (all.length > 1 ? [`${all.length} notes: ${all.join()}`] : [])),
    ...notes.flat().filter((note) => words[language].some((word) => countOf(note, word) > 1)),
    ...(engineers ? [engineers[0]] : []),
    ...(countOf(text, forbidden[language]) > 1 ? [`${forbidden[language]} more than once`] : []),
  ];
}

describe.skipIf(!chromiumPath && !process.env['CI'])('what a page lacks', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true, deadlineMs: 20_000 }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });

  const openAs = (path: string, reader?: Asker) =>
    openPageAs(browser, new URL(path, network.hubUrl), reader);

  /** Goes through all pages in one window. */
  async function walk(
    page: Page,
    name: string,
    languages: readonly ('en' | 'ru')[],
  ): Promise<Record<string, Seen>> {
    const seen: Record<string, Seen> = {};
    for (const path of paths) {
      await page.goto(new URL(path, network.hubUrl).href);
      await settled(page);
      for (const language of languages) {
        await page.locator('header select').first().selectOption(language);
        await page.locator(`html[lang=${language}]`).waitFor();
        const now = await page.evaluate(look);
        expect(findFaults(now, language), `${name} ${path} ${language}`).toEqual([]);
        if (language === 'en') seen[path] = now;
      }
    }
    return seen;
  }

  it('is awaited from a late partner alone, and read again where it is named', async () => {
    await using opened = await openAs('/accessibility', coordinator);
    const { page } = opened;
    const rows = page.getByRole('region', { name: 'Members' }).locator('tr');
    const rowsWith = (why: string) => rows.filter({ has: page.locator(`.no-value.${why}`) });
    const ofFinland = rows.filter({ hasText: 'Finland' });
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    // Early responses lack Estonia because of the deadline, whatever this machine can do in a second.
    await page.route('**/graphql', async (route) => {
      const { 'hub-deadline-ms': deadline, ...headers } = route.request().headers();
      if (deadline === undefined) {
        await released;
        return route.continue();
      }
      const [response] = await Promise.all([
        route.fetch({ headers }),
        new Promise((resolve) => setTimeout(resolve, Number(deadline))),
      ]);
      const body = (await response.text())
        .replaceAll('"PARTNER_UNAVAILABLE","partner":"ee"', '"PARTNER_TIMED_OUT","partner":"ee"')
        .replace('"ee":{"status":"UNAVAILABLE"', '"ee":{"status":"TIMED_OUT"');
      return route.fulfill({ response, body });
    });
    const away = ['ee', 'lt'];
    for (const code of away) await network.stop(code);
    try {
      await page.goto(new URL(group, network.hubUrl).href);
      // What others know is there meanwhile, and who is down is not awaited.
      await rowsWith('awaited').first().waitFor();
      expect(await rowsWith('awaited').locator('.no-value.missing').count()).toBe(0);
      const ofLithuania = page.getByRole('listitem').filter({ hasText: 'Lithuania: 1' });
      await ofLithuania.getByText('not available now').waitFor();
      expect(await ofFinland.count()).toBeGreaterThan(0);
      expect(await ofFinland.locator('.no-value').count()).toBe(0);
      expect(await page.locator('.visit-cards a').count()).toBeGreaterThan(0);
      await page.getByText('Waiting for National police of Estonia. The rest is shown.').waitFor();
      expect(await findBarriers(page)).toEqual([]);
    } finally {
      for (const code of away) await network.start(code);
    }
    const ofMembers = page.locator('.table-and-note', {
      has: page.getByRole('region', { name: 'Members' }),
    });
    release();
    const isWhole = async () => {
      await settled(page);
      if ((await page.locator('main .no-value.missing').count()) === 0) return true;
      await page.locator('.hidden-people').getByRole('button', { name: 'Ask again' }).click();
      // What is shown stays.
      expect(await ofFinland.locator('.no-value').count()).toBe(0);
      return false;
    };
    await expect.poll(isWhole, { timeout: 60_000, interval: 500 }).toBe(true);
    expect(await ofMembers.locator('.no-value').count()).toBe(0);
  });

  it('comes by itself once the partner is back, and only the hub is asked until then', async () => {
    // A tab of its own: the next test has the browser’s clock.
    const start = new URL('/accessibility', network.hubUrl);
    await using opened = await openPage(browser, start, { locale: 'en-US' });
    const { page } = opened;
    await signIn(page, coordinator.organisation, coordinator.role);
    await page.clock.install();
    const ofAll = '{ policeUnits { id } }';
    let isBack = true;
    try {
      for (const path of [group, '/network?view=contacts']) {
        await network.stop('ee');
        isBack = false;
        // One call may fail by chance. After two the hub knows.
        for (const _ of [1, 2]) await network.ask(ofAll);
        const { data } = await network.ask('{ partner(code: "ee") { status } }');
        expect(data).toEqual({ partner: { status: 'UNAVAILABLE' } });
        await page.goto(new URL(path, network.hubUrl).href);
        await settled(page);
        const lack = page.locator('main').getByRole('button', { name: 'Ask again' });
        await lack.first().waitFor();
        const sent: string[] = [];
        const note = async (response: Response) => {
          if (!response.url().endsWith('/graphql')) return;
          const { data } = (await response.json()) as { data: object | null };
          sent.push(Object.keys(data ?? {}).join());
        };
        page.on('response', note);
        await page.clock.runFor(30_000);
        await settled(page);
        expect(new Set(sent), path).toEqual(new Set(['partners']));
        const shown = page.locator('main').getByText('Finland').first();
        await network.start('ee');
        isBack = true;
        const isWhole = async () => {
          // The hub learns from any call that the partner answers.
          await network.ask(ofAll);
          await page.clock.fastForward(10_000);
          expect(await shown.count()).toBeGreaterThan(0);
          await settled(page);
          return lack.count();
        };
        await expect.poll(isWhole, { timeout: 60_000, interval: 500 }).toBe(0);
        page.off('response', note);
      }
    } finally {
      if (!isBack) await network.start('ee');
    }
  });

  it.each([undefined, coordinator])(
    'has one of three words in its place, once for a table, for %o',
    { timeout: 300_000 },
    async (reader) => {
      await using opened = await openAs('/accessibility', reader);
      const { page } = opened;
      const before = await walk(page, 'all respond', ['en']);
      const away = ['ee', 'ncm'];
      for (const code of away) await network.stop(code);
      try {
        const after = await walk(page, 'two are away', ['ru', 'en']);
        const wrong = paths.flatMap((path) =>
          Object.entries(after[path]?.places ?? {})
            .filter(([place]) => before[path]?.places[place] === 'value')
            .filter(([, state]) => state === 'unknown' || state === 'withheld')
            .map(([place, state]) => `${path}: ${place} is ${state}`),
        );
        expect(wrong).toEqual([]);
        // The programme is the network’s: only parts of it are missing.
        expect(after['/programme']?.headings).toEqual(before['/programme']?.headings);
      } finally {
        for (const code of away) await network.start(code);
      }
    },
  );

  it('is said once for each force of whose people the reader may know nothing', async () => {
    await using opened = await openAs(group, { organisation: 'lt', role: 'coordinator' });
    const { page } = opened;
    const members = page.getByRole('region', { name: 'Members' });
    const papers = page.getByRole('table', { name: 'Getting ready' }).locator('tbody tr');
    await papers.first().waitFor();
    expect(await papers.count()).toBe(1);
    expect(await papers.locator('.no-value').count()).toBe(0);
    // Her own officer stands in the list; all others are a line for each force, without a sign.
    expect(await members.locator('tbody tr').count()).toBe(1);
    expect(await members.locator('.no-value').count()).toBe(0);
    await page.getByText('National police of Denmark: 2').waitFor();
    expect(await page.getByText('There is nothing to warn of.').count()).toBe(0);
    // The name of her own member leads to all that the organisation has of her.
    await members.locator('th a').first().click();
    await page.getByRole('button', { name: 'All data (page)' }).waitFor();
  });

  it('is only its own part where a partner accepts calls and never responds', async () => {
    await using opened = await openAs('/accessibility');
    const { page } = opened;
    const hung = await hang(network, 'ncm');
    try {
      await page.goto(new URL('/programme', network.hubUrl).href);
      await page.locator('.groups a').first().waitFor();
      await page.goto(network.hubUrl.replace(/graphql$/, ''));
      const counts = page.locator('.counts dd');
      await counts.filter({ hasText: /^\d/ }).first().waitFor();
      expect(await counts.filter({ hasText: /not available now|waiting for/ }).count()).toBe(1);
    } finally {
      await hung[Symbol.asyncDispose]();
      await network.start('ncm');
    }
  });

  it('is withheld on the first page too, where the reader may not read a count', async () => {
    await using opened = await openAs('/accessibility');
    const { page } = opened;
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { data: Record<string, unknown> };
      const refusal = {
        message: 'Not allowed.',
        path: ['groups'],
        extensions: { code: 'FORBIDDEN' },
      };
      await route.fulfill({
        json: { ...body, data: { ...body.data, groups: null }, errors: [refusal] },
      });
    });
    await page.goto(network.hubUrl.replace(/graphql$/, ''));
    await page.locator('.counts dd').getByText('withheld').waitFor();
  });
});

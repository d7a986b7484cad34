import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { findBarriers } from '../find-barriers.js';

export const phone = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
} as const;

/** Everybody can use the page, and nobody scrolls sideways. */
export async function expectFits(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(phone.viewport.width);
}

/** In the browser: the words in Latin letters that are seen, or said by a screen reader. */
function readLatin(): string[] {
  const texts: string[] = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    // Each language is called by its own name.
    if (parentElement?.closest('script, style, noscript, header option')) continue;
    if (parentElement?.checkVisibility()) texts.push(textContent ?? '');
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const element of document.querySelectorAll(`[${name}]`))
      texts.push(element.getAttribute(name) ?? '');
  const latin =
    /\p{Script=Latin}[\p{Script=Latin}’'-]+(?:[ ,.]+\p{Script=Latin}[\p{Script=Latin}’'-]+)*/gu;
  return texts.flatMap((text) => text.match(latin) ?? []);
}

/** Notes the data that come, and finds later which words of a page in Cyrillic letters are none of them. */
export function watchLatin(context: BrowserContext): (page: Page) => Promise<string[]> {
  const data: Promise<string>[] = [];
  context.on('response', (response) => {
    if (response.url().endsWith('/graphql')) data.push(response.text().catch(() => ''));
  });
  return async (page) => {
    // A kind of file is called so in every language.
    const all = `${(await Promise.all(data)).join()} JSON`;
    return [...new Set(await page.evaluate(readLatin))].filter((words) => !all.includes(words));
  };
}

/** In the browser: what the phone has kept of the journey, as JSON. */
export const readKept = () =>
  new Promise<string>((resolve) => {
    const opening = indexedDB.open('my-journey');
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => resolve('[]');
    opening.onsuccess = () => {
      const all = opening.result.transaction('copies').objectStore('copies').getAll();
      all.onsuccess = () => {
        opening.result.close();
        resolve(JSON.stringify(all.result));
      };
    };
  });

/** In the browser: the kept journey is as old as can be, and a report of the visit waits beside it. */
export const keepOldJourney = (visit: string) =>
  new Promise<void>((resolve) => {
    const opening = indexedDB.open('my-journey');
    opening.onsuccess = () => {
      const changing = opening.result.transaction('copies', 'readwrite');
      const copies = changing.objectStore('copies');
      const kept = copies.get('journey');
      kept.onsuccess = () => {
        copies.put({ ...(kept.result as object), savedAt: 1 }, 'journey');
        copies.put('What I saw.', `report ${visit}`);
      };
      changing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });

/** In the browser: what the worker has cached, as paths. */
export async function readCached(): Promise<string[]> {
  const found: string[] = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  return found;
}

/** In the browser: whether the worker serves the next load. A page that a link opened has none before it. */
const hasWorker = async (): Promise<boolean> =>
  (await navigator.serviceWorker.getRegistration('/my-journey'))?.active?.state === 'activated';

/** The connection is lost, and the phone loads the page again. */
export async function goOffline(context: BrowserContext, page: Page, kept: string): Promise<void> {
  await expect.poll(() => page.evaluate(hasWorker)).toBe(true);
  await expect.poll(() => page.evaluate(readKept)).toContain(kept);
  await context.setOffline(true);
  await page.reload();
}

/**
 * The connection comes back, and breaks off again in between two requests: the hub has said that no link
 * renews the session, and the browser asks whether it is over.
 */
export async function comeBackForMoments(context: BrowserContext, page: Page): Promise<void> {
  await page.route('**/sign-in/renew', async (route) => {
    await page.getByText('Participant of').first().waitFor({ state: 'attached' });
    await page.route('**/sign-in/session', (second) => second.abort());
    await route.continue();
  });
  const broken = page.waitForEvent('requestfailed', (request) =>
    request.url().endsWith('/sign-in/session'),
  );
  await context.setOffline(false);
  await broken;
  await page.unrouteAll({ behavior: 'wait' });
}

import type { Page } from 'playwright-core';
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

/** In the browser: what the worker has cached, as paths. */
export async function readCached(): Promise<string[]> {
  const found: string[] = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  return found;
}

/** In the browser: whether the worker serves the next load. A page that a link opened has none before it. */
export const hasWorker = async (): Promise<boolean> =>
  (await navigator.serviceWorker.getRegistration('/my-journey'))?.active?.state === 'activated';

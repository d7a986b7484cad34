import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { settled } from './open-browser.js';

/** Follows a link, or presses a button, by the keyboard. What a page folds is opened first. */
export async function press(
  page: Page,
  role: 'link' | 'button',
  name: string | RegExp,
): Promise<void> {
  const main = page.getByRole('main');
  const found = main.getByRole(role, { name }).first();
  const folded = main
    .locator('details:not([open])')
    .filter({ has: page.getByRole(role, { name, includeHidden: true }) })
    .first();
  await found.or(folded).first().waitFor();
  if (!(await found.isVisible())) await folded.locator('summary').press('Enter');
  await found.press('Enter');
  await settled(page);
}

/** What has the focus, in words. */
export const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    const labels = (element as HTMLInputElement | null)?.labels ?? [];
    return [...labels].map((label) => label.innerText).join() || element?.textContent?.trim();
  });

/** What the focus is on, and what describes it there. */
const describedFocus = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    const described = document.getElementById(element?.getAttribute('aria-describedby') ?? '');
    return [element?.textContent, described?.textContent].join(' ');
  });

/** Waits for what was done, and that the focus is on it, or on what was changed and is described by it. */
export async function isDone(page: Page, text: string): Promise<void> {
  await page.locator('.outcome').getByText(text).waitFor();
  await expect.poll(() => describedFocus(page)).toContain(text);
}

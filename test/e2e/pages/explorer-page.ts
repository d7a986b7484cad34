import type { Page } from 'playwright-core';

/** The operation of the tab that is shown. */
export const editorOf = (page: Page) => page.getByRole('textbox', { name: 'Operation' });
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Writes an operation in a new tab. */
export async function write(page: Page, text: string): Promise<void> {
  await button(page, 'New tab').click();
  await editorOf(page).click();
  await page.keyboard.insertText(text);
}

export async function run(page: Page): Promise<void> {
  await button(page, 'Run').click();
  await page.getByText(/^[\d.,]+ ms · Request/).waitFor();
}

/** The cells of the table with this caption, row by row. */
export const readTable = (page: Page, caption: string): Promise<string[][]> =>
  page
    .getByRole('region', { name: caption, exact: true })
    .locator('tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
    );

export const readKept = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify({ ...localStorage }));

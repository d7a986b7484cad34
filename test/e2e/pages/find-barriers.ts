import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { findOverflow } from './open-browser.js';

/** WCAG 2.2, level AA. axe leaves the size of targets out unless it is asked for. */
const options = {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  rules: { 'target-size': { enabled: true } },
};

/** The violations of accessibility that axe finds. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('; ')}`);
}

/**
 * The barriers of an open page: what axe finds in a wide light window and in a narrow dark one, and
 * sideways scrolling at any width. The long tests check each width in both colours.
 */
export async function findAllBarriers(page: Page): Promise<string[]> {
  const wide = await findBarriers(page);
  const overflow = await findOverflow(page);
  await page.setViewportSize({ width: 320, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  return [...wide, ...overflow, ...(await findBarriers(page))];
}

import { describe, expect, it } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import { openNetwork } from '../../network/open-network.js';
import { chromiumPath, openBrowser, openPageAs } from '../open-browser.js';

const her = { organisation: 'dk', role: 'participant', person: 'dk:demo-officer-3' } as const;

describe.skipIf(!chromiumPath && !process.env['CI'])('the forms of /my-journey', () => {
  it('keep what she has typed and not sent, over a reload', async () => {
    await using network = await openNetwork('demonstration', { isGuarded: true });
    const browser = await openBrowser();
    await using opened = await openPageAs(browser, new URL('/my-journey', network.hubUrl), her);
    const { page } = opened;
    // What is planned and nobody has confirmed does not look settled.
    const asker = { organisation: 'nbnp', role: 'coordinator' } as const;
    const plan = '{ visit(id: "nbnp:demo-visit-2") { stops { title status confirmed } } }';
    const { stops } = (await network.ask(plan, {}, asker)).data.visit;
    const open = stops.filter(({ status, confirmed }: Tree) => status === 'PLANNED' && !confirmed);
    expect(open.length).toBeGreaterThan(0);
    const marked = page.locator('.journey-stop').filter({ hasText: 'Unconfirmed' });
    await expect.poll(() => marked.count()).toBe(open.length);
    for (const { title } of open) await marked.filter({ hasText: title }).waitFor();
    await page.getByText('Share my contact').click();
    await page.getByLabel('With whom').selectOption('PROGRAMME');
    await page.getByLabel('E-mail at work').fill('half@');
    const until = page.getByRole('group', { name: 'Until' });
    await until.getByLabel('Month').fill('5');
    await page.getByText('Needs on the journey').click();
    await page.getByLabel('Diet').fill('No fish.');
    await page
      .getByRole('button', { name: /^It is done/ })
      .last()
      .click();
    const note = page.getByLabel('Note to my co-ordinator');
    await note.fill('Signed, but');
    await page.reload();
    await expect.poll(() => page.getByLabel('E-mail at work').inputValue()).toBe('half@');
    await expect.poll(() => page.getByLabel('With whom').inputValue()).toBe('PROGRAMME');
    await expect.poll(() => until.getByLabel('Month').inputValue()).toBe('5');
    await expect.poll(() => note.inputValue()).toBe('Signed, but');
    await expect.poll(() => page.getByLabel('Diet').inputValue()).toBe('No fish.');
    // What is sent is kept no longer.
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    const typed = await page.evaluate(() => JSON.stringify(sessionStorage));
    expect(typed).toContain('half@');
    expect(typed).not.toContain('No fish.');
  });
});

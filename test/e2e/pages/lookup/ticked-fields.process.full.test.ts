import { describe, expect, it } from 'vitest';
import { openNetwork } from '../../network/open-network.js';
import { button, editorOf, run, write } from '../explorer-page.js';
import { findAllBarriers } from '../find-barriers.js';
import { chromiumPath, openBrowser, openPage, settled } from '../open-browser.js';

describe.skipIf(!chromiumPath && !process.env['CI'])('the fields beside the editor', () => {
  it('build an operation by ticks of the keyboard, and keep what was typed', async () => {
    await using hub = await openNetwork('facts');
    const browser = await openBrowser();
    await using opened = await openPage(browser, new URL('/explorer', hub.hubUrl));
    const { page, faults } = opened;
    await settled(page);
    await write(page, '# mine\nquery Mine {\n  partner(code: "ncm") { code } # all\n}\n');
    await button(page, 'Fields').click();
    const tree = page.getByRole('tree', { name: 'Fields' });
    const item = (name: string | RegExp) => tree.getByRole('treeitem', { name });
    expect(await item(/^code /).getAttribute('aria-checked')).toBe('true');
    await page.getByRole('main').getByRole('searchbox').fill('party');
    await item('party Party').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await item(/^id /).getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await item(/^name /).getAttribute('aria-checked')).toBe('true');
    const written = () => editorOf(page).innerText();
    for (const text of ['# mine', 'query Mine($id: ID!) {', 'partner(code: "ncm") { code } # all'])
      expect(await written()).toContain(text);
    expect((await written()).replaceAll(/\s+/g, ' ')).toContain('party(id: $id) { id name } }');
    await page.getByRole('textbox', { name: 'Variables' }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('{ "id": "nbnp:nordic-council" }');
    await run(page);
    await page.getByText('"Nordic Council"').waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    await item('party Party').click();
    expect(await written()).not.toContain('party');
    expect(await written()).toContain('query Mine {');
    expect(faults).toEqual([]);
  });

  it('say when nothing can be ticked or found, and keep the focus and the ticks of each tab', async () => {
    await using hub = await openNetwork('facts');
    const browser = await openBrowser();
    await using opened = await openPage(browser, new URL('/explorer', hub.hubUrl));
    const { page, faults } = opened;
    await settled(page);
    await write(page, '{ partners { code } }');
    await button(page, 'Fields').click();
    const panel = page.getByRole('complementary', { name: 'Fields' });
    const tree = panel.getByRole('tree', { name: 'Fields' });
    const search = panel.getByLabel('Search the first level');
    await search.fill('partners');
    expect(await tree.getByRole('treeitem', { checked: true }).count()).toBe(2);
    await search.fill('noSuchField');
    await panel.getByText('Nothing found.').waitFor();
    expect(await tree.count()).toBe(0);
    await search.fill('');
    await tree.getByRole('treeitem').first().press('F2');
    await page.getByRole('complementary', { name: 'Docs' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('explorer-panel');
    await button(page, 'Fields').click();
    // In a tab of its own, an error from the beginning.
    await write(page, '{ claims {');
    await panel.getByRole('status').getByText('The operation has an error').waitFor();
    expect(await tree.getAttribute('aria-disabled')).toBe('true');
    expect(await tree.getByRole('treeitem', { checked: true }).count()).toBe(0);
    expect(await findAllBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });
});

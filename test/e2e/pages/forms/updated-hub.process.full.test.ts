import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { focused, isDone, press } from '../by-keyboard.js';
import { findBarriers } from '../find-barriers.js';
import { chromiumPath, openBrowser, openPageAs, settled } from '../open-browser.js';
import { updateHub } from '../update-hub.js';

const coordinator = { organisation: 'nbnp', role: 'coordinator' } as const;

describe.skipIf(!chromiumPath && !process.env['CI'])('a hub that is updated under a form', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });

  const listGroups = async (): Promise<string[]> => {
    const query = '{ groups(first: 100) { nodes { name } } }';
    const { data } = await network.ask(query, {}, coordinator);
    return (data.groups.nodes as Tree[]).map(({ name }) => name as string);
  };

  it.each([
    ['says so if it has not got its mutation any more', 'createGroup'],
    ['takes it if it has its mutation still', undefined],
  ])('%s, and nothing that was typed is lost', async (_, gone) => {
    const name = `A group over an update ${gone ?? ''}`;
    await using opened = await openPageAs(
      browser,
      new URL('/programme', network.hubUrl),
      coordinator,
    );
    const { page } = opened;
    const context = page.context();
    await press(page, 'link', 'Plan a group : Demonstration programme');
    await page.getByLabel('Name of the group').fill(name);
    const box = (group: string, side: string) =>
      page.getByRole('group', { name: group }).getByLabel(side);
    const from = box('Its members come from', 'Nordic and Baltic countries');
    const to = box('It travels to', 'North-West Russia');
    await from.check();
    await to.check();
    const refused = await updateHub(context, gone);
    try {
      await press(page, 'button', 'Plan the group');
      if (gone === undefined) await isDone(page, 'The group is planned.');
      else {
        await page.getByRole('alert').getByText('The hub was updated').waitFor();
        expect(await focused(page)).toContain('Load the page again');
        expect(await findBarriers(page)).toEqual([]);
        expect(refused.join()).toContain('GRAPHQL_VALIDATION_FAILED');
      }
      expect(refused.join()).toMatch(/DOCUMENT_NOT_TRUSTED|PERSISTED_QUERY_NOT_FOUND/);
    } finally {
      await context.unrouteAll({ behavior: 'wait' });
    }
    if (gone === undefined) {
      // The page of the group is one of the later hub.
      await press(page, 'button', 'Load it again');
      await page.getByRole('heading', { level: 1, name }).waitFor();
    } else {
      expect(await listGroups()).not.toContain(name);
      // The pages of the later hub.
      await page.reload();
      await settled(page);
      await expect.poll(() => page.getByLabel('Name of the group').inputValue()).toBe(name);
      expect([await from.isChecked(), await to.isChecked()]).toEqual([true, true]);
      await press(page, 'button', 'Plan the group');
      await isDone(page, 'The group is planned.');
    }
    expect((await listGroups()).filter((one) => one === name)).toHaveLength(1);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { chromiumPath, openBrowser, openPage, settled, signIn } from './open-browser.js';

const asker = { organisation: 'nbnp', role: 'coordinator' } as const;

describe.skipIf(!chromiumPath && !process.env['CI'])('the pages of a cancelled group', () => {
  let hub: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.[Symbol.asyncDispose]();
  });

  async function read(path: string): Promise<string> {
    await using opened = await openPage(browser, new URL(path, hub.hubUrl));
    await signIn(opened.page, asker.organisation, asker.role);
    await settled(opened.page);
    return await opened.page.locator('main').innerText();
  }

  it('show its visit as cancelled, with the reason, and no more as one that comes', async () => {
    const { data } = await hub.ask(
      '{ groups(first: 100) { nodes { id version cancelledOn visits { id title departedOn cancelledOn } } } }',
      {},
      asker,
    );
    const group = data.groups.nodes.find(
      ({ cancelledOn, visits }: Tree) =>
        !cancelledOn &&
        visits.length > 0 &&
        visits.every((visit: Tree) => !visit.departedOn && !visit.cancelledOn),
    );
    const [{ id: visit, title }] = group.visits;
    const visitPath = `/programme/visit?id=${encodeURIComponent(visit)}`;
    expect(await read('/programme')).toContain(title);
    expect(await read(visitPath)).not.toContain('Nobody can travel.');
    const { id, version } = group;
    const input = { group: id, version, on: '2026-11-20', reason: 'Nobody can travel.' };
    const cancelled = await hub.ask(
      'mutation Cancel($input: CancelGroupInput!) { cancelGroup(input: $input) { state } }',
      { input },
      asker,
    );
    expect(cancelled.data).toEqual({ cancelGroup: { state: 'CANCELLED' } });
    expect(await read('/programme')).not.toContain(title);
    expect(await read(visitPath)).toContain('Nobody can travel.');
  });
});

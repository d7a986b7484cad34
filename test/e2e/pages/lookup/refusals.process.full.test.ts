import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { chromiumPath, openBrowser, openPageAs, settled } from '../open-browser.js';

interface Reading {
  readonly wasRefused: boolean;
  readonly operationName: string | null;
  readonly type: string;
  readonly fields: readonly string[];
}

/** The pages that everybody opens on the way to another. */
const paths = ['/', '/programme', '/programme/p?id=nbnp%3Ademo-programme', '/tasks', '/people'];
const readings = '(first: 1000) { nodes { wasRefused operationName type fields } }';

describe.skipIf(!chromiumPath && !process.env['CI'])('the record of refusals', () => {
  let hub: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await hub?.[Symbol.asyncDispose]();
  });

  /** What the network and the offices refused to anybody, as their auditors read it. */
  async function listRefusals(): Promise<string[]> {
    const network = await hub.ask(
      `{ networkDisclosures${readings} }`,
      {},
      { organisation: 'nbnp', role: 'auditor' },
    );
    const offices = await hub.ask(
      `{ officeDisclosures${readings} }`,
      {},
      { organisation: 'ncm', role: 'auditor' },
    );
    const all: Reading[] = [
      ...network.data.networkDisclosures.nodes,
      ...offices.data.officeDisclosures.nodes,
    ];
    return all
      .filter(({ wasRefused }) => wasRefused)
      .map(({ operationName, type, fields }) => `${operationName}: ${type} ${fields.join(' ')}`);
  }

  it.each([
    { organisation: 'nbnp', role: 'coordinator' },
    { organisation: 'nbnp', role: 'analyst' },
    { organisation: 'ncm', role: 'coordinator' },
    { organisation: 'lv', role: 'coordinator' },
    { organisation: 'fi', role: 'liaison' },
    { organisation: 'fi', role: 'auditor' },
  ])('has none of the pages that $role of $organisation goes through', async (reader) => {
    await using opened = await openPageAs(browser, new URL('/help', hub.hubUrl), reader);
    const { page, faults } = opened;
    for (const path of paths) {
      await page.goto(new URL(path, hub.hubUrl).href);
      await settled(page);
    }
    expect(await listRefusals()).toEqual([]);
    expect(faults).toEqual([]);
  });
});

import { createKeyStore, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import {} from '@hub/shared/records';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runContractCommand } from '../../../gateway/cli/contract/contract-commands.js';
import { runReleaseCommand } from '../../../gateway/cli/graph/releases.js';
import { readContract } from '../../../gateway/registry/contracts.js';
import { signConformance } from '../../../gateway/registry/publications/conformance.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';
import { findAllBarriers } from './find-barriers.js';
import { chromiumPath, openBrowser, openPage, settled, signIn } from './open-browser.js';

/** For states that come some time after an event, on a machine that may be busy. */
const patience = { timeout: 240_000, interval: 200 };
/** After so many checks, a partner says again that it has published something. */
const checksOfRefresh = 50;

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

describe.skipIf(!chromiumPath && !process.env['CI'])('the page of the status', () => {
  let network: Awaited<ReturnType<typeof openPublishingNetwork>>;
  let hub: TestHub;
  let browser: Browser;

  const listReleases = async () => {
    const { data } = await hub.ask('{ operations { releases { number isServed isPinned } } }');
    return (data as { operations: { releases: readonly unknown[] } }).operations.releases;
  };

  const askPartner = async (code: string, field: string) => {
    const { data } = await hub.ask(`{ partner(code: "${code}") { field: ${field} } }`);
    return JSON.stringify(data);
  };

  const expectServed = async (number: number, isPinned = false) => {
    expect(await listReleases()).toContainEqual({ number, isServed: true, isPinned });
  };

  /** A hub on a busy machine may not reach a partner in time. So the partner tells it again. */
  const untilPublished = async (code: 'ncm' | 'no' | 'se', check: () => Promise<void>) => {
    let checks = 0;
    await vi.waitFor(async () => {
      if (checks % checksOfRefresh === 0) await hub.refresh(code);
      checks += 1;
      await check();
    }, patience);
  };

  const untilPartnerHas = (code: 'ncm' | 'no' | 'se', field: string, value: string) =>
    untilPublished(code, async () => expect(await askPartner(code, field)).toContain(value));

  const readHubKey = async () => {
    const file = keyFilesOf(join(network.folder, 'data', 'keys'), hubIssuer).private;
    const keys = createKeyStore({ files: new Map([[hubIssuer, file]]) });
    const [key] = await keys.signingKeysOf(hubIssuer);
    if (!key) throw new Error('The hub has no key.');
    return key;
  };

  beforeAll(async () => {
    browser = await openBrowser();
    network = await openPublishingNetwork({ HUB_TRIAL_SIGN_IN: 'true' });
    const { partnerOf, environment } = network;
    await network.publishAll();
    // What the hub need not see come is there when it starts.
    const maintenance = [
      {
        from: '2026-01-01T00:00:00Z',
        to: '2099-01-01T00:00:00Z',
        message: 'We move to another hall.',
      },
      { from: '2098-05-01T08:00:00Z', to: '2098-05-01T09:00:00Z', message: 'New disks.' },
    ];
    await partnerOf('se').publish({ maintenance });
    const conformance = await signConformance(
      {
        form: 1,
        issuer: hubIssuer,
        partner: 'no',
        subgraph: 'national-police',
        endpoint: partnerOf('no').url,
        schemaVersion: '1',
        checkVersion: '1.0.0',
        checkedAt: '2026-11-01T10:00:00Z',
        validUntil: '2098-01-01T00:00:00Z',
        result: 'BROKEN',
        passed: ['manifest-signed'],
        broken: ['total-order', 'replay-refused'],
        notDecided: [],
      },
      await readHubKey(),
    );
    await partnerOf('no').publish({ conformance });
    const next = readContract('national-police').sdl.replace('  acronym: String\n', '');
    await writeFile(join(network.folder, 'national-police.graphql'), next);
    const propose = ['propose', join(network.folder, 'national-police.graphql')];
    await runContractCommand(propose, () => undefined, environment);
    hub = await network.startHub(1);
    await vi.waitFor(() => expectServed(1), patience);
    const { contract } = partnerOf('ncm');
    const schema = `${contract}\nextend type Office { motto: String }`;
    await partnerOf('ncm').publish({ schema, sequence: 1_001 });
    await untilPublished('ncm', () => expectServed(2));
    await runReleaseCommand(['rollback', '1'], () => undefined, environment);
    await vi.waitFor(() => expectServed(3, true), patience);
    const stolen = `${contract.replace('"@key"', '"@key", "@override"')}
      extend type Group { name: String @override(from: "nbnp") }`;
    await partnerOf('ncm').publish({ schema: stolen, sequence: 1_002 });
    await untilPartnerHas('se', 'status', 'MAINTENANCE');
    await untilPartnerHas('no', 'conformance { result }', 'BROKEN');
    await untilPartnerHas('ncm', 'quarantineReason', 'override');
    await vi.waitFor(async () => {
      const { data } = await hub.ask('{ operations { contractProposals { number } } }');
      expect(data).toEqual({ operations: { contractProposals: [{ number: 1 }] } });
    }, patience);
  });
  afterAll(async () => {
    await hub?.[Symbol.asyncDispose]();
    await network?.[Symbol.asyncDispose]();
  });

  const open = async (options: Parameters<typeof openPage>[2] = {}) => {
    const opened = await openPage(browser, new URL('/status', hub.url), options);
    await settled(opened.page);
    return opened;
  };

  /** The texts of a table’s rows. */
  const readRows = async (page: Page, name: string) => {
    const rows = await page.getByRole('region', { name, exact: true }).getByRole('row').all();
    const cells = rows.slice(1).map((row) => row.locator('th, td').allInnerTexts());
    return Promise.all(cells);
  };

  it('shows the releases of the graph, and which one is served and pinned', async () => {
    await using opened = await open();
    const rows = await readRows(opened.page, 'Releases of the graph');
    expect(rows.map(([number, state]) => [number, state])).toEqual([
      ['3', 'served, pinned by the operator'],
      ['2', ''],
      ['1', ''],
    ]);
    expect(rows[0]?.[3]).toBe('rollback to release 1');
    expect(rows[1]?.[3]).toContain('publications of ncm');
  });

  it('shows proposed contracts, and what clients would see of them', async () => {
    await using opened = await open();
    const rows = await readRows(opened.page, 'Proposed contracts');
    expect(rows.map(([number, contract, state]) => [number, contract, state])).toEqual([
      ['1', 'national-police', 'not adopted'],
    ]);
    expect(rows[0]?.[4]).toMatch(/^breaking: .*acronym/m);
  });

  it('shows why a schema is in quarantine, with the rule and the place', async () => {
    await using opened = await open();
    const rows = await readRows(opened.page, 'Quarantines');
    expect(rows.map(([partner]) => partner)).toEqual(['ncm (ncm)']);
    expect(rows[0]?.[1]).toMatch(/^\[override\] at Group\.name \(\d+:\d+\): /);
  });

  it('shows what a check of a server found', async () => {
    await using opened = await open();
    const rows = await readRows(opened.page, 'Checks of servers');
    expect(rows.map(([partner, result]) => [partner, result])).toEqual([
      ['no (no)', 'broken: total-order, replay-refused'],
    ]);
    expect(rows[0]?.[3]).toContain('2098');
  });

  it('shows announced maintenance, the first first', async () => {
    await using opened = await open();
    const rows = await readRows(opened.page, 'Maintenance');
    expect(rows.map(([partner, , , message]) => [partner, message])).toEqual([
      ['se (se)', 'We move to another hall.'],
      ['se (se)', 'New disks.'],
    ]);
    expect(rows[1]?.[1]).toContain('2098');
  });

  it('shows an organisation what is used of its own schema, and others nothing', async () => {
    await using opened = await open();
    const { page } = opened;
    const hint = page.getByText('Sign in to see which clients use the fields');
    await hint.waitFor();
    await hub.ask('{ offices { name } }');
    await signIn(page, 'ncm', 'analyst');
    const rowsOf = async () => {
      await page.getByRole('button', { name: 'Ask again' }).click();
      await settled(page);
      return (await readRows(page, 'Use of your organisation’s fields')).map(
        ([element, uses, , clients]) => [element, uses, clients],
      );
    };
    await expect.poll(rowsOf, patience).toContainEqual(['Office.name', '1', 'without a name']);
    expect((await rowsOf()).map(([element]) => element)).not.toContain('Query.partners');
    expect(opened.faults).toEqual([]);
  });

  it('keeps nobody out at any width in any colours', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await page.getByRole('region', { name: 'Quarantines' }).waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });
});

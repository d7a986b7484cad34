import { createKeyStore, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runContractCommand } from '../../../gateway/cli/contract/contract-commands.js';
import { runReleaseCommand } from '../../../gateway/cli/graph/releases.js';
import { readContract } from '../../../gateway/registry/contracts.js';
import { signConformance } from '../../../gateway/registry/publications/conformance.js';
import {
  askMotto,
  askPartner,
  motto,
  type Network,
  releasesOf,
  withMotto,
} from '../network/motto.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';
import { readMetrics } from '../network/read-metrics.js';
import { findAllBarriers } from './find-barriers.js';
import { chromiumPath, openBrowser, openPage, settled, signIn } from './open-browser.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

/** For states that come some time after an event, on a machine that may be busy. */
const patience = { timeout: 240_000, interval: 200 };
/** After so many checks, a partner says again that it has published something: the hub may not have reached it. */
const checksOfRefresh = 50;

/** Far less than the five minutes between two looks at a manifest. */
const soon = { timeout: 60_000, interval: 250 };

const maintenance = [
  {
    from: '2026-01-01T00:00:00Z',
    to: '2099-01-01T00:00:00Z',
    message: 'We move to another hall.',
  },
  { from: '2098-05-01T08:00:00Z', to: '2098-05-01T09:00:00Z', message: 'New disks.' },
];

/** What the hub found when it checked the server of Norway. */
async function signBroken({ folder, partnerOf }: Network): Promise<string> {
  const file = keyFilesOf(join(folder, 'data', 'keys'), hubIssuer).private;
  const keys = createKeyStore({ files: new Map([[hubIssuer, file]]) });
  const [key = {}] = await keys.signingKeysOf(hubIssuer);
  const statement: Parameters<typeof signConformance>[0] = {
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
  };
  return signConformance(statement, key);
}

/** Proposes a contract without a field. */
async function proposeContract({ folder, environment }: Network): Promise<void> {
  const file = join(folder, 'national-police.graphql');
  await writeFile(file, readContract('national-police').sdl.replace('  acronym: String\n', ''));
  await runContractCommand(['propose', file], () => undefined, environment);
}

const hostile = (network: Network): string =>
  `${network.partnerOf('ncm').contract.replace('"@key"', '"@key", { name: "@override", as: "@mine" }')}
   extend type Group { name: String @mine(from: "nbnp") }`;

const hasSlogan = async (hub: TestHub): Promise<boolean> => {
  const { data } = await hub.ask('{ __type(name: "Programme") { fields { name } } }');
  return JSON.stringify(data).includes('slogan');
};

/** Asks until it is stopped. Returns the responses without the office. */
function keepAsking(hub: TestHub): { stop(): Promise<unknown[]> } {
  const failures: unknown[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const answer = await hub.ask('{ offices { id } }').catch((error: unknown) => error);
      if (!JSON.stringify(answer).includes('ncm:led')) failures.push(answer);
      // The hub needs the machine for the new schema.
      await wait(20);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await asking;
      return failures;
    },
  };
}

const late = { organisation: 'ncm', kind: 'DECIDE_NOMINATION', countAtLeast: 2 };

describe('partners that publish', () => {
  let network: Network;
  let hub: TestHub;
  let conformance: string;
  let askedForOverdue: () => number;
  /** Ends when a hub that asks for overdue tasks would have done so: it looks every two seconds. */
  let watched: Promise<void>;
  beforeAll(async () => {
    network = await openPublishingNetwork({ HUB_TRIAL_SIGN_IN: 'true' });
    await network.publishAll();
    conformance = await signBroken(network);
    await network.partnerOf('no').publish({ conformance });
    await proposeContract(network);
    askedForOverdue = network.partnerOf('nbnp').sayOverdue(late);
    hub = await network.startHub();
    const releases = () => releasesOf(network);
    await vi.waitFor(async () => expect(await releases()).toContain('000001.json'), patience);
    watched = wait(5_000);
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  /** What is read after a partner has said, now and then, that it has published something. */
  const told = <Read>(code: 'ncm' | 'nbnp' | 'se', read: () => Promise<Read>) => {
    let checks = 0;
    return async (): Promise<Read> => {
      if (checks++ % checksOfRefresh === 0) await hub.refresh(code);
      return read();
    };
  };

  it('have a new field in the graph without a restart, and no query is lost; a hostile schema is quarantined', async () => {
    expect(await askMotto(hub)).toBeUndefined();
    expect(await hub.refresh('ncm', {}), 'without a signature').toBe(401);
    await network.partnerOf('ncm').publish({ schema: withMotto(network), sequence: 1_001 });
    const asking = keepAsking(hub);
    expect(await hub.refresh('ncm')).toBe(202);
    await expect
      .poll(
        told('ncm', () => askMotto(hub)),
        patience,
      )
      .toEqual(motto);
    await hub.command.until(/"msg":"reloaded"/);
    expect(await asking.stop()).toEqual([]);

    // Its last good schema stays, and others’ publications take effect.
    await network.partnerOf('ncm').publish({ schema: hostile(network), sequence: 1_002 });
    const nbnp = `${network.partnerOf('nbnp').contract}\nextend type Programme { slogan: String }`;
    await network.partnerOf('nbnp').publish({ schema: nbnp, sequence: 1_001 });
    await Promise.all([hub.refresh('ncm'), hub.refresh('nbnp')]);
    const reason = async () => (await askPartner(hub, 'ncm'))['quarantineReason'];
    await expect
      .poll(told('ncm', reason), patience)
      .toMatch(/^\[override\] at Group\.name \(\d+:\d+\): .*taken over from nbnp/);
    await expect
      .poll(
        told('nbnp', () => hasSlogan(hub)),
        patience,
      )
      .toBe(true);
    // The server of the offices no longer has the field; the graph still does.
    const { data } = await hub.ask('{ __type(name: "Office") { fields { name } } }');
    expect(JSON.stringify(data)).toContain('motto');
    expect(await askPartner(hub, 'ncm')).toMatchObject({ status: 'QUARANTINED' });
    expect(await askPartner(hub, 'nbnp')).toMatchObject({ quarantineReason: null });

    // Both workers see it, and what the alerts read is there.
    const metrics = async () => (await readMetrics(hub.url)).valueOf;
    const seenAs = (status: string) => `hub_partner_status{partner="ncm",status="${status}"}`;
    await expect.poll(async () => (await metrics())(seenAs('QUARANTINED')), patience).toBe(2);
    const valueOf = await metrics();
    expect(valueOf(seenAs('ANSWERING'))).toBe(0);
    expect(valueOf('hub_record_rewritten{partner="ncm"}')).toBe(0);
    expect(valueOf('hub_registered_keys_digest{organisation="ncm"}')).toBeGreaterThan(0);
  });

  it('lose only a field that they remove without notice, as soon as a response shows it', async () => {
    // Before, it is asked for less, so that nothing of what is asked for later is cached.
    const units = await hub.ask('{ policeUnits { id } }');
    const ask = () => hub.ask('{ policeUnits { id name city country } }');
    expect(units.data).toMatchObject({
      policeUnits: [{ id: 'no:unit-1' }, { id: 'se:unit-1' }],
    });
    const norway = network.partnerOf('no');
    const [before = '', after = ''] = norway.contract.split(/^(?=type PoliceUnit )/m);
    const schema = before + after.replace(/ {2}"""[^"]*"""\n {2}city: String\n/, '');
    expect(schema.length).toBeLessThan(norway.contract.length);
    await norway.publish({ schema, conformance, sequence: 1_001 });

    const first = await ask();
    expect(first.completeness).toMatchObject({ complete: false });
    const rows = async () => {
      const { data, completeness } = await ask();
      return { ...(data as { policeUnits: { id: string }[] }), completeness };
    };
    await expect.poll(rows, soon).toMatchObject({
      policeUnits: [
        { id: 'no:unit-1', name: 'Oslo', country: 'NO' },
        { id: 'se:unit-1', name: 'Stockholm', country: 'SE' },
      ],
      completeness: { partners: { no: { status: 'LACKS_FIELD' } } },
    });
  });

  it('are not asked for overdue tasks by a hub whose operator has not turned notices on', async () => {
    await watched;
    expect(askedForOverdue()).toBe(0);
  });

  describe.skipIf(!chromiumPath && !process.env['CI'])(
    'are shown by the page of the status',
    () => {
      let browser: Browser;
      let opened: Awaited<ReturnType<typeof open>>;
      beforeAll(async () => {
        browser = await openBrowser();
        await network.partnerOf('se').publish({ maintenance, sequence: 1_001 });
        await runReleaseCommand(['rollback', '1'], () => undefined, network.environment);
        const isPinned = async () => {
          const { data } = await hub.ask(
            '{ operations { releases { number isServed isPinned } } }',
          );
          const [newest] = (data as { operations: { releases: readonly unknown[] } }).operations
            .releases;
          expect(newest).toMatchObject({ isServed: true, isPinned: true });
        };
        await vi.waitFor(isPinned, patience);
        const states = async () => {
          const { data } = await hub.ask(`{ se: partner(code: "se") { status }
            no: partner(code: "no") { conformance { result } }
            operations { contractProposals { number } } }`);
          expect(data).toEqual({
            se: { status: 'MAINTENANCE' },
            no: { conformance: { result: 'BROKEN' } },
            operations: { contractProposals: [{ number: 1 }] },
          });
        };
        await vi.waitFor(told('se', states), patience);
        opened = await open();
      });
      afterAll(() => opened?.[Symbol.asyncDispose]());

      const open = async (options: Parameters<typeof openPage>[2] = {}) => {
        const opened = await openPage(browser, new URL('/status', hub.url), options);
        // What is an operator’s matter is for those who have signed in.
        await signIn(opened.page, 'ncm', 'analyst');
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
        const rows = await readRows(opened.page, 'Releases of the graph');
        const [newest, ...others] = rows.map(([number, state]) => [number, state]);
        expect(newest).toEqual([String(rows.length), 'served, pinned by the operator']);
        expect(others).toEqual(others.map((_, index) => [String(others.length - index), '']));
        expect(rows[0]?.[3]).toBe('rollback to release 1');
        expect(rows.at(-2)?.[3]).toContain('publications of ncm');
      });

      it('shows proposed contracts, and what clients would see of them', async () => {
        const rows = await readRows(opened.page, 'Proposed contracts');
        expect(rows.map(([number, contract, state]) => [number, contract, state])).toEqual([
          ['1', 'national-police', 'not adopted'],
        ]);
        expect(rows[0]?.[4]).toMatch(/^breaking: .*acronym/m);
      });

      it('shows why a schema is in quarantine, with the rule and the place', async () => {
        const rows = await readRows(opened.page, 'Quarantines');
        expect(rows.map(([partner]) => partner)).toEqual(['ncm (ncm)']);
        expect(rows[0]?.[1]).toMatch(/^\[override\] at Group\.name \(\d+:\d+\): /);
      });

      it('shows what a check of a server found', async () => {
        const rows = await readRows(opened.page, 'Checks of servers');
        expect(rows.map(([partner, result]) => [partner, result])).toEqual([
          ['no (no)', 'broken: total-order, replay-refused'],
        ]);
        expect(rows[0]?.[3]).toContain('2098');
      });

      it('shows announced maintenance, the first first', async () => {
        const rows = await readRows(opened.page, 'Maintenance');
        expect(rows.map(([partner, , , message]) => [partner, message])).toEqual([
          ['se (se)', 'We move to another hall.'],
          ['se (se)', 'New disks.'],
        ]);
        expect(rows[1]?.[1]).toContain('2098');
      });

      it('shows an organisation what is used of its own schema', async () => {
        await using opened = await open();
        const { page } = opened;
        await hub.ask('{ offices { name } }');
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
    },
  );
});

import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { patience } from '../network/patience.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';
import { readMetrics } from '../network/read-metrics.js';
import { askMotto, askPartner, motto, type Network, releasesOf, withMotto } from './motto.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

/** Far less than the five minutes between two looks at a manifest. */
const soon = { timeout: 60_000, interval: 250 };

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
  let askedForOverdue: () => number;
  /** Ends when a hub that asks for overdue tasks would have done so: it looks every two seconds. */
  let watched: Promise<void>;
  beforeAll(async () => {
    network = await openPublishingNetwork();
    await network.publishAll();
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

  it('have a new field in the graph without a restart, and no query is lost; a hostile schema is quarantined', async () => {
    expect(await askMotto(hub)).toBeUndefined();
    expect(await hub.refresh('ncm', {}), 'without a signature').toBe(401);
    await network.partnerOf('ncm').publish({ schema: withMotto(network), sequence: 1_001 });
    const asking = keepAsking(hub);
    expect(await hub.refresh('ncm')).toBe(202);
    await expect.poll(() => askMotto(hub), patience).toEqual(motto);
    await hub.command.until(/"msg":"reloaded"/);
    expect(await asking.stop()).toEqual([]);

    // Its last good schema stays, and others’ publications take effect.
    await network.partnerOf('ncm').publish({ schema: hostile(network), sequence: 1_002 });
    const nbnp = `${network.partnerOf('nbnp').contract}\nextend type Programme { slogan: String }`;
    await network.partnerOf('nbnp').publish({ schema: nbnp, sequence: 1_001 });
    await Promise.all([hub.refresh('ncm'), hub.refresh('nbnp')]);
    await expect
      .poll(async () => (await askPartner(hub, 'ncm'))['quarantineReason'], patience)
      .toMatch(/^\[override\] at Group\.name \(\d+:\d+\): .*taken over from nbnp/);
    await expect.poll(() => hasSlogan(hub), patience).toBe(true);
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
    await norway.publish({ schema, sequence: 1_001 });

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
});

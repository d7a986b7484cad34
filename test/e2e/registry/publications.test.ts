import { describe, expect, it, vi } from 'vitest';
import { patience } from '../network/patience.js';
import { openPublishingNetwork } from '../network/publishing-network.js';
import { askMotto, askPartner, motto, type Network, releasesOf, withMotto } from './motto.js';

vi.setConfig({ testTimeout: 600_000 });

const hostile = (network: Network): string =>
  `${network.partnerOf('ncm').contract.replace('"@key"', '"@key", { name: "@override", as: "@mine" }')}
   extend type Group { name: String @mine(from: "nbnp") }`;

describe('a partner that publishes a new field', () => {
  it('has it in the graph without a restart, and no query is lost', async () => {
    await using network = await openPublishingNetwork();
    await network.publishAll();
    await using hub = await network.startHub();
    await expect.poll(() => releasesOf(network), patience).toContain('000001.json');
    expect(await askMotto(hub)).toBeUndefined();
    await network.partnerOf('ncm').publish({ schema: withMotto(network), sequence: 1_001 });
    const failures: unknown[] = [];
    let isOver = false;
    const asking = Promise.all(
      [1, 2, 3].map(async () => {
        while (!isOver) {
          const answer = await hub.ask('{ offices { id } }').catch((error: unknown) => error);
          const isRight = JSON.stringify(answer).includes('ncm:led');
          if (!isRight) failures.push(answer);
        }
      }),
    );
    expect(await hub.refresh('ncm')).toBe(202);
    await expect.poll(() => askMotto(hub), patience).toEqual(motto);
    await hub.command.until(/"msg":"reloaded"/);
    isOver = true;
    await asking;
    expect(failures).toEqual([]);
  });
});

describe('POST /registry/refresh', () => {
  it('is refused without a signature, and tells nobody anything', async () => {
    await using network = await openPublishingNetwork();
    await using hub = await network.startHub(1);
    expect(await hub.refresh('ncm', {})).toBe(401);
  });
});

describe('a hostile schema', () => {
  it('is quarantined, its last good one stays, and others’ publications take effect', async () => {
    await using network = await openPublishingNetwork();
    await network.publishAll();
    await network.partnerOf('ncm').publish({ schema: withMotto(network) });
    await using hub = await network.startHub();
    await expect.poll(() => askMotto(hub), patience).toEqual(motto);
    await network.partnerOf('ncm').publish({ schema: hostile(network), sequence: 1_001 });
    const nbnp = `${network.partnerOf('nbnp').contract}\nextend type Programme { slogan: String }`;
    await network.partnerOf('nbnp').publish({ schema: nbnp, sequence: 1_001 });
    await Promise.all([hub.refresh('ncm'), hub.refresh('nbnp')]);
    await expect
      .poll(async () => (await askPartner(hub, 'ncm'))['quarantineReason'], patience)
      .toMatch(/^\[override\] at Group\.name \(\d+:\d+\): .*taken over from nbnp/);
    const hasSlogan = async () => {
      const { data } = await hub.ask('{ __type(name: "Programme") { fields { name } } }');
      return JSON.stringify(data).includes('slogan');
    };
    await expect.poll(hasSlogan, patience).toBe(true);
    // The server of the offices no longer has the field; the graph still does.
    const { data } = await hub.ask('{ __type(name: "Office") { fields { name } } }');
    expect(JSON.stringify(data)).toContain('motto');
    expect(await askPartner(hub, 'ncm')).toMatchObject({ status: 'QUARANTINED' });
    expect(await askPartner(hub, 'nbnp')).toMatchObject({ quarantineReason: null });
  });
});

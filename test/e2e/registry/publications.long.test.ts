import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { askMotto, askPartner, motto, releasesOf, withMotto } from '../network/motto.js';
import { patience } from '../network/patience.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';

vi.setConfig({ testTimeout: 600_000 });

describe('a manifest that is old, invalid or signed by another partner', () => {
  it('changes nothing, and is in the log of administration', async () => {
    await using network = await openPublishingNetwork();
    await network.publishAll();
    const { ncm, nbnp, no, se } = {
      ncm: network.partnerOf('ncm'),
      nbnp: network.partnerOf('nbnp'),
      no: network.partnerOf('no'),
      se: network.partnerOf('se'),
    };
    await ncm.publish({ sequence: 2_000 });
    await using hub = await network.startHub(1);
    await expect.poll(() => releasesOf(network), patience).toContain('000001.json');
    ncm.publishFile(await ncm.sign({ schema: withMotto(network), sequence: 1_999 }));
    nbnp.publishFile(JSON.stringify({ manifest: 'a.b.c' }));
    no.publishFile(await se.sign({ sequence: 3_000 }));
    se.publishFile('<html>');
    for (const code of ['ncm', 'nbnp', 'no', 'se'] as const) {
      expect(await hub.refresh(code)).toBe(202);
    }
    const refused = async () => {
      const log = await readFile(join(network.registryFolder, 'administration.jsonl'), 'utf8');
      return log
        .split('\n')
        .filter((line) => line.includes('PUBLICATION_REFUSED'))
        .map((line) => (JSON.parse(line) as { details: { partner: string; code: string } }).details)
        .map(({ partner, code }) => `${partner} ${code}`)
        .toSorted();
    };
    await expect
      .poll(refused, patience)
      .toEqual([
        'nbnp MANIFEST_UNSIGNED',
        'ncm MANIFEST_ROLLBACK',
        'no MANIFEST_FOREIGN',
        'se MANIFEST_UNSIGNED',
      ]);
    expect(await releasesOf(network)).toEqual(['000001.json']);
    expect(await askMotto(hub)).toBeUndefined();
  });
});

describe('a hub that starts', () => {
  it('serves the last release while all partners are unavailable, whatever happened to newer files', async () => {
    await using network = await openPublishingNetwork();
    await network.publishAll();
    await network.partnerOf('ncm').publish({ schema: withMotto(network) });
    {
      await using hub = await network.startHub(1);
      await expect.poll(() => askMotto(hub), patience).toEqual(motto);
    }
    for (const code of ['ncm', 'nbnp', 'no', 'se'] as const) await network.partnerOf(code).stop();
    const hasMotto = async (hub: TestHub) => {
      const { data } = await hub.ask('{ __type(name: "Office") { fields { name } } }');
      return JSON.stringify(data).includes('motto');
    };
    const folder = join(network.registryFolder, 'releases');
    await writeFile(join(folder, '000009.json'), '{"digest":"');
    {
      await using hub = await network.startHub(1);
      expect(await hasMotto(hub)).toBe(true);
    }
    await rm(network.registryFolder, { recursive: true });
    await using hub = await network.startHub(1);
    expect(await hasMotto(hub)).toBe(false);
  });
});

describe('announced maintenance', () => {
  it('makes the hub respond at once, without a request to the partner', async () => {
    await using network = await openPublishingNetwork();
    await network.publishAll();
    const [from, to] = [-60_000, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
    const maintenance = [{ from: from ?? '', to: to ?? '', message: 'The database moves.' }];
    await network.partnerOf('ncm').publish({ maintenance });
    await using hub = await network.startHub(1);
    await expect
      .poll(async () => (await askPartner(hub, 'ncm'))['status'], patience)
      .toBe('MAINTENANCE');
    const before = network.partnerOf('ncm').asked();
    const { errors, completeness } = await hub.ask('{ offices { id } }');
    expect(errors).toMatchObject([
      {
        message: 'This partner is in maintenance: The database moves.',
        extensions: { code: 'PARTNER_MAINTENANCE', partner: 'ncm' },
      },
    ]);
    expect(completeness).toMatchObject({ partners: { ncm: { status: 'MAINTENANCE' } } });
    expect(network.partnerOf('ncm').asked()).toBe(before);
    expect((await askPartner(hub, 'ncm'))['maintenance']).toEqual([
      { message: 'The database moves.' },
    ]);
  });
});

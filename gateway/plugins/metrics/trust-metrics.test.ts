import { ensureKeyFiles, keyFilesOf } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { inner } from '@hub/shared/testing';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNetworkConfig } from '../../config.js';
import { createDisclosureHeads, disclosureHeadsFile } from '../../registry/disclosure-heads.js';
import { createSoleWorker } from '../sole-worker.js';
import { openMetrics } from './open-metrics.js';

const codes = ['dk', 'no'];

/** The data folder of a hub with two partners, and what is measured of them. */
async function openFolder() {
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-trust-'));
  const keys = join(dataDir, 'keys');
  for (const code of codes) await ensureKeyFiles(keys, code);
  const partners = codes.map((code) => ({
    code,
    name: code,
    subgraph: 'national-police',
    url: 'http://127.0.0.1:1/graphql',
    contact: 'hub@example.org',
    publicKeys: `keys/${code}.public.json`,
    deadlineMs: 1_000,
    maxResponseBytes: 1_000,
  }));
  return {
    dataDir,
    dk: { folder: keys, code: 'dk' },
    heads: createDisclosureHeads(dataDir),
    /** The value of each organisation, read by a hub that has just started. */
    async read(name: string) {
      const config = {
        ...readNetworkConfig({ HUB_DATA_DIR: dataDir }),
        network: { port: 0, partners },
      };
      const worker = createSoleWorker(config, silentLogger);
      openMetrics(worker, []);
      const counts = await worker.metrics.getMetricsAsJSON();
      const values = counts.find((metric) => metric.name === name)?.values ?? [];
      return Object.fromEntries(
        values.map(({ labels, value }) => [Object.values(labels).join(), value]),
      );
    },
    [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true }),
  };
}

describe('hub_registered_keys_digest', () => {
  const name = 'hub_registered_keys_digest';

  it('changes when the keys of a partner are replaced, and not when their file is touched', async () => {
    await using hub = await openFolder();
    const before = await hub.read(name);
    expect(Object.keys(before)).toEqual(codes);
    const { public: file } = keyFilesOf(hub.dk.folder, 'dk');
    await utimes(file, new Date(), new Date('2026-01-01T00:00:00Z'));
    expect(await hub.read(name)).toEqual(before);
    await inner.rotateKeys({ ...hub.dk, isInstalled: true, sleep: () => Promise.resolve() });
    const after = await hub.read(name);
    expect(after['dk']).not.toBe(before['dk']);
    expect(after['no']).toBe(before['no']);
    // Prometheus reads a number: it must be exact.
    expect(Number.isSafeInteger(after['dk'])).toBe(true);
  });

  it('leaves out keys that cannot be read', async () => {
    await using hub = await openFolder();
    await writeFile(keyFilesOf(hub.dk.folder, 'dk').public, 'spoilt');
    expect(Object.keys(await hub.read(name))).toEqual(['no']);
  });
});

describe('hub_record_rewritten', () => {
  const name = 'hub_record_rewritten';
  const known = { links: 3, hash: 'a'.repeat(64), at: '2026-11-26T08:00:00Z' };

  it('is 1 while the record of a partner does not go on from where it was', async () => {
    await using hub = await openFolder();
    expect(await hub.read(name)).toEqual({ dk: 0, no: 0 });
    await hub.heads.write('dk', { ...known, fault: { links: 2, at: known.at } });
    await hub.heads.write('no', known);
    expect(await hub.read(name)).toEqual({ dk: 1, no: 0 });
    await hub.heads.forget('dk');
    expect(await hub.read(name)).toEqual({ dk: 0, no: 0 });
  });

  it('leaves the other metrics readable if the file cannot be read', async () => {
    await using hub = await openFolder();
    await writeFile(disclosureHeadsFile(hub.dataDir), 'spoilt');
    expect(await hub.read('hub_workers')).toEqual({ '': 1 });
  });
});

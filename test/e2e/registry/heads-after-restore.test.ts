import { createKeyStore, ensureKeyFiles, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { dailyHeads } from '@hub/shared/records';
import { silentLogger } from '@hub/shared/system';
import { inner } from '@hub/shared/testing';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runHeadsCommand } from '../../../gateway/cli/records/heads.js';
import { printed } from '../../../gateway/cli/test-printed.js';
import { readNetworkConfig } from '../../../gateway/config.js';
import { takeHeads } from '../../../gateway/plugins/heads/open-heads.js';
import { createDisclosureHeads } from '../../../gateway/registry/disclosure-heads.js';
import { openRegistryFiles } from '../../../gateway/registry/files/served-graph.js';
import { createNetworkKeys } from '../../../gateway/registry/network-keys.js';
import { createHeadLedger } from '../../../gateway/registry/records/head-ledger.js';
import { cloneFolder } from '../network/running-command.js';

const hashOf = (digit: string) => digit.repeat(64);

/** The files of a hub, and what it does each day with them. */
async function openFiles() {
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-heads-'));
  const keys = join(dataDir, 'keys');
  for (const code of [hubIssuer, 'dk']) await ensureKeyFiles(keys, code);
  const environment = {
    HUB_NETWORK: join(cloneFolder, 'gateway', 'network.json'),
    HUB_DATA_DIR: dataDir,
  };
  let now = new Date();
  const signingKeyOf = async (code: string) => {
    const files = new Map([[code, keyFilesOf(keys, code).private]]);
    const [key] = await createKeyStore({ files }).signingKeysOf(code);
    if (!key) throw new Error(`${code} has no key.`);
    return key;
  };
  const sign = async (links: number, digit: string) => {
    const seen = { sequence: 0, hash: hashOf('0') };
    const opening = dailyHeads.makeOpening({ links, hash: hashOf(digit) });
    const end = dailyHeads.commitToEnd(opening);
    const head = { form: 2, issuer: 'dk', at: now.toISOString(), end, seen } as const;
    return [await dailyHeads.signHead(head, await signingKeyOf('dk')), opening] as const;
  };
  /** As a process of the hub opens them. */
  const open = () => {
    const config = readNetworkConfig(environment);
    const files = openRegistryFiles(dataDir);
    const { headsFile: path, administration } = files;
    const known = createNetworkKeys(dataDir, config.network);
    const clock = () => now;
    const logger = silentLogger;
    return {
      served: takeHeads(config.network, { config, logger }),
      ledger: createHeadLedger({ path, keys: known, administration, logger, clock }),
    };
  };
  return {
    seen: createDisclosureHeads(dataDir),
    handIn: async (links: number, digit: string) =>
      (await open().served.take('dk', ...(await sign(links, digit))))?.message,
    publishOwn: async () => open().ledger.publishOwn(await signingKeyOf(hubIssuer)),
    takeByLedger: async (links: number, digit: string) =>
      open().ledger.take('dk', ...(await sign(links, digit))),
    copyHeads: async () => {
      const copy = join(dataDir, 'copy.jsonl');
      await copyFile(openRegistryFiles(dataDir).headsFile, copy);
      return copy;
    },
    async forgetOpenings() {
      const path = join(openRegistryFiles(dataDir).folder, 'head-openings.jsonl');
      await rename(path, `${path}.lost`);
      return () => rename(`${path}.lost`, path);
    },
    heads: (...argv: string[]) => printed(runHeadsCommand, argv, environment),
    tomorrow: () => void (now = new Date(now.getTime() + 86_400_000)),
    async replaceKeys(code: string) {
      for (let isLeft = true; isLeft;) {
        const sleep = () => Promise.resolve();
        const { step, steps } = await inner.rotateKeys({
          folder: keys,
          code,
          isInstalled: true,
          sleep,
        });
        isLeft = step < steps;
      }
    },
    [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true }),
  };
}

describe('a head after an older back-up was restored', () => {
  const before = () => new Date(Date.now() - 60_000).toISOString();

  it('is refused by what the hub has seen since the last published one, until a reset', async () => {
    await using files = await openFiles();
    expect(await files.handIn(2_300, 'a')).toBeUndefined();
    // The hub asks each minute how the record ends, and publishes that once a day.
    await files.seen.write('dk', { links: 2_479, hash: hashOf('b'), at: before() });
    const refusal = await files.handIn(2_474, 'c');
    expect(refusal).toMatch(/goes back: it has 2474 links, and had 2479/);
    expect(refusal).toContain('npm run hub -- heads reset dk --reason');
    expect(await files.handIn(2_479, 'c')).toMatch(/link 2479 had another hash/);
    await files.heads('reset', 'dk', '--reason', 'A back-up of Monday was restored.');
    expect(await files.handIn(2_474, 'c')).toBeUndefined();
    expect(await files.heads('verify')).toMatch(/began anew: A back-up of Monday was restored\./);
    expect(await files.seen.read()).toEqual({});
  });

  it('is refused although the record has more links by now, if the hub noticed that it was changed', async () => {
    await using files = await openFiles();
    const fault = { links: 2_474, at: before() };
    await files.seen.write('dk', { links: 2_479, hash: hashOf('b'), at: before(), fault });
    expect(await files.handIn(2_500, 'c')).toMatch(/had 2479 links, and 2474 on /);
  });

  it('is refused if it contradicts an earlier head, although the published one hides its length', async () => {
    await using files = await openFiles();
    expect(await files.handIn(2_479, 'b')).toBeUndefined();
    expect(await files.handIn(2_474, 'c')).toMatch(/it has 2474 links, and had 2479/);
    expect(await files.handIn(2_479, 'c')).toMatch(/link 2479 had another hash/);
    expect(await files.heads('verify')).toMatch(/with 2479 links: b{64}/);
    const copy = await files.copyHeads();
    expect(await files.heads('verify', copy)).toMatch(/with 2479 links/);
    await files.forgetOpenings();
    expect(await files.heads('verify', copy)).toMatch(
      /^dk {2}1 heads, the last of \S+ without an opening$/m,
    );
  });

  it('is refused while the hub does not know where the record ended, until it does or a reset', async () => {
    await using files = await openFiles();
    expect(await files.handIn(2_479, 'b')).toBeUndefined();
    const restore = await files.forgetOpenings();
    for (const links of [2_474, 2_480]) {
      const refusal = await files.handIn(links, 'c');
      expect(refusal).toMatch(/no opening for the head of dk of /);
      expect(refusal).toContain('head-openings.jsonl');
      expect(refusal).toContain('npm run hub -- heads reset dk --reason');
    }
    await restore();
    expect(await files.handIn(2_474, 'c')).toMatch(/it has 2474 links, and had 2479/);
    expect(await files.handIn(2_480, 'd')).toBeUndefined();
    await files.forgetOpenings();
    await files.heads('reset', 'dk', '--reason', 'The openings were lost.');
    expect(await files.handIn(2_481, 'e')).toBeUndefined();
    expect(await files.heads('verify')).toMatch(/^ {4}2 without an opening: they may go back$/m);
  });

  it('is taken where the record went on', async () => {
    await using files = await openFiles();
    await files.seen.write('dk', { links: 2_479, hash: hashOf('b'), at: before() });
    expect(await files.handIn(2_479, 'b')).toBeUndefined();
    expect(await files.handIn(2_480, 'd')).toBeUndefined();
  });
});

describe('heads verify after a key was replaced', () => {
  it.each([hubIssuer, 'dk'])('knows the earlier keys of %s', async (code) => {
    await using files = await openFiles();
    const aDay = async (links: number) => {
      await files.publishOwn();
      await files.takeByLedger(links, 'a');
      files.tomorrow();
    };
    await aDay(1);
    await files.replaceKeys(code);
    await aDay(2);
    expect(await files.heads('verify')).toMatch(/an earlier key: \S+\n[^]*whole: 4 lines/);
    await files.replaceKeys(code);
    await aDay(3);
    const text = await files.heads('verify');
    expect(text.match(/an earlier key: \S+/g)).toHaveLength(2);
  });
});

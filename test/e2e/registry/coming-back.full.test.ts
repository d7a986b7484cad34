import { ensureKeyFiles, keyFilesOf } from '@hub/shared/identity';
import { runKeysCommand } from '@hub/shared/partner';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runPartnerCommand } from '../../../gateway/cli/membership/partner-commands.js';
import { readMembers } from '../../../gateway/registry/written/members.js';
import type { Network } from '../network/motto.js';
import { openPublishingNetwork } from '../network/publishing-network.js';
import { openStubPartner, type StubPartner } from '../network/stub-partner.js';
import { makeKeys } from './newcomer.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const units = { Query: { policeUnits: () => [{ id: 'pl:unit-1', name: 'Warsaw' }] } };

describe('a partner that is removed', () => {
  let network: Network;
  let partners: StubPartner[];
  let said: string[];
  beforeEach(async () => {
    network = await openPublishingNetwork();
    await network.publishAll();
    partners = [];
    said = [];
  });
  afterEach(async () => {
    for (const partner of partners) await partner[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const dataDir = () => join(network.folder, 'data');
  const run = (...argv: string[]) =>
    runPartnerCommand(argv, (line) => void said.push(line), network.environment);
  const remove = (code: string) => run('remove', code, '--reason', 'A slip.', '--yes');

  async function openPolice(subgraph = 'national-police') {
    const { keys, file, flags } = await makeKeys(network.folder, 'pl');
    const resolvers = subgraph === 'national-police' ? units : {};
    const police = await openStubPartner({ code: 'pl', subgraph, keys, resolvers });
    partners.push(police);
    await police.publish();
    const argv = ['add', police.url, '--partner', 'pl', '--name', 'Poland', '--keys', file];
    return { file, add: (...more: string[]) => run(...argv, ...flags, ...more) };
  }

  /** The same organisation with other keys, since it lost those that it had. */
  async function openWithNewKeys(subgraph?: string) {
    await rm(join(network.folder, 'home-of-pl'), { recursive: true });
    return openPolice(subgraph);
  }

  const vouch = async (by: string, file: string, whom = 'pl') => {
    const folder = join(dataDir(), 'keys');
    const statement = await runKeysCommand(['vouch', whom, '--file', file], {
      code: by,
      folder,
    });
    const path = join(network.folder, `${by}-vouches-for-${whom}.txt`);
    await writeFile(path, `${statement}\n`);
    return ['--statement', path];
  };

  it('is removed only after a person confirms it, who sees what is removed', async () => {
    await (await openPolice()).add();
    const before = readMembers(dataDir());
    await expect(run('remove', 'pl', '--reason', 'A slip.')).rejects.toThrow(/give --yes/);
    expect(readMembers(dataDir())).toEqual(before);
    const text = said.join('\n');
    expect(text).toContain('pl (Poland) would be removed');
    expect(text).toMatch(/rows go from all lists of the contract national-police/);
    expect(text).toContain('Left in national-police: no, se.');
    await expect(run('remove', 'ncm', '--reason', 'A slip.')).rejects.toThrow(/give --yes/);
    expect(said.join('\n')).toContain('It is the only partner of ncm-offices');
    await remove('pl');
    await expect(remove('pl')).rejects.toThrow(/has been removed\. It comes back with partner add/);
  });

  it('comes back with new keys only if two partners confirm them', async () => {
    await (await openPolice()).add();
    await remove('pl');
    const { add, file } = await openWithNewKeys();
    await expect(add()).rejects.toThrow(/statements of 2 partners .*of which there are 0/);
    const no = await vouch('no', file);
    const se = await vouch('se', file);
    const before = readMembers(dataDir());
    await expect(add(...no)).rejects.toThrow(/there are 1/);
    await expect(add(...no, ...no)).rejects.toThrow(/there are 1/);
    // Its own word, another organisation's, one about other keys, and one that a stranger signed.
    const own = join(network.folder, 'home-of-pl');
    const itself = await runKeysCommand(['vouch', 'pl', '--file', file], {
      code: 'pl',
      folder: own,
    });
    await writeFile(join(network.folder, 'own.txt'), itself);
    await expect(add(...no, '--statement', join(network.folder, 'own.txt'))).rejects.toThrow(
      /statement of pl is not valid/,
    );
    await expect(add(...no, ...(await vouch('se', file, 'fr')))).rejects.toThrow(/not about these/);
    const noKeys = keyFilesOf(join(dataDir(), 'keys'), 'no').public;
    await expect(add(...no, ...(await vouch('ncm', noKeys)))).rejects.toThrow(/not about these/);
    const strangers = join(network.folder, 'strangers');
    await ensureKeyFiles(strangers, 'se');
    const forged = await runKeysCommand(['vouch', 'pl', '--file', file], {
      code: 'se',
      folder: strangers,
    });
    await writeFile(join(network.folder, 'forged.txt'), forged);
    await expect(add(...no, '--statement', join(network.folder, 'forged.txt'))).rejects.toThrow(
      /statement of se is not valid/,
    );
    expect(readMembers(dataDir())).toEqual(before);

    await add(...no, ...se);
    expect(said.at(-1)).toBe('pl is back, with the contract national-police (no, se).');
    expect(readMembers(dataDir())).toMatchObject({ removed: {}, added: [{ code: 'pl' }] });
  });

  it('does not come back with another contract', async () => {
    await (await openPolice()).add();
    await remove('pl');
    const { add } = await openWithNewKeys('ncm-offices');
    await expect(add()).rejects.toThrow(/removed with the contract national-police/);
  });

  it('comes back at its place in the network file, while another one is suspended', async () => {
    await remove('se');
    await run('suspend', 'no', '--reason', 'It moves.');
    const file = keyFilesOf(join(dataDir(), 'keys'), 'se').public;
    const flags = (await runKeysCommand(['show'], { code: 'se', folder: join(dataDir(), 'keys') }))
      .split('\n')
      .flatMap((line) => /\s{2}(\S{43})$/.exec(line)?.[1] ?? [])
      .map((print) => `--fingerprint=${print}`);
    const { url } = network.partnerOf('se');
    await run('add', url, '--partner', 'se', '--name', 'se', '--keys', file, ...flags);
    const members = readMembers(dataDir());
    expect(members).toMatchObject({ added: [], removed: {} });
    expect(Object.keys(members.suspended)).toEqual(['no']);
  });
});

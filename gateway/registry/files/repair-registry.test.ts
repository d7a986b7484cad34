import { digestOf } from '@hub/shared/system';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSpoilt } from '../../process/open-registry.js';
import { adoptedFile, readAdopted } from '../contracts.js';
import { noHash } from '../releases/release.js';
import {
  membersFile,
  noteContract,
  readMembers,
  writeMembers,
  type Members,
} from '../written/members.js';
import { writeSealed } from '../written/sealed-file.js';
import { holdMembers } from './adopt-proposals.js';
import { repairWritten } from './repair-registry.js';
import { openRegistryFiles } from './served-graph.js';

const none: Members = { added: [], suspended: {}, removed: {}, contracts: [] };
const change = { since: '2026-11-26T12:00:00Z', reason: 'It moved.' };
const suspended: Members = { ...none, suspended: { no: change } };
const sdl = 'type Query { shelters: Int }';

/** Both files of a pair. */
async function spoil(path: string, text: string): Promise<void> {
  for (const each of [path, `${path}.sealed`]) await writeFile(each, text);
}

describe('files of the registry that commands wrote', () => {
  let dataDir: string;
  beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), 'repair-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const release = (members: Members) =>
    openRegistryFiles(dataDir).releases.write({
      reason: 'first',
      isPinned: false,
      basis: noHash,
      members,
      supergraphSdl: '',
      contracts: [{ name: 'shelters', sdl }],
      publications: {},
    });

  it('are left as they are if they are whole', async () => {
    expect(await repairWritten(dataDir)).toEqual([]);
    await writeMembers(dataDir, suspended);
    await writeSealed(adoptedFile(dataDir, 'shelters'), sdl);
    await noteContract(dataDir, 'shelters', true);
    await openRegistryFiles(dataDir).administration.append('ACTED', {});
    expect(await repairWritten(dataDir)).toEqual([]);
    expect(listSpoilt(dataDir)).toEqual([]);
  });

  it.each(['', '{"added":[],"'])(
    'come back from the newest release if both copies are spoilt: %s',
    async (text) => {
      await writeMembers(dataDir, { ...suspended, contracts: ['shelters'] });
      await writeSealed(adoptedFile(dataDir, 'shelters'), sdl);
      await release({ ...suspended, contracts: ['shelters'] });
      await spoil(membersFile(dataDir), text);
      await spoil(adoptedFile(dataDir, 'shelters'), text);
      expect((await repairWritten(dataDir)).map(({ file }) => file)).toEqual([
        'members.json',
        'contracts/shelters.graphql',
      ]);
      expect(readMembers(dataDir)).toEqual({ ...suspended, contracts: ['shelters'] });
      expect(readAdopted('shelters', dataDir)?.sdl).toBe(sdl);
      expect(await repairWritten(dataDir)).toEqual([]);
      // What was there is kept, and said until somebody removes it.
      expect(listSpoilt(dataDir)).toHaveLength(4);
    },
  );

  it('come back if they are gone, which somebody is told', async () => {
    await release(suspended);
    expect(await repairWritten(dataDir)).toMatchObject([{ file: 'members.json' }]);
    expect(readMembers(dataDir)).toEqual(suspended);
    expect(listSpoilt(dataDir)).toHaveLength(1);
  });

  it('give way to the network file if nothing is left of them', async () => {
    await writeMembers(dataDir, suspended);
    await spoil(membersFile(dataDir), '{');
    expect(await repairWritten(dataDir)).toEqual([
      { file: 'members.json', used: 'the network file' },
    ]);
    expect(readMembers(dataDir)).toEqual(none);
  });

  it('are said once to be lost if nothing can restore the contract of an added partner', async () => {
    const partner = {
      code: 'shelters',
      name: 'Shelters',
      subgraph: 'shelters',
      contact: 'x@example.org',
    };
    const keys = { url: 'http://127.0.0.1:1/graphql', publicKeys: 'keys/shelters.public.json' };
    const limits = { deadlineMs: 5_000, maxResponseBytes: 1_000 };
    const added = [{ ...partner, ...keys, ...limits }];
    await writeMembers(dataDir, { ...none, added, contracts: ['shelters'] });
    expect(await repairWritten(dataDir)).toEqual([
      { file: 'contracts/shelters.graphql', used: 'nothing: no partner serves it' },
    ]);
    expect(await repairWritten(dataDir)).toEqual([]);
    expect(readMembers(dataDir)).toEqual({ ...none, added });
  });

  it('have a log that begins anew if its end was spoilt, and keeps what was there', async () => {
    const { administration, administrationFile } = openRegistryFiles(dataDir);
    await administration.append('ACTED', {});
    await appendFile(administrationFile, '{"sequence":\n');
    expect(await repairWritten(dataDir)).toMatchObject([{ file: 'administration.jsonl' }]);
    await administration.append('ACTED', {});
    expect(administration.read().map(({ event }) => event)).toEqual(['LOG_BEGUN_ANEW', 'ACTED']);
    const kept = await readdir(join(dataDir, 'registry'));
    expect(kept.filter((name) => name.includes('.spoilt-'))).toHaveLength(1);
  });

  it('are left to a command that has written one of two files', async () => {
    await writeMembers(dataDir, none);
    const before = await readFile(membersFile(dataDir), 'utf8');
    await writeMembers(dataDir, suspended);
    const after = await readFile(membersFile(dataDir), 'utf8');
    await writeFile(membersFile(dataDir), before);
    const settle = () => writeFile(membersFile(dataDir), after);
    expect(await repairWritten(dataDir, settle)).toEqual([]);
    expect(listSpoilt(dataDir)).toEqual([]);
  });

  it('are found where a folder has their place', async () => {
    await writeMembers(dataDir, suspended);
    await rm(membersFile(dataDir));
    await mkdir(membersFile(dataDir));
    expect(await repairWritten(dataDir)).toMatchObject([{ used: 'what was written last' }]);
    expect(readMembers(dataDir)).toEqual(suspended);
  });

  describe('and proposals', () => {
    const text = (field: string) => `type Query { ${field}: Int }`;
    const propose = (field: string, adoptedAt?: string) =>
      openRegistryFiles(dataDir).proposals.add({
        contract: 'shelters',
        sdl: text(field),
        hash: digestOf(text(field)),
        replaces: noHash,
        proposedAt: '2026-11-26T12:00:00Z',
        ...(adoptedAt !== undefined && { adoptedAt }),
        changes: [],
      });
    const begin = (numbers: readonly number[]) =>
      writeFile(join(dataDir, 'registry', 'adopting.json'), JSON.stringify(numbers));
    const readServed = () => readAdopted('shelters', dataDir)?.sdl;

    it('come back from the proposal that was adopted last, whatever its number', async () => {
      await propose('first', '2026-11-28T12:00:00Z');
      await propose('second', '2026-11-27T12:00:00Z');
      await propose('third');
      await writeMembers(dataDir, { ...none, contracts: ['shelters'] });
      expect(await repairWritten(dataDir)).toMatchObject([{ used: 'proposal 1' }]);
      expect(readServed()).toBe(text('first'));
    });

    it('are adopted if that was cut off, again too', async () => {
      await propose('first', '2026-11-27T12:00:00Z');
      await begin([1]);
      expect(await repairWritten(dataDir)).toEqual([]);
      expect(readServed()).toBe(text('first'));
      expect(await readdir(join(dataDir, 'registry'))).not.toContain('adopting.json');
    });

    it('are left to a command that adopts them', async () => {
      await propose('first');
      await begin([1]);
      {
        await using held = await holdMembers(dataDir);
        expect(held).toBeDefined();
        await repairWritten(dataDir);
        expect(readServed()).toBeUndefined();
      }
      await repairWritten(dataDir);
      expect(readServed()).toBe(text('first'));
    });
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeContracts } from '../../registry/compose-contracts.js';
import { openRegistryFiles } from '../../registry/files/served-graph.js';
import { runAdministrationCommand } from '../records/administration.js';
import { printed } from '../test-printed.js';
import { runReleaseCommand } from './releases.js';

const compose = (sdl: string) => composeContracts([{ name: 'nbnp', sdl }], []);

/** A data folder with two releases: the second has one field more. */
async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-release-'));
  const environment = { HUB_DATA_DIR: folder };
  const { releases } = openRegistryFiles(folder);
  for (const [reason, sdl] of [
    ['first', 'type Query { a: String }'],
    ['second', 'type Query { a: String b: String }'],
  ] as const) {
    await releases.write({
      reason,
      isPinned: false,
      basis: 'ab'.repeat(32),
      supergraphSdl: compose(sdl),
      contracts: [{ name: 'nbnp', sdl }],
      publications: {
        nbnp: { sequence: 5, hash: 'cd'.repeat(32), schemaVersion: '1.2', lacks: ['Group.name'] },
      },
    });
  }
  return {
    folder,
    releases,
    release: (...argv: string[]) => printed(runReleaseCommand, argv, environment),
    administration: (...argv: string[]) => printed(runAdministrationCommand, argv, environment),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

describe('hub release', () => {
  it('lists and shows releases', async () => {
    await using given = await openFolder();
    expect(await given.release('list')).toMatch(/^2 .*second {2}newest\n1 .*first$/);
    expect(await given.release('show', '1')).toContain(
      'nbnp  version 1.2, sequence 5, lacks Group.name',
    );
  });

  it('says what clients see of a difference', async () => {
    await using given = await openFolder();
    expect(await given.release('diff', '1', '2')).toContain("Field 'b' was added");
    expect(await given.release('diff', '2', '1')).toContain('BREAKING');
    expect(await given.release('diff', '2', '2')).toBe('Clients see no difference.');
  });

  it('goes back to an old release, pins it, and lets it go', async () => {
    await using given = await openFolder();
    await given.release('rollback', '1');
    const { release } = given.releases.findNewest();
    expect(release).toMatchObject({ number: 3, isPinned: true });
    expect(release?.supergraphSdl).toBe(given.releases.read(1).release?.supergraphSdl);
    await given.release('unpin');
    expect(given.releases.findNewest().release).toMatchObject({ number: 4, isPinned: false });
    await expect(given.release('unpin')).rejects.toThrow('not pinned');
    expect(await given.administration('list')).toMatch(/ROLLED_BACK.*\n.*UNPINNED/);
    expect(await given.administration('verify')).toContain('The log is whole: 2 entries');
  });

  it('names a release that is not there or spoilt', async () => {
    await using given = await openFolder();
    await expect(given.release('rollback', '9')).rejects.toThrow('Release 9 cannot be used');
    await writeFile(join(given.folder, 'registry', 'releases', '000002.json'), '{}');
    expect(await given.release('list')).toContain('2  cannot be used');
  });

  it.each([[[]], [['show']], [['show', 'x']], [['diff', '1']], [['remove', '1']]])(
    'explains how to use it: %j',
    async (argv) => {
      await using given = await openFolder();
      await expect(given.release(...argv)).rejects.toThrow('Usage: npm run hub -- release ');
    },
  );
});

describe('hub administration verify', () => {
  it('says where the log was changed', async () => {
    await using given = await openFolder();
    await given.release('rollback', '1');
    const file = join(given.folder, 'registry', 'administration.jsonl');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"to":1', '"to":2'));
    await expect(given.administration('verify')).rejects.toThrow(
      'The log is broken at line 1: its content was changed.',
    );
  });
});

import 'reflect-metadata';

import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Thing, thing, thingTables } from '../database/test-things.js';
import { openFilledDatabase, type PartnerDefinition } from '../partner/index.js';
import { silentLogger } from '../telemetry/index.js';
import { DatabaseRefused } from './refuse-database.js';

const definition: PartnerDefinition = {
  subgraph: 'things',
  ...thingTables,
  createSubgraph: () => Promise.reject(new Error('it is not served')),
  loadFacts: (database) =>
    database.transaction(async (manager) => {
      const rows = Array.from({ length: 1_000 }, (_, index) =>
        thing({ id: `dk:${index}`, searchText: 'x'.repeat(500) }),
      );
      await manager.insert(Thing, rows);
    }),
  loadDemonstration: () => Promise.resolve(),
};

/** A separate disk with the given number of bytes. Only root on Linux may create one. */
async function createDisk(bytes: number) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'none', folder]);
  const path = join(folder, 'databases', 'dk.sqlite');
  return {
    folder,
    path,
    protect: () => execFileSync('mount', ['-o', 'remount,ro', folder]),
    enlarge: () => execFileSync('mount', ['-o', 'remount,size=100m', folder]),
    open: () =>
      openFilledDatabase(definition, {
        partner: 'dk',
        databaseUrl: `sqlite:${path}`,
        content: 'facts',
        logger: silentLogger,
        recognition: {
          file: join(folder, 'identities', 'dk.json'),
          mayBeFirst: true,
          isNew: false,
        },
      }),
    async [Symbol.asyncDispose]() {
      execFileSync('umount', [folder]);
      await rm(folder, { recursive: true });
    },
  };
}

async function canMount(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', 'none', folder]);
  if (status === 0) execFileSync('umount', [folder]);
  await rm(folder, { recursive: true });
  return status === 0;
}

describe('openKeptDatabase on a disk', { skip: !(await canMount()) }, () => {
  it.each([16, 40, 80, 200, 600, 900, 1_200])(
    'reports a full disk of %d KB, and starts when there is space',
    async (kilobytes) => {
      await using disk = await createDisk(kilobytes * 1_000);
      const opening = disk.open();
      await expect(opening).rejects.toThrow(/ does not fit: the disk is full\. Free some space/);
      await expect(opening).rejects.toThrow(disk.folder);
      await expect(opening).rejects.toBeInstanceOf(DatabaseRefused);
      disk.enlarge();
      const source = await disk.open();
      expect(await source.manager.count(Thing)).toBe(1_000);
      await source.destroy();
    },
  );

  it('reports a disk that has become full', async () => {
    await using disk = await createDisk(20_000_000);
    await (await disk.open()).destroy();
    const left = join(disk.folder, 'left');
    expect(() => writeFileSync(left, Buffer.alloc(20_000_000))).toThrow(/ENOSPC/);
    await expect(disk.open()).rejects.toThrow(/ does not fit: the disk is full\. Free some space/);
    await rm(left);
    const source = await disk.open();
    expect(await source.manager.count(Thing)).toBe(1_000);
    await source.destroy();
  });

  it('reports a read-only disk, with and without a database', async () => {
    const isReadOnly = /is on a read-only file system\. Make it writable, .* \(EROFS\)\.$/;
    await using disk = await createDisk(20_000_000);
    await (await disk.open()).destroy();
    disk.protect();
    await expect(disk.open()).rejects.toThrow(isReadOnly);
    await expect(disk.open()).rejects.toThrow(disk.path);

    await using empty = await createDisk(1_000_000);
    empty.protect();
    await expect(empty.open()).rejects.toThrow(isReadOnly);
    await expect(empty.open()).rejects.toThrow(join(empty.folder, 'databases'));
    expect(readdirSync(empty.folder)).toEqual([]);
  });
});

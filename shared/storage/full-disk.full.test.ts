import 'reflect-metadata';

import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Thing, thing, thingTables } from '../database/test-things.js';
import { writeInTurn } from '../database/transaction.js';
import { openFilledDatabase } from '../partner/partner-database.js';
import type { PartnerDefinition } from '../partner/partner-definition.js';
import { openPartner } from '../partner/partner.js';
import { defineThings } from '../partner/test-things-partner.js';
import type { PartnerContext } from '../policy/context/partner-context.js';
import { type Logger, silentLogger } from '../system/logger.js';
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

const served = defineThings(
  'type Query { things: Int } type Mutation { addThing(id: ID!): Boolean }',
  (_, { id }: { id: string }, context) =>
    writeInTurn((context as PartnerContext).source, async (manager) => {
      await manager.insert(Thing, thing({ id, searchText: 'x'.repeat(3_000) }));
      return true;
    }),
);

interface Answer {
  readonly data?: { readonly things?: number; readonly addThing?: boolean | null } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** A logger that counts warnings. */
const createCountingLogger = (count: () => void): Logger =>
  Object.create(silentLogger, { warn: { value: count } }) as Logger;

/** A partner on the disk, called over HTTP. The test moves the clock of its watch. */
async function serve({ folder, path }: Awaited<ReturnType<typeof createDisk>>) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  let failed = 0;
  const logger = createCountingLogger(() => (failed += 1));
  const server = await openPartner(served, {
    partner: 'dk',
    databaseUrl: `sqlite:${path}`,
    content: 'nothing',
    logger,
    recognition: { file: join(folder, 'identities', 'dk.json'), mayBeFirst: true, isNew: false },
  });
  const url = await server.listen(0);
  const ask = async (query: string) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query });
    return (await (await fetch(url, { method: 'POST', headers, body })).json()) as Answer;
  };
  const add = async (id: string) =>
    (await ask(`mutation { addThing(id: "${id}") }`)).data?.addThing;
  const ready = async () => (await fetch(new URL('/health/ready', url))).status;
  return {
    add,
    ready,
    count: async () => {
      const { data, errors } = await ask('{ things }');
      return data?.things ?? errors;
    },
    /** Adds rows until there is no room for another. Returns how many it acknowledged. */
    async fill() {
      let added = 0;
      while (await add(`dk:${added}`)) added += 1;
      return added;
    },
    /** Lets the watch merge the log into the file. */
    async look() {
      await vi.advanceTimersByTimeAsync(10_000);
      await ready();
    },
    /** Until the watch has reported that it cannot. */
    async fail() {
      const before = failed;
      await vi.advanceTimersByTimeAsync(10_000);
      await expect.poll(() => failed).toBeGreaterThan(before);
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      vi.useRealTimers();
    },
  };
}

describe('a partner whose disk becomes full', { skip: !(await canMount()) }, () => {
  // How much room is left decides where the merge of the log fails.
  it.each([60, 200, 500, 1_000, 2_000])(
    'goes on reading, and serves again by itself with %d KB of room at first',
    async (kilobytes) => {
      await using disk = await createDisk(1_500_000 + kilobytes * 1_000);
      let added = 0;
      {
        await using partner = await serve(disk);
        added = await partner.fill();
        expect(added).toBeGreaterThan(0);
        for (let round = 0; round < 3; round += 1) {
          await partner.fail();
          expect(await partner.count()).toBe(added);
          expect(await partner.add('dk:x')).not.toBe(true);
        }
        expect(await partner.ready()).toBe(503);
        disk.enlarge();
        await partner.look();
        expect(await partner.add('dk:y')).toBe(true);
        expect(await partner.ready()).toBe(200);
        await partner.look();
        expect(await partner.count()).toBe(added + 1);
      }
      await using again = await serve(disk);
      expect(await again.count()).toBe(added + 1);
    },
  );

  it.each([60, 1_000])(
    'starts with all that it acknowledged after a stop on the full disk: %d KB',
    async (kilobytes) => {
      await using disk = await createDisk(1_500_000 + kilobytes * 1_000);
      let added = 0;
      {
        await using partner = await serve(disk);
        added = await partner.fill();
        await partner.fail();
      }
      disk.enlarge();
      await using again = await serve(disk);
      expect(await again.count()).toBe(added);
      expect(await again.add('dk:y')).toBe(true);
    },
  );

  it('still notices that another program wrote its file', async () => {
    await using disk = await createDisk(2_000_000);
    {
      await using partner = await serve(disk);
      await partner.fill();
      await partner.fail();
      const file = await open(disk.path, 'r+');
      await file.write(Buffer.alloc(1), 0, 1, 90);
      await file.close();
      await partner.look();
      expect(await partner.count()).toMatchObject([
        { extensions: { code: 'PARTNER_UNAVAILABLE' } },
      ]);
      disk.enlarge();
    }
    const left = join(disk.folder, 'left');
    expect(() => writeFileSync(left, Buffer.alloc(110_000_000))).toThrow(/ENOSPC/);
    await expect(serve(disk)).rejects.toThrow(
      /overwritten .* It cannot be checked while the disk is full\./,
    );
    await rm(left);
    const before = readFileSync(disk.path);
    await expect(serve(disk)).rejects.toThrow(
      /was overwritten while dk had it open.* Its pages fit together, and its disclosure record is whole and has the 0 links that dk noted\. HUB_NEW_DATABASE=true for one start keeps it/,
    );
    expect(readFileSync(disk.path).equals(before)).toBe(true);
    vi.useRealTimers();
  });
});

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

import { type Logger, silentLogger } from '@hub/shared/system';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDiskCheck, createHubDisk } from './hub-disk.js';
import { openRegistryFiles } from './served-graph.js';

it('warns of a disk that is almost full, and logs once when that begins and ends', () => {
  const disk = { freeBytes: 10_000_000_000, sizeBytes: 20_000_000_000 };
  const logged: string[] = [];
  const note = (_: object, message: string) => void logged.push(message);
  const logger: Logger = Object.assign(Object.create(silentLogger), { warn: note, info: note });
  const check = createDiskCheck('/nowhere', logger, () => disk);
  expect(check()).toBeUndefined();
  disk.freeBytes = 5_000_000;
  expect(check()).toMatch(/^DISK_ALMOST_FULL: /);
  expect(check()).toMatch(/^DISK_ALMOST_FULL: /);
  disk.freeBytes = 1_000_000_000;
  expect(check()).toBeUndefined();
  expect(check()).toBeUndefined();
  expect(logged).toEqual([
    'the disk of the hub is almost full',
    'the disk of the hub has room again',
  ]);
});

it('measures what the hub stores, and its log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-disk-'));
  try {
    expect(await createHubDisk(folder).readStored()).toEqual({ data: 0, log: 0 });
    await openRegistryFiles(folder).administration.append('RELEASED', { release: 1 });
    const { data = 0, log = 0 } = (await createHubDisk(folder).readStored()) ?? {};
    expect(log).toBeGreaterThan(10);
    expect(data).toBeGreaterThanOrEqual(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

import type { MeasuredServer } from '@hub/shared/server';
import { type Logger, readDisk } from '@hub/shared/system';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openRegistryFiles } from './served-graph.js';

/** With less free space than this the hub warns. Its releases, heads and counts need a part of it. */
const leastFreeBytes = 200_000_000;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function sizeOfFolder(folder: string): number {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return 0;
  }
  return names.reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
}

/** The disk of the data folder. The log is what was done at the hub, and the heads of all partners. */
export const createHubDisk = (dataDir: string): NonNullable<MeasuredServer['disk']> => ({
  path: join(dataDir, 'registry'),
  readStored() {
    const { folder, headsFile, administrationFile } = openRegistryFiles(dataDir);
    const log = sizeOf(headsFile) + sizeOf(administrationFile);
    return { data: sizeOfFolder(folder) - log, log };
  },
});

/**
 * The warning of a disk that is almost full. It is logged when that begins, and when there is room
 * again.
 */
export function createDiskCheck(
  dataDir: string,
  logger: Logger,
  read: typeof readDisk = readDisk,
): () => string | undefined {
  let wasLow = false;
  return () => {
    const { freeBytes } = read(join(dataDir, 'registry')) ?? { freeBytes: Infinity };
    const isLow = freeBytes < leastFreeBytes;
    if (isLow && !wasLow) logger.warn({ freeBytes }, 'the disk of the hub is almost full');
    if (wasLow && !isLow) logger.info({ freeBytes }, 'the disk of the hub has room again');
    wasLow = isLow;
    return isLow
      ? 'DISK_ALMOST_FULL: the hub’s data folder has little room. Releases, heads of records and counts can soon not be written.'
      : undefined;
  };
}

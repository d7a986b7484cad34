import { Gauge, type Registry } from 'prom-client';
import { readDisk } from '../../system/disk.js';

/** The bytes of what is stored: its data, and the log of what was written. */
interface StoredBytes {
  readonly data: number;
  /** Undefined if it is not known. */
  readonly log?: number;
}

/** Where a server stores what it has. */
export interface MeasuredDisk {
  /** A file on the disk. Undefined if it is on another machine. */
  readonly path: string | undefined;
  /** Undefined if it cannot be read now. */
  readStored(): Promise<StoredBytes | undefined> | StoredBytes | undefined;
}

/** Shows the free space of a disk, and how much a server stores. All workers of a hub share both. */
export function measureDisk(
  registry: Registry,
  prefix: 'hub' | 'partner',
  { path, readStored }: MeasuredDisk,
): void {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    set: (gauge: Gauge<Label>) => Promise<void> | void,
  ) =>
    new Gauge<Label>({
      name: `${prefix}_${name}`,
      help,
      labelNames,
      aggregator: 'max',
      registers: [registry],
      collect() {
        return set(this);
      },
    });
  if (path !== undefined) {
    const read = (part: 'freeBytes' | 'sizeBytes') => (bytes: Gauge) => {
      const disk = readDisk(path);
      if (disk) bytes.set(disk[part]);
    };
    gauge('disk_free_bytes', 'Free space of the disk with the data.', [], read('freeBytes'));
    gauge('disk_size_bytes', 'Size of the disk with the data.', [], read('sizeBytes'));
  }
  gauge('stored_bytes', 'Size of the data, and of the log.', ['part'], async (bytes) => {
    const { data, log } = (await readStored()) ?? {};
    if (data !== undefined) bytes.set({ part: 'data' }, data);
    if (log !== undefined) bytes.set({ part: 'log' }, log);
  });
}

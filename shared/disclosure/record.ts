import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction, isDatabaseFault } from '../database/index.js';
import type { Reader } from '../identity/index.js';
import type { DisclosureNote } from './disclosure-note.js';
import { DisclosureRecord } from './disclosure.entity.js';

/** The hash before the first link. */
const genesis = '0'.repeat(64);

type Link = Omit<DisclosureRecord, 'hash'>;

/** The hash of a link: over all that it says and the hash before it, in this order. */
function hashOf(link: Link): string {
  const {
    sequence,
    at,
    readerOrganisation,
    reader,
    role,
    purpose,
    operationName,
    type,
    fields,
    records,
    previousHash,
  } = link;
  const content = [
    previousHash,
    sequence,
    at,
    readerOrganisation,
    reader,
    role,
    purpose,
    operationName,
    type,
    fields,
    records,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

export interface RecordDisclosuresOptions {
  readonly source: DataSource;
  readonly reader: Reader;
  readonly operationName: string | null;
  readonly readings: DisclosureNote['readings'];
  readonly at: Date;
}

type Reading = Omit<RecordDisclosuresOptions, 'source'>;

/** A reading that waits to be written, and whoever waits for that. */
interface Waiting {
  readonly reading: Reading;
  resolve(): void;
  reject(error: unknown): void;
}

/** What waits in front of each database’s record; there is a list while something is being written. */
const queues = new WeakMap<DataSource, Waiting[]>();

/** So many readings are written in one transaction. */
const mostTogether = 100;

/**
 * Appends what was read to the record, in one transaction. An answer leaves only after this has been committed. Readings
 * that come while others are written wait, and are then written together: the disk is waited for once for them all.
 * @throws when the record cannot be written; then nothing may be answered.
 */
export async function recordDisclosures({
  source,
  ...reading
}: RecordDisclosuresOptions): Promise<void> {
  if (reading.readings.length === 0) return;
  await new Promise<void>((resolve, reject) => {
    const waiting = { reading, resolve, reject };
    const queue = queues.get(source);
    if (queue) queue.push(waiting);
    else void writeAll(source, [waiting]);
  });
}

async function writeAll(source: DataSource, queue: Waiting[]): Promise<void> {
  queues.set(source, queue);
  while (queue.length > 0) await writeTogether(source, queue.splice(0, mostTogether));
  queues.delete(source);
}

/** One that cannot be written takes no other with it; a database that cannot write refuses them all at once. */
async function writeTogether(source: DataSource, some: readonly Waiting[]): Promise<void> {
  const readings = some.map(({ reading }) => reading);
  try {
    await inTransaction(source, (manager) => append(manager, readings));
    for (const { resolve } of some) resolve();
  } catch (error) {
    if (some.length === 1 || isDatabaseFault(error)) some.forEach(({ reject }) => reject(error));
    else for (const one of some) await writeTogether(source, [one]);
  }
}

async function append(manager: EntityManager, readings: readonly Reading[]): Promise<void> {
  // Each link needs the hash of the one before: nobody else appends meanwhile, in whatever process. SQLite’s
  // transactions see to that themselves.
  const isPostgres = manager.connection.options.type === 'postgres';
  if (isPostgres) await manager.query('LOCK TABLE "disclosures" IN EXCLUSIVE MODE');
  const [last] = await manager.query<Pick<DisclosureRecord, 'sequence' | 'hash'>[]>(
    'SELECT "sequence", "hash" FROM "disclosures" ORDER BY "sequence" DESC LIMIT 1',
  );
  await insertLinks(manager, continueChain(last ?? { sequence: 0, hash: genesis }, readings));
}

/** The links of these readings, one for each type that was read, after the last one. */
function continueChain(
  { sequence, hash }: Pick<DisclosureRecord, 'sequence' | 'hash'>,
  all: readonly Reading[],
): DisclosureRecord[] {
  const links: DisclosureRecord[] = [];
  for (const { reader, operationName, readings, at } of all) {
    for (const { type, fields, records } of readings) {
      sequence += 1;
      const link: Link = {
        sequence,
        at: at.toISOString(),
        ...describe(reader),
        operationName,
        type,
        fields: [...fields],
        records,
        previousHash: hash,
      };
      hash = hashOf(link);
      links.push({ ...link, hash });
    }
  }
  return links;
}

/** As TypeORM’s own insert, whose building took longer than all else that recording does. */
async function insertLinks(
  manager: EntityManager,
  links: readonly DisclosureRecord[],
): Promise<void> {
  const { driver } = manager.connection;
  const { columns } = manager.connection.getMetadata(DisclosureRecord);
  const names = columns.map(({ databaseName }) => driver.escape(databaseName));
  const values: unknown[] = [];
  const rows = links.map((link) => {
    const places = columns.map((column) => {
      values.push(driver.preparePersistentValue(column.getEntityValue(link), column));
      return driver.createParameter('', values.length - 1);
    });
    return `(${places.join(', ')})`;
  });
  const text = `INSERT INTO "disclosures" (${names.join(', ')}) VALUES ${rows.join(', ')}`;
  await manager.query(text, values);
}

function describe(
  reader: Reader,
): Pick<Link, 'readerOrganisation' | 'reader' | 'role' | 'purpose'> {
  if (reader.kind === 'anonymous') {
    return { readerOrganisation: '', reader: 'anonymous', role: 'anonymous', purpose: null };
  }
  const { organisation, subject, role, purpose } = reader;
  return { readerOrganisation: organisation, reader: subject, role, purpose: purpose ?? null };
}

/** What became of a record: whole, or the first link that does not fit. */
export type Verification =
  | { readonly isWhole: true; readonly links: number; readonly lastHash: string }
  | { readonly isWhole: false; readonly sequence: number; readonly reason: string };

const batchSize = 1_000;

/** Walks a record from its first link to its last. */
export async function verifyDisclosures(source: DataSource): Promise<Verification> {
  let previousHash = genesis;
  let sequence = 0;
  for (;;) {
    const links = await source
      .getRepository(DisclosureRecord)
      .createQueryBuilder('link')
      .where('link.sequence > :sequence', { sequence })
      .orderBy('link.sequence')
      .limit(batchSize)
      .getMany();
    for (const link of links) {
      const broken = (reason: string): Verification => ({
        isWhole: false,
        sequence: link.sequence,
        reason,
      });
      if (link.sequence !== sequence + 1) return broken(`link ${sequence + 1} is missing`);
      if (link.previousHash !== previousHash)
        return broken('it does not continue the link before it');
      if (link.hash !== hashOf(link)) return broken('its content was changed');
      previousHash = link.hash;
      sequence = link.sequence;
    }
    if (links.length < batchSize) return { isWhole: true, links: sequence, lastHash: previousHash };
  }
}

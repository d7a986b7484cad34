import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction, isDatabaseFailure } from '../database/index.js';
import type { Reader } from '../identity/index.js';
import { longestOperationName } from '../limits/operation-name.js';
import { genesis, hashLink, type DisclosureLink, type Head } from './chain.js';
import type { DisclosureNote } from './disclosure-note.js';
import { appendToKnownEnd, rememberEnd, type KnownEnd } from './known-end.js';
import {
  digestOf,
  fromStoredHash,
  headOf,
  textsOfReadings,
  toRow,
  writeWhat,
  writeWho,
  type WrittenReading,
} from './stored-form.js';
import { StoredAnchor, StoredReading, StoredText } from './stored.entity.js';

export interface RecordDisclosuresOptions {
  readonly source: DataSource;
  readonly reader: Reader;
  readonly operationName: string | null;
  /** What the client calls its program. @default it has no name */
  readonly clientName?: string | undefined;
  readonly readings: DisclosureNote['readings'];
  readonly at: Date;
}

type Reading = Omit<RecordDisclosuresOptions, 'source'>;

/** A read that waits to be written, and its callback. */
interface WaitingRead {
  readonly reading: Reading;
  resolve(): void;
  reject(error: unknown): void;
}

/** The reads that wait for each database. An entry exists while something is being written. */
const queues = new WeakMap<DataSource, WaitingRead[]>();

/** The most reads that one transaction writes. */
const mostTogether = 100;

/**
 * Appends reads to the record in one transaction. A response is sent only after the commit. Reads
 * that arrive during a write wait and are then written together, so that the disk is waited for
 * once.
 * @throws if the record cannot be written; then nothing may be sent.
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

async function writeAll(source: DataSource, queue: WaitingRead[]): Promise<void> {
  queues.set(source, queue);
  while (queue.length > 0) await writeTogether(source, queue.splice(0, mostTogether));
  queues.delete(source);
}

/**
 * A read that cannot be written does not affect the others. If the database cannot write, all fail
 * at once.
 */
async function writeTogether(source: DataSource, some: readonly WaitingRead[]): Promise<void> {
  const readings = some.map(({ reading }) => reading);
  try {
    await write(source, readings);
    for (const { resolve } of some) resolve();
  } catch (error) {
    if (some.length === 1 || isDatabaseFailure(error)) some.forEach(({ reject }) => reject(error));
    else for (const one of some) await writeTogether(source, [one]);
  }
}

/**
 * By one statement if the record ends as this process left it, and otherwise in a transaction that
 * reads it first.
 */
async function write(source: DataSource, readings: readonly Reading[]): Promise<void> {
  const isDone = await appendToKnownEnd(source, (head) => continueChain(head, readings));
  if (isDone) return;
  rememberEnd(source, await inTransaction(source, (manager) => append(manager, readings)));
}

/** So that no other process appends meanwhile. On SQLite, the transaction itself ensures that. */
export async function lockRecord(manager: EntityManager): Promise<void> {
  if (manager.connection.options.type !== 'postgres') return;
  await manager.query('LOCK TABLE "disclosure_readings" IN EXCLUSIVE MODE');
}

/** The end of the record. */
export async function readHead(manager: EntityManager): Promise<Head> {
  for (const table of [StoredReading, StoredAnchor]) {
    const { tableName } = manager.connection.getMetadata(table);
    const [last] = await manager.query<Pick<StoredReading, 'sequence' | 'hash'>[]>(
      `SELECT "sequence", "hash" FROM "${tableName}" ORDER BY "sequence" DESC LIMIT 1`,
    );
    if (last) return { links: last.sequence, hash: fromStoredHash(last.hash) };
  }
  return genesis;
}

/** The hash of a link at the end of a read or an archive. Undefined for any other link. */
export async function readHashAt(
  manager: EntityManager,
  sequence: number,
): Promise<string | undefined> {
  if (sequence === 0) return genesis.hash;
  const found =
    (await manager.findOneBy(StoredReading, { sequence })) ??
    (await manager.findOneBy(StoredAnchor, { sequence }));
  return found ? fromStoredHash(found.hash) : undefined;
}

const append = (manager: EntityManager, readings: readonly Reading[]): Promise<KnownEnd> =>
  appendRows(manager, (head) => continueChain(head, readings));

/** Appends to the record in the transaction of its caller. Nobody else appends until that has ended. */
export async function appendRows(
  manager: EntityManager,
  continueFrom: (head: Head) => readonly WrittenReading[],
): Promise<KnownEnd> {
  await lockRecord(manager);
  const written = continueFrom(await readHead(manager));
  const ids = await storeTexts(manager, textsOfReadings(written));
  await insertRows(
    manager,
    StoredReading,
    written.map((row) => toRow(row, (text) => ids.get(text) ?? NaN)),
  );
  return { head: headOf(written), ids };
}

/** The links of these reads, one for each type, after the last link. */
function continueChain({ links: sequence, hash }: Head, all: readonly Reading[]): WrittenReading[] {
  return all.map(({ reader, operationName, clientName = null, readings, at }) => {
    const who = {
      ...describe(reader),
      operationName: operationName?.slice(0, longestOperationName) ?? null,
      clientName,
    };
    const parts = readings.map(({ type, fields, records }) => {
      sequence += 1;
      const link: DisclosureLink = {
        sequence,
        at: at.toISOString(),
        ...who,
        type,
        fields: [...fields],
        records,
      };
      hash = hashLink(hash, link);
      return { what: writeWhat(link), records };
    });
    return {
      sequence,
      at: at.getTime(),
      who: writeWho(who),
      parts,
      hash,
      subject: null,
      reason: null,
    };
  });
}

/** The numbers of texts. Each text is stored once. */
async function storeTexts(
  manager: EntityManager,
  texts: readonly string[],
): Promise<Map<string, number>> {
  const digests = new Map(texts.map((text) => [digestOf(text), text]));
  const { driver } = manager.connection;
  const places = [...digests.keys()].map((_, index) => driver.createParameter('', index));
  const known = await manager.query<Pick<StoredText, 'id' | 'digest'>[]>(
    `SELECT "id", "digest" FROM "disclosure_texts" WHERE "digest" IN (${places.join(', ')})`,
    [...digests.keys()],
  );
  const ids = new Map(known.map(({ id, digest }) => [digests.get(digest) ?? '', id]));
  if (known.length < digests.size) {
    let id = (await manager.maximum(StoredText, 'id')) ?? 0;
    const rows: StoredText[] = [];
    for (const [digest, text] of digests) {
      if (ids.has(text)) continue;
      id += 1;
      ids.set(text, id);
      rows.push({ id, digest, text });
    }
    await insertRows(manager, StoredText, rows);
  }
  return ids;
}

/** Like TypeORM’s own insert, whose building took longer than everything else in recording. */
async function insertRows<Row extends object>(
  manager: EntityManager,
  table: new () => Row,
  rows: readonly Row[],
): Promise<void> {
  const { driver } = manager.connection;
  const { columns, tableName } = manager.connection.getMetadata(table);
  const names = columns.map(({ databaseName }) => driver.escape(databaseName));
  const values: unknown[] = [];
  const places = rows.map((row) => {
    const own = columns.map((column) => {
      values.push(driver.preparePersistentValue(column.getEntityValue(row), column));
      return driver.createParameter('', values.length - 1);
    });
    return `(${own.join(', ')})`;
  });
  const text = `INSERT INTO "${tableName}" (${names.join(', ')}) VALUES ${places.join(', ')}`;
  await manager.query(text, values);
}

function describe(
  reader: Reader,
): Pick<DisclosureLink, 'readerOrganisation' | 'reader' | 'role' | 'purpose'> {
  if (reader.kind === 'anonymous') {
    return { readerOrganisation: '', reader: 'anonymous', role: 'anonymous', purpose: null };
  }
  const { organisation, subject, role, purpose } = reader;
  return { readerOrganisation: organisation, reader: subject, role, purpose: purpose ?? null };
}

import type { EntityManager } from 'typeorm';
import { genesis, type Head } from './chain.js';
import {
  fromStoredHash,
  headOf,
  textsOfReadings,
  toRow,
  toStoredDigest,
  type WrittenReading,
} from './stored-form.js';
import { StoredAnchor, StoredReading, StoredText } from './stored.entity.js';

/** The end of a record after this process last wrote it, and the numbers of texts. */
export interface KnownEnd {
  readonly head: Head;
  readonly ids: ReadonlyMap<string, number>;
  /** The texts that were not stored before. */
  readonly written: readonly string[];
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

/** Appends to the record in the transaction of its caller. Nobody else appends until that has ended. */
export async function appendRows(
  manager: EntityManager,
  continueFrom: (head: Head) => readonly WrittenReading[],
): Promise<KnownEnd> {
  await lockRecord(manager);
  const written = continueFrom(await readHead(manager));
  const { ids, added } = await storeTexts(manager, textsOfReadings(written));
  await insertRows(
    manager,
    StoredReading,
    written.map((row) => toRow(row, (text) => ids.get(text) ?? NaN)),
  );
  return { head: headOf(written), ids, written: added };
}

/** The numbers of texts. Each text is stored once. */
async function storeTexts(
  manager: EntityManager,
  texts: readonly string[],
): Promise<{ readonly ids: Map<string, number>; readonly added: readonly string[] }> {
  const digests = new Map(texts.map((text) => [toStoredDigest(text), text]));
  const { driver } = manager.connection;
  const places = [...digests.keys()].map((_, index) => driver.createParameter('', index));
  const known = await manager.query<Pick<StoredText, 'id' | 'digest'>[]>(
    `SELECT "id", "digest" FROM "disclosure_texts" WHERE "digest" IN (${places.join(', ')})`,
    [...digests.keys()],
  );
  const ids = new Map(known.map(({ id, digest }) => [digests.get(digest) ?? '', id]));
  const rows: StoredText[] = [];
  if (known.length < digests.size) {
    let id = (await manager.maximum(StoredText, 'id')) ?? 0;
    for (const [digest, text] of digests) {
      if (ids.has(text)) continue;
      id += 1;
      ids.set(text, id);
      rows.push({ id, digest, text });
    }
    await insertRows(manager, StoredText, rows);
  }
  return { ids, added: rows.map(({ text }) => text) };
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

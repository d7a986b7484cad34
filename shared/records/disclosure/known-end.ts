import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import { writeAtOnce } from '../../database/transaction.js';
import type { KnownEnd } from '../chain/append-rows.js';
import type { Head } from '../chain/chain.js';
import {
  headOf,
  textsOfReadings,
  toRow,
  toStoredDigest,
  toStoredHash,
  type WrittenReading,
} from '../chain/stored-form.js';
interface Known {
  head: Head;
  readonly ids: LRUCache<string, { readonly id: number; readonly digest: string }>;
}

/** Most callers repeat the same few texts. Each name of an operation adds one. */
const mostTexts = 1_000;

/**
 * For SQLite only. On PostgreSQL, two processes could both find the end that they know, and both
 * append.
 */
const known = new WeakMap<DataSource, Known>();

export function rememberEnd(source: DataSource, { head, ids }: KnownEnd): void {
  if (source.options.type !== 'sqlite') return;
  const end: Known = known.get(source) ?? { head, ids: new LRUCache({ max: mostTexts }) };
  for (const [text, id] of ids) end.ids.set(text, { id, digest: toStoredDigest(text) });
  end.head = head;
  known.set(source, end);
}

/**
 * Appends reads by one statement. It appends nothing unless the record still has the known end, and
 * the texts still have the known numbers, because another process may have written or closed a
 * period meanwhile.
 * @returns whether the reads are committed; if not, nothing was written
 */
export async function appendToKnownEnd(
  source: DataSource,
  continueFrom: (head: Head) => readonly WrittenReading[],
): Promise<boolean> {
  const end = known.get(source);
  if (!end) return false;
  const readings = continueFrom(end.head);
  const texts = textsOfReadings(readings).map((text) => end.ids.get(text));
  if (!texts.every((text) => text !== undefined)) return false;
  const rows = readings.map((reading) => {
    const row = toRow(reading, (text) => end.ids.get(text)?.id ?? NaN);
    return [row.sequence, row.at, row.reader, row.links, row.hash];
  });
  const written = await writeAtOnce<unknown>(source, appendStatement, [
    JSON.stringify(rows),
    `${end.head.links} ${toStoredHash(end.head.hash)}`,
    JSON.stringify(texts.map(({ id, digest }) => [id, digest])),
  ]);
  if (written.length !== rows.length) return false;
  end.head = headOf(readings);
  return true;
}

/** One statement for any number of reads, so that it stays prepared. */
const appendStatement = `INSERT INTO "disclosure_readings" ("sequence", "at", "reader", "links", "hash")
SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?)
WHERE ? = (SELECT "sequence" || ' ' || "hash" FROM "disclosure_readings" ORDER BY "sequence" DESC LIMIT 1)
AND NOT EXISTS (
  SELECT 1 FROM json_each(?) AS "own" WHERE NOT EXISTS (
    SELECT 1 FROM "disclosure_texts" WHERE "id" = "own".value->>0 AND "digest" = "own".value->>1
  )
)
RETURNING "sequence"`;

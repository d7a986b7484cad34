import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import { writeAtOnce } from '../database/index.js';
import type { Head } from './chain.js';
import {
  digestOf,
  headOf,
  textsOfReadings,
  toRow,
  toStoredHash,
  type WrittenReading,
} from './stored-form.js';

/** How a record ended when this process last wrote it, and the numbers of texts. */
export interface KnownEnd {
  readonly head: Head;
  readonly ids: ReadonlyMap<string, number>;
}

interface Known {
  head: Head;
  readonly ids: LRUCache<string, { readonly id: number; readonly digest: string }>;
}

/** Most callers repeat the same few; each name of an operation makes another. */
const mostTexts = 1_000;

/** Of SQLite’s databases: on PostgreSQL two processes could both find the record as they left it, and append. */
const known = new WeakMap<DataSource, Known>();

export function rememberEnd(source: DataSource, { head, ids }: KnownEnd): void {
  if (source.options.type !== 'sqlite') return;
  const end: Known = known.get(source) ?? { head, ids: new LRUCache({ max: mostTexts }) };
  for (const [text, id] of ids) end.ids.set(text, { id, digest: digestOf(text) });
  end.head = head;
  known.set(source, end);
}

/**
 * Appends readings by one statement: it appends nothing unless the record still ends as this process left it, and has
 * their texts under the same numbers. Another process may have written meanwhile, or have closed a period.
 * @returns whether the readings are committed; if not, nothing was written
 */
export async function appendToKnownEnd(
  source: DataSource,
  continueFrom: (head: Head) => readonly WrittenReading[],
): Promise<boolean> {
  const end = known.get(source);
  if (!end) return false;
  const readings = continueFrom(end.head);
  const texts = textsOfReadings(readings).map((text) => end.ids.get(text));
  if (texts.some((text) => text === undefined)) return false;
  const rows = readings.map((reading) => {
    const row = toRow(reading, (text) => end.ids.get(text)?.id ?? NaN);
    return [row.sequence, row.at, row.reader, row.links, row.hash];
  });
  const written = await writeAtOnce<unknown>(source, appendStatement, [
    JSON.stringify(rows),
    `${end.head.links} ${toStoredHash(end.head.hash)}`,
    JSON.stringify(texts.map((text) => [text?.id, text?.digest])),
  ]);
  if (written.length !== rows.length) return false;
  end.head = headOf(readings);
  return true;
}

/** The same text for any number of readings, so that it stays prepared. */
const appendStatement = `
INSERT INTO "disclosure_readings" ("sequence", "at", "reader", "links", "hash")
SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?)
WHERE ? = (SELECT "sequence" || ' ' || "hash" FROM "disclosure_readings" ORDER BY "sequence" DESC LIMIT 1)
AND NOT EXISTS (
  SELECT 1 FROM json_each(?) AS "own" WHERE NOT EXISTS (
    SELECT 1 FROM "disclosure_texts" WHERE "id" = "own".value->>0 AND "digest" = "own".value->>1
  )
)
RETURNING "sequence"`.trimStart();

import type { DataSource } from 'typeorm';
import { StoredReading, StoredText } from '../chain/index.js';
import { isService, type Reader } from '../identity/index.js';

/** The people who have read before, as far as this process has looked. */
const known = new WeakMap<DataSource, Set<string>>();

/** Whether the record has no reading of this person yet. Never for a server or an anonymous caller. */
export async function isFirstReading(source: DataSource, reader: Reader): Promise<boolean> {
  if (reader.kind !== 'person' || isService(reader)) return false;
  // As the text of who read begins.
  const beginning = `${JSON.stringify([reader.organisation, reader.subject]).slice(0, -1)},`;
  const people = known.get(source) ?? new Set();
  known.set(source, people);
  if (people.has(beginning)) return false;
  const before = await source.manager
    .createQueryBuilder(StoredReading, 'reading')
    .innerJoin(StoredText, 'who', 'who.id = reading.reader')
    .where('reading.subject IS NULL')
    .andWhere('substr(who.text, 1, :length) = :beginning', { beginning, length: beginning.length })
    .limit(1)
    .getOne();
  people.add(beginning);
  return before === null;
}

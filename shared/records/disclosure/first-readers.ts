import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { isService, type Reader } from '../../identity/reader.js';
import { StoredReading, StoredText } from '../chain/stored.entity.js';

/** As the index of the texts has them. */
const indexedCharacters = 100;

/** How the text about who read begins: for an organisation, or for one person of it. */
const beginningOf = (...names: readonly string[]): string =>
  `${JSON.stringify(names).slice(0, -1)},`;

/** Chooses the texts, as `who`, about who read for an organisation, or for one person of it, by their index. */
export function whereReader<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  ...names: readonly string[]
): SelectQueryBuilder<Row> {
  const beginning = beginningOf(...names);
  const characters = Array.from(beginning);
  const least = characters.slice(0, indexedCharacters).join('');
  return query
    .where(`substr(who.text, 1, ${indexedCharacters}) BETWEEN :least AND :most`, {
      least,
      most: `${least}\u{10ffff}`,
    })
    .andWhere('substr(who.text, 1, :length) = :beginning', {
      beginning,
      length: characters.length,
    });
}

/** Whether a reading of this person is among the first so many links of the record. */
async function hasRead(
  manager: EntityManager,
  { organisation, subject }: Person,
  links: number,
): Promise<boolean> {
  const texts = manager.createQueryBuilder(StoredText, 'who');
  const found = await whereReader(texts, organisation, subject)
    .innerJoin(StoredReading, 'reading', 'reading.reader = who.id')
    .andWhere('reading.subject IS NULL AND reading.sequence <= :links', { links })
    .select('who.id')
    .limit(1)
    .getRawOne();
  return found !== undefined;
}

type Person = Extract<Reader, { readonly kind: 'person' }>;

/**
 * The first of some readings for each person of whom the record had none. Never one of a server, an
 * anonymous caller or a participant, who reads her own data.
 * @param written the texts that were stored with these readings. Who has read has a text
 * @param links of the record before them
 */
export async function findFirstReadings<Reading extends { readonly reader: Reader }>(
  manager: EntityManager,
  readings: readonly Reading[],
  { written, links }: { readonly written: readonly string[]; readonly links: number },
): Promise<ReadonlySet<Reading>> {
  const firsts = new Map<string, Reading>();
  for (const reading of written.length > 0 ? readings : []) {
    const { reader } = reading;
    if (reader.kind !== 'person' || isService(reader)) continue;
    const beginning = beginningOf(reader.organisation, reader.subject);
    if (firsts.has(beginning) || !written.some((text) => text.startsWith(beginning))) continue;
    if (!(await hasRead(manager, reader, links))) firsts.set(beginning, reading);
  }
  return new Set(firsts.values());
}

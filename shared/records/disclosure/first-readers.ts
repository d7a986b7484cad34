import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Reader } from '../../identity/reader.js';
import { ReaderName, StoredReading, StoredText } from '../chain/stored.entity.js';
import { placeOfReader, readerIn } from '../people/name-readers.js';

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

/**
 * Whether a reading of this person is among the first so many links of the record, from before it
 * had tags of readers.
 */
async function hasNamed(
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
 * @param added the places of readers whose names were stored with these readings
 * @param links of the record before them
 */
export async function findFirstReadings<
  Reading extends { readonly reader: Reader; readonly at: Date },
>(
  manager: EntityManager,
  readings: readonly Reading[],
  { added, links }: { readonly added: ReadonlySet<string>; readonly links: number },
): Promise<ReadonlySet<Reading>> {
  const firsts = new Map<string, Reading>();
  for (const reading of added.size > 0 ? readings : []) {
    const { reader, at } = reading;
    const named = readerIn(reader, at);
    if (reader.kind !== 'person' || !named || !added.has(placeOfReader(named))) continue;
    const { organisation, subject } = reader;
    const name = JSON.stringify([organisation, subject]);
    if (firsts.has(name)) continue;
    const months = await manager.findBy(ReaderName, { organisation, subject });
    const isNew = months.every((month) => added.has(placeOfReader(month)));
    if (isNew && !(await hasNamed(manager, reader, links))) firsts.set(name, reading);
  }
  return new Set(firsts.values());
}

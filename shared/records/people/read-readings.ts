import { type DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import { createPage } from '../../database/pagination/create-page.js';
import { cursorArgument, foreignCursor, readCursor } from '../../database/pagination/cursor.js';
import { type PageRequest, readPageRequest } from '../../database/pagination/page-size.js';
import type { PageArguments } from '../../database/pagination/paged.js';
import { parsePurpose } from '../../identity/request-headers.js';
import { type DisclosureLink, isReading } from '../chain/chain.js';
import { type LinkKeys, readLinkKeys } from '../chain/link-keys.js';
import { type PartnerRecord, toInstant } from '../chain/record-page.js';
import { readLinksOf } from '../chain/stored-form.js';
import { PersonDay, PersonKey, StoredReading } from '../chain/stored.entity.js';
import { findReaders } from './name-readers.js';
import type { Reading, ReadingConnection } from './reading.type.js';
import { dayOf, inParts, tagOf } from './tag-people.js';

/** How many days back a person is told. */
const mostDays = 732;
const dayMs = 86_400_000;

/** The place of a reading among those of all organisations: the newest first, then by owner. */
interface Place {
  readonly at: number;
  readonly owner: string;
  /** Known only to the owner. */
  readonly sequence: number | undefined;
}

/** @throws HubError `BAD_USER_INPUT` for a text that is no cursor of readings */
function readReadingPlace(place: PageRequest, keys: LinkKeys, partner: string): Place | undefined {
  const cursor = readCursor(place, 3);
  if (!cursor) return undefined;
  const [at, owner, number] = cursor;
  const instant = Date.parse(at ?? '');
  const sequence = owner === partner ? keys.read(number ?? '') : undefined;
  const isForeign = owner === partner && sequence === undefined;
  if (Number.isNaN(instant) || owner == null || isForeign)
    throw foreignCursor(cursorArgument(place));
  return { at: instant, owner, sequence };
}

/**
 * A page of what this partner recorded about one person, newest first. The cursor of another
 * organisation’s reading is valid too.
 * @throws HubError `BAD_USER_INPUT` for an invalid page size or cursor
 */
export async function readReadings(
  { partner, source, clock }: PartnerRecord & { readonly clock: () => Date },
  person: string,
  page: PageArguments,
): Promise<ReadingConnection> {
  const request = readPageRequest(page);
  const { size, isBackwards } = request;
  const keys = await readLinkKeys(source);
  const cursor = readReadingPlace(request, keys, partner);
  const found: DisclosureLink[] = [];
  const days = await findDays(source, person, clock());
  for (const [day, tag] of isBackwards ? days.toReversed() : days) {
    if (cursor && (isBackwards ? (day + 1) * dayMs <= cursor.at : day * dayMs > cursor.at))
      continue;
    if (found.length > size) break;
    const asked = { day, tag, partner, cursor, isBackwards, most: size + 2 };
    found.push(...(await readDay(source.manager, asked)));
  }
  const nameOf = await findReaders(source.manager, found);
  const connection = createPage(
    found,
    request,
    ({ at, sequence }) => [at, partner, keys.write(sequence)],
    (link) => ({
      ...describe(link, `${partner}:reading-${keys.write(link.sequence)}`, partner),
      reader: nameOf(link),
    }),
  );
  return { ...connection, toldSince: await readToldSince(source.manager) };
}

const describe = (link: DisclosureLink, id: string, owner: string): Omit<Reading, 'reader'> => {
  const { at, readerOrganisation, role, clientName, type, fields, isRefused } = link;
  const { purpose, note } = parsePurpose(link.purpose);
  const read = { organisation: readerOrganisation, role, client: clientName };
  return {
    id,
    at,
    owner,
    ...read,
    purpose,
    purposeNote: note,
    type,
    fields,
    wasRefused: isRefused,
  };
};

/** The days since the epoch on which the record has a person, the newest first, with her tags. */
async function findDays(
  { manager }: DataSource,
  person: string,
  now: Date,
): Promise<(readonly [day: number, tag: string])[]> {
  // PostgreSQL refuses a text with NUL, which no id has.
  const known = person.includes('\0') ? null : await manager.findOneBy(PersonKey, { person });
  const key = known?.key;
  if (key == null) return [];
  // A reader’s clock may be a day ahead of the one who asks.
  const last = Math.floor(now.getTime() / dayMs) + 1;
  const tags = new Map(
    Array.from({ length: mostDays }, (_, index) => {
      const day = last - index;
      return [tagOf(key, dayOf(new Date(day * dayMs))), day] as const;
    }),
  );
  const found: (readonly [number, string])[] = [];
  for (const some of inParts([...tags.keys()]))
    for (const { tag } of await manager.findBy(PersonDay, { tag: In(some) }))
      found.push([tags.get(tag) ?? 0, tag]);
  return found.toSorted(([one], [other]) => other - one);
}

interface AskedDay {
  readonly day: number;
  readonly tag: string;
  readonly partner: string;
  readonly cursor: Place | undefined;
  readonly isBackwards: boolean;
  readonly most: number;
}

/** The links of a day about the person with a tag, from the start of the page, or from its end. */
async function readDay(
  manager: EntityManager,
  { day, tag, partner, cursor, isBackwards, most }: AskedDay,
): Promise<DisclosureLink[]> {
  const rows = manager
    .createQueryBuilder(StoredReading, 'reading')
    .where('reading.people IS NOT NULL AND reading.at >= :from AND reading.at < :to')
    .andWhere(`reading.people LIKE :tagged ESCAPE '!'`)
    .setParameters({
      from: day * dayMs,
      to: (day + 1) * dayMs,
      tagged: `%${tag.replaceAll('_', '!_')}%`,
    });
  const beyond = isBackwards ? '>' : '<';
  if (cursor) {
    const { at, owner, sequence } = cursor;
    const isBehindOwner = partner > owner;
    // A row has all links of one request, under the number of the last. The page may have ended among them.
    const sharing = `SELECT MIN("sequence") FROM "disclosure_readings" WHERE "sequence" >= :sequence`;
    rows.andWhere(
      sequence === undefined
        ? `reading.at ${beyond}${isBehindOwner === isBackwards ? '' : '='} :at`
        : `(reading.at ${beyond} :at OR (reading.at = :at AND reading.sequence ${beyond} :sequence)
            ${isBackwards ? '' : `OR reading.sequence = (${sharing})`})`,
      { at, sequence },
    );
  }
  const order = isBackwards ? 'ASC' : 'DESC';
  const stored = await rows
    .orderBy('reading.at', order)
    .addOrderBy('reading.sequence', order)
    .limit(most)
    .getMany();
  const sign = isBackwards ? -1 : 1;
  return (await readLinksOf(manager, stored))
    .flatMap(({ links }) => (isBackwards ? links : links.toReversed()))
    .filter(isReading)
    .filter(({ people }) => people?.split('.').includes(tag))
    .filter((link) => !cursor || comparePlaces(link, cursor, partner) * sign > 0);
}

/** Positive if a reading of this partner is behind a place, which is newer. */
function comparePlaces(
  { at, sequence }: Pick<DisclosureLink, 'at' | 'sequence'>,
  place: Place,
  partner: string,
): number {
  const newer = place.at - toInstant(at);
  if (newer !== 0) return newer;
  if (place.sequence === undefined) return partner > place.owner ? 1 : -1;
  return place.sequence - sequence;
}

async function readToldSince(manager: EntityManager): Promise<string | null> {
  const first = await manager.findOne(StoredReading, {
    where: { people: Not(IsNull()) },
    order: { at: 'ASC' },
  });
  return first ? new Date(first.at).toISOString() : null;
}

import { readVersion } from '@hub/shared/database';
import { createHash } from 'node:crypto';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { Event } from '../entities/event.entity.js';
import { spanOf } from '../entities/partial-date.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { ContactBasis } from '../entities/vocabulary.js';
import type { Occasion } from './occasion.js';

type EventRow = Pick<
  Event,
  'id' | 'partOfId' | 'programmeId' | 'startsOn' | 'endsOn' | 'firstDay' | 'lastDay' | 'source'
>;
type RoleRow = Pick<PartyRole, 'eventId' | 'programmeId' | 'partyId'>;
type ProgrammeRow = Pick<Programme, 'id' | 'startsOn' | 'endsOn' | 'source'>;
type RepresentationRow = Pick<Representation, 'eventId' | 'partyId'>;

const read = <Row>(
  source: DataSource,
  entity: EntityTarget<ObjectLiteral>,
  columns: readonly (keyof Row & string)[],
): Promise<Row[]> => {
  const query = source.createQueryBuilder().from(entity, 'row').select([]);
  for (const column of columns) query.addSelect(`row.${column}`, column);
  return query.getRawMany<Row & object>();
};

/** The parties of each subject, each once, ordered by id. */
function groupParties<Row extends { readonly partyId: string | null }>(
  rows: readonly Row[],
  subjectOf: (row: Row) => string | null,
): ReadonlyMap<string, readonly string[]> {
  const parties = new Map<string, Set<string>>();
  for (const row of rows) {
    const subject = subjectOf(row);
    if (subject === null || row.partyId === null) continue;
    const known = parties.get(subject);
    if (known) known.add(row.partyId);
    else parties.set(subject, new Set([row.partyId]));
  }
  return new Map([...parties].map(([subject, ids]) => [subject, [...ids].sort()]));
}

/**
 * The network’s own events and programmes with the parties that took part. Everybody may read them.
 */
export interface OwnOccasions {
  /** Ordered by id. */
  readonly occasions: readonly Occasion[];
  /** The hash of the occasions. */
  readonly hash: string;
}

interface Cached {
  readonly version: string;
  readonly own: Promise<OwnOccasions>;
}

const cached = new WeakMap<DataSource, Cached>();

/** The own occasions. They are read again after any write to the database. */
export async function loadOwnOccasions(source: DataSource): Promise<OwnOccasions> {
  const version = await readVersion(source);
  const known = cached.get(source);
  if (known?.version === version) return known.own;
  const read: Cached = { version, own: readOwnOccasions(source) };
  cached.set(source, read);
  try {
    return await read.own;
  } catch (error) {
    if (cached.get(source) === read) cached.delete(source);
    throw error;
  }
}

async function readOwnOccasions(source: DataSource): Promise<OwnOccasions> {
  const [events, roles, programmes, representations] = await Promise.all([
    read<EventRow>(source, Event, [
      'id',
      'partOfId',
      'programmeId',
      'startsOn',
      'endsOn',
      'firstDay',
      'lastDay',
      'source',
    ]),
    read<RoleRow>(source, PartyRole, ['eventId', 'programmeId', 'partyId']),
    read<ProgrammeRow>(source, Programme, ['id', 'startsOn', 'endsOn', 'source']),
    read<RepresentationRow>(source, Representation, ['eventId', 'partyId']),
  ]);
  const ofEvent = groupParties(roles, ({ eventId }) => eventId);
  const ofProgramme = groupParties(roles, ({ programmeId }) => programmeId);
  const represented = groupParties(representations, ({ eventId }) => eventId);
  const representedOnly = (event: string): readonly string[] => {
    const withRole = new Set(ofEvent.get(event));
    return (represented.get(event) ?? []).filter((party) => !withRole.has(party));
  };
  const occasions: Occasion[] = [
    ...events.map(
      ({ id, partOfId, programmeId, startsOn, endsOn, firstDay, lastDay, source: url }) => ({
        id,
        basis: ContactBasis.EVENT,
        wholeId: partOfId,
        programmeId,
        firstDay,
        lastDay,
        on: startsOn ?? endsOn,
        source: url,
        parties: ofEvent.get(id) ?? [],
        represented: representedOnly(id),
      }),
    ),
    ...programmes.map(({ id, startsOn, endsOn, source: url }) => ({
      id,
      basis: ContactBasis.PROGRAMME,
      wholeId: null,
      programmeId: id,
      // An unknown end leaves the range open.
      firstDay: spanOf(startsOn, null).firstDay,
      lastDay: spanOf(null, endsOn).lastDay,
      on: startsOn ?? endsOn,
      source: url,
      parties: ofProgramme.get(id) ?? [],
      represented: [],
    })),
  ];
  // Sorted, so that equal records give equal hashes in any order of the database.
  occasions.sort((a, b) => (a.id < b.id ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify(occasions)).digest('base64url');
  return { occasions, hash };
}

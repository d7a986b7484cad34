import { readVersion } from '@hub/shared/database';
import { createHash } from 'node:crypto';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { Event } from '../entities/event.entity.js';
import { Membership, Network } from '../entities/network.entity.js';
import { spanOf } from '../entities/partial-date.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';
import { ContactBasis } from '../entities/vocabulary.js';
import { listMembershipOccasions, toSpokesmanshipOccasion } from './membership-occasions.js';
import type { Occasion } from './occasion.js';

type EventRow = Pick<
  Event,
  'id' | 'partOfId' | 'programmeId' | 'startsOn' | 'endsOn' | 'firstDay' | 'lastDay' | 'source'
>;
type RoleRow = Pick<PartyRole, 'eventId' | 'programmeId' | 'partyId'>;
/** SQLite has no booleans. */
type ProgrammeRow = Pick<Programme, 'id' | 'startsOn' | 'endsOn' | 'source'> &
  Readonly<Record<'isRehearsal', unknown>>;
type RepresentationRow = Pick<Representation, 'eventId' | 'partyId' | 'country'>;

const read = <Row>(
  source: DataSource,
  entity: EntityTarget<ObjectLiteral>,
  columns: readonly (keyof Row & string)[],
): Promise<Row[]> => {
  const query = source.createQueryBuilder().from(entity, 'row').select([]);
  for (const column of columns) query.addSelect(`row.${column}`, column);
  return query.getRawMany<Row & object>();
};

/** The parties or countries of each subject, each once, ordered. */
function groupBy<Row>(
  rows: readonly Row[],
  subjectOf: (row: Row) => string | null,
  valueOf: (row: Row) => string | null,
): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, Set<string>>();
  for (const row of rows) {
    const subject = subjectOf(row);
    const value = valueOf(row);
    if (subject === null || value === null) continue;
    const known = values.get(subject);
    if (known) known.add(value);
    else values.set(subject, new Set([value]));
  }
  return new Map([...values].map(([subject, all]) => [subject, [...all].sort()]));
}

/**
 * The network’s own events, programmes and memberships with their parties. Everybody may read them.
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
  const { manager } = source;
  const [events, roles, programmes, representations, ...ofNetwork] = await Promise.all([
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
    read<ProgrammeRow>(source, Programme, ['id', 'startsOn', 'endsOn', 'source', 'isRehearsal']),
    read<RepresentationRow>(source, Representation, ['eventId', 'partyId', 'country']),
    manager.find(Membership),
    manager.find(Network),
    manager.find(Spokesmanship),
  ]);
  const [memberships, networks, spokesmanships] = ofNetwork;
  const eventOf = ({ eventId }: RoleRow | RepresentationRow) => eventId;
  const partyOf = ({ partyId }: RoleRow | RepresentationRow) => partyId;
  const ofEvent = groupBy(roles, eventOf, partyOf);
  const ofProgramme = groupBy(roles, ({ programmeId }) => programmeId, partyOf);
  const represented = groupBy(representations, eventOf, partyOf);
  const countries = groupBy(representations, eventOf, ({ country }) => country);
  const rehearsals = new Set(programmes.flatMap(({ id, isRehearsal }) => (isRehearsal ? id : [])));
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
        countries: countries.get(id) ?? [],
        isRehearsal: programmeId !== null && rehearsals.has(programmeId),
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
      countries: [],
      isRehearsal: rehearsals.has(id),
    })),
    ...listMembershipOccasions(memberships, networks),
    ...spokesmanships.map(toSpokesmanshipOccasion),
  ];
  // Sorted, so that equal records give equal hashes in any order of the database.
  occasions.sort((a, b) => (a.id < b.id ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify(occasions)).digest('base64url');
  return { occasions, hash };
}

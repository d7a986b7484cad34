import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Event } from '../entities/event.entity.js';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side, SideParty } from '../entities/side.entity.js';
import { EarlierPlan } from '../entities/visit-plan.entity.js';
import {
  Absence,
  ExpertAssignment,
  InformationRead,
  Visit,
  VisitHost,
} from '../entities/visit.entity.js';
import { sidesHub } from './test-sides.js';
import { north, week, type TestHub, type TestVisits } from './test-visits.js';

type Row = Readonly<Record<string, unknown>>;

/** What a copy carries of each record, and what its own columns are. No other column may exist. */
export const columns = new Map<EntityTarget<ObjectLiteral>, { carried: string[]; own: string[] }>([
  [
    Programme,
    {
      carried: `plannedGroups groupSizeMin groupSizeMax targetGroups sectorsToShow workingLanguages
        areaCodes sectorsByDirection deadlines`.split(/\s+/),
      own: 'id title startsOn endsOn hasDocumentedGroups isRehearsal source version'.split(' '),
    },
  ],
  [
    Side,
    {
      carried: ['position', 'name', 'countries', 'regionCodes', 'ownSectors'],
      own: ['id', 'programmeId'],
    },
  ],
  [SideParty, { carried: ['part', 'partyId', 'position'], own: ['sideId', 'programmeId'] }],
  [
    PlannedJourney,
    {
      carried: ['position', 'direction', 'weeks', 'destination'],
      own: ['id', 'programmeId', 'fromSideId', 'toSideId', 'source'],
    },
  ],
  [
    PartyRole,
    {
      carried: ['partyId', 'position', 'role'],
      own: ['id', 'eventId', 'programmeId', 'source', 'note'],
    },
  ],
  [
    Group,
    {
      carried: ['direction', 'plannedSize'],
      own: `id name programmeId fromSideId toSideId coordinatingOfficeId cancelledOn cancelReason
        version`.split(/\s+/),
    },
  ],
  [
    Visit,
    {
      carried: ['title', 'practicalInformation'],
      own: `id groupId startsOn endsOn departedOn returnedOn cancelledOn cancelReason version
        informationVersion`.split(/\s+/),
    },
  ],
  [VisitHost, { carried: ['country', 'position'], own: ['visitId', 'owner'] }],
  [
    ItineraryStop,
    {
      carried: 'hostCountry from to title sector siteId address city meetingPoint note'.split(' '),
      own: `id visitId hostOwner day contactOnTheSpot status statusReason calledOffOn siteContact
        siteContactOn version planVersion networkConfirmedVersion networkConfirmedOn
        confirmingOrganisationId`.split(/\s+/),
    },
  ],
]);

/** The tables of which a copy has no row. */
export const left = new Set<unknown>([
  GroupMeeting,
  OfficerNomination,
  EarlierPlan,
  Absence,
  ExpertAssignment,
  InformationRead,
  Event,
]);

let planted = 0;
/** A row whose texts and numbers, but for the given ones, are secrets of their own. */
export function plant(
  network: TestVisits,
  entity: EntityTarget<ObjectLiteral>,
  given: Row,
): object {
  const { columns: own, tableName } = network.source.getMetadata(entity);
  return Object.fromEntries(
    own.map(({ propertyName: name, type }) => {
      if (name in given) return [name, given[name]];
      planted += 1;
      if (type === 'integer') return [name, 1000 + planted];
      if (type === 'boolean') return [name, true];
      const secret = `secret:${tableName}.${name}:${planted}`;
      return [name, type === 'simple-json' ? [secret] : secret];
    }),
  );
}

export const pick = (row: object, names: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));

export const carriedOf = (entity: EntityTarget<ObjectLiteral>, row: object): Row =>
  pick(row, columns.get(entity)?.carried ?? []);

/** The rows that exist now and did not before. */
export const added = (before: readonly string[], after: readonly string[]): string[] => {
  const known = new Set(before);
  return after.filter((row) => !known.has(row));
};

/** The columns whose secrets stand in these rows. */
export const secretsIn = (rows: readonly string[]): string[] => [
  ...new Set([...rows.join().matchAll(/secret:([a-z_]+\.\w+)/g)].map(([, place = '']) => place)),
];

/** When the copies of these tests begin. */
export const later = '2030-09-02';
export const toVisit = { visit: north.visit, group: 'nbnp:north-2', startsOn: later };
export const toGroup = { group: north.group, name: 'The next one', startsOn: later };

/** A hub that knows these sites, and no delegates. */
export const hubWithSites = (sites: readonly object[]): TestHub => ({
  ...sidesHub,
  GroupsOfDelegates: () => ({ group: { delegates: [] } }),
  SitesToCopy: () => ({ sites }),
});

/** A stop after the first one, which is copied before it. */
export const addStop = (network: TestVisits, change: object = {}) =>
  network.insert(ItineraryStop, {
    id: 'nbnp:later-stop',
    visitId: north.visit,
    hostCountry: 'FI',
    hostOwner: 'fi',
    day: week.endsOn,
    title: 'Another stop',
    sector: 'NGO',
    ...change,
  });

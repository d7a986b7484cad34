import type { Reader } from '@hub/shared/identity';
import {
  askEachKind,
  createFactsHub,
  statementsOf,
  type TestDatabaseKind,
  type TestFact,
  type TestPartner,
} from '@hub/shared/testing';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { expect } from 'vitest';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { ExpertAssignment, Visit, VisitHost } from '../entities/visit.entity.js';
import { openTestNetwork } from './test-partner.js';

/**
 * A visit as the access table sees it. Denmark sends to each visit, and Finland hosts it; one is
 * also hosted by Russia.
 */
export interface Journey {
  readonly id: string;
  readonly group: string;
  readonly hasEnded: boolean;
  /** The role of the offices in it. */
  readonly offices: 'coordinate' | 'send' | 'host' | 'nothing';
}

/** `overdue`: its planned end has passed, and nobody has recorded a return. */
const always = ['ended', 'overdue', 'ahead', 'undated'] as const;

const groups = [
  { name: 'arranged', offices: 'coordinate', moments: always },
  { name: 'mixed', offices: 'send', moments: always },
  // Also to Russia. A host may read it before and after its end.
  { name: 'eastward', offices: 'host', moments: ['ahead'] },
  { name: 'alone', offices: 'nothing', moments: always },
] as const;

export const journeys: readonly Journey[] = groups.flatMap(({ name, offices, moments }) =>
  moments.map((moment) => ({
    id: `nbnp:visit-${name}-${moment}`,
    group: `nbnp:${name}`,
    hasEnded: moment === 'ended',
    offices,
  })),
);

/**
 * The roles in the journeys: Sweden’s nominee was declined, Norway’s accepted and released, Estonia
 * sends to another group, Latvia has no part.
 */
export const organisations = ['nbnp', 'ncm', 'dk', 'fi', 'se', 'no', 'ee', 'lv'] as const;

export const nominationsOf = (group: string) =>
  [
    { id: `dk:nomination-${group}`, acceptedOn: '2024-10-01', declinedOn: null },
    { id: `se:nomination-${group}`, acceptedOn: null, declinedOn: '2024-10-02' },
    { id: `no:nomination-${group}`, acceptedOn: '2024-10-01', declinedOn: '2024-10-03' },
  ] as const;

const toGroup = (name: string, coordinatingOfficeId: string | null) => ({
  id: `nbnp:${name}`,
  name,
  direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
  programmeId: 'nbnp:programme',
  coordinatingOfficeId,
  plannedSize: 12,
  cancelledOn: '2026-11-20',
});

const toNomination = (groupId: string, id: string, dates: object) => ({
  id,
  groupId,
  officerId: id.replace('nomination', 'officer'),
  declineReason: 'A reason.',
  ...dates,
});

const past = { startsOn: '2025-03-09', endsOn: '2025-03-14', departedOn: '2025-03-09' };
const spans = {
  ended: { ...past, returnedOn: '2025-03-14' },
  overdue: { ...past, returnedOn: null },
  ahead: {
    startsOn: '2026-11-22',
    endsOn: '2026-11-27',
    departedOn: '2026-11-22',
    returnedOn: null,
  },
  undated: { startsOn: null, endsOn: null, departedOn: '2025-03-09', returnedOn: null },
} as const;

const toVisit = ({ id, group }: Journey) => ({
  id,
  groupId: group,
  title: 'A visit',
  ...spans[id.slice(id.lastIndexOf('-') + 1) as keyof typeof spans],
});

export const stopOf = ({ id }: Journey): string => id.replace('visit', 'stop');
export const assignmentOf = ({ id }: Journey): string => id.replace('visit', 'assignment');

const toStop = (journey: Journey) => ({
  id: stopOf(journey),
  visitId: journey.id,
  hostCountry: 'FI',
  hostOwner: 'fi',
  day: '2025-03-09',
  from: '09:00',
  to: '10:00',
  title: 'A stop',
  sector: 'POLICE',
  siteId: 'fi:site',
  address: 'Example Street 1',
  city: 'Tampere',
  meetingPoint: 'The main entrance',
  contactOnTheSpot: 'The reception, +000 1',
  note: 'Bring the passports.',
  statusReason: 'A reason.',
  siteContact: 'AGREED',
  siteContactOn: '2025-02-01',
  networkConfirmedVersion: 1,
  networkConfirmedOn: '2025-02-01',
  confirmingOrganisationId: organisation.id,
});

const toAssignment = (journey: Journey) => ({
  id: assignmentOf(journey),
  visitId: journey.id,
  expertId: 'ee:expert',
  role: 'EXPERT',
  languages: ['et'],
  assignedOn: '2025-01-15',
});

/** Denmark’s officer was at both. */
const toMeetings = (groupId: string): Partial<GroupMeeting>[] =>
  [
    { kind: 'BRIEFING' as const, on: '2025-01-01' },
    { kind: 'DEBRIEFING' as const, on: '2025-04-01' },
  ].map((meeting) => ({
    ...meeting,
    groupId,
    place: 'Oslo',
    agenda: 'Safety.',
    outcome: 'A list of questions.',
    attendees: [`dk:officer-${groupId.replace('nbnp:', '')}`],
  }));

const programme = {
  id: 'nbnp:programme',
  title: 'A programme',
  groupSizeMin: 10,
  groupSizeMax: 15,
  targetGroups: ['POLICE'],
  sectorsToShow: ['POLICE', 'NGO'],
  workingLanguages: [],
  hasDocumentedGroups: true,
};
/** It has confirmed every stop, to the network. */
const organisation = {
  id: 'nbnp:organisation',
  name: 'An organisation',
  variants: [],
  kind: 'police',
  searchText: '',
};
const lead = {
  id: 'lead',
  programmeId: 'nbnp:programme',
  partyId: 'ncm:led',
  position: 1,
  role: 'LEAD',
};

const rows: readonly (readonly [EntityTarget<ObjectLiteral>, readonly object[]])[] = [
  [Programme, [programme]],
  [Organisation, [organisation]],
  [PartyRole, [lead]],
  [
    Group,
    [
      ...groups.map(({ name, offices }) =>
        toGroup(name, offices === 'coordinate' ? 'ncm:led' : null),
      ),
      toGroup('elsewhere', null),
    ],
  ],
  [
    OfficerNomination,
    [
      ...groups.flatMap(({ name }) =>
        nominationsOf(name).map(({ id, ...dates }) => toNomination(`nbnp:${name}`, id, dates)),
      ),
      toNomination('nbnp:elsewhere', 'ee:nomination-elsewhere', { acceptedOn: '2024-10-01' }),
    ],
  ],
  [GroupMeeting, groups.flatMap(({ name }) => toMeetings(`nbnp:${name}`))],
  [Visit, journeys.map(toVisit)],
  [
    VisitHost,
    journeys.flatMap(({ id, offices }) =>
      (offices === 'host' ? ['FI', 'RU'] : ['FI']).map((country, position) => ({
        visitId: id,
        country,
        position,
        owner: country === 'RU' ? 'ncm' : 'fi',
      })),
    ),
  ],
  [ItineraryStop, journeys.map(toStop)],
  [ExpertAssignment, journeys.map(toAssignment)],
];

async function insertJourneys(source: DataSource): Promise<void> {
  for (const [entity, values] of rows) {
    // A copy, because TypeORM changes the objects that it inserts.
    const copies = values.map((value) => ({ ...value }));
    await source.manager.insert(entity, copies);
  }
}

/**
 * The network with the journeys, on the third day of the current ones. The offices send to the
 * mixed group.
 * @param others further facts of other organisations. @default nothing
 */
export function openTestJourneys(
  kind: TestDatabaseKind,
  others: (field: string, id: string) => TestFact = () => ({}),
): Promise<TestPartner> {
  const { askHub } = createFactsHub((field, id) => ({
    delegateCount: id === 'nbnp:mixed' ? 1 : 0,
    ...others(field, id),
  }));
  const eachKind = askEachKind(askHub);
  return openTestNetwork(kind, 'nothing', '2026-11-24T12:00:00Z', eachKind, insertJourneys);
}

interface HiddenRecord {
  readonly hidden: string;
  readonly missing: string;
  readonly reader: Reader;
}

/** Expects that a hidden record is refused as an unknown one is, with as many statements. */
export async function expectHidden(
  network: TestPartner,
  accessPath: (id: string) => {
    readonly query: string;
    readonly variables: Record<string, unknown>;
  },
  { hidden, missing, reader }: HiddenRecord,
): Promise<void> {
  const ask = async (id: string) => {
    const { query, variables } = accessPath(id);
    let response = '';
    const statements = await statementsOf(network.source, async () => {
      response = JSON.stringify(await network.ask(query, variables, reader));
    });
    return { response, statements };
  };
  const refused = await ask(hidden);
  expect(refused, JSON.stringify(reader)).toEqual(await ask(missing));
  expect(refused.response).toContain('FORBIDDEN');
  expect(refused.statements).toBeGreaterThan(0);
}

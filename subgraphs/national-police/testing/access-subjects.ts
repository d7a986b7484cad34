import { assignmentOf, entity, expert } from './test-access.js';

/** A column of the access table, or a part of one. */
export type Column = 'people' | 'identity' | 'report' | 'itinerary' | 'loan';

export interface Subject {
  readonly type: string;
  readonly id: string;
  readonly columns: Readonly<Record<string, Column>>;
  /** The group or visit that it belongs to. */
  readonly scenario: string | undefined;
  /** True for a member of the group, false for a nominee who waits for a decision. */
  readonly isMember?: boolean;
  /** Each access path to it, with `#` where its id and fields are selected. */
  readonly accessPaths: Readonly<Record<string, string>>;
}

const officer = (number: number, group: number, isMember: boolean): Subject => ({
  type: 'Officer',
  id: `fi:demo-officer-${number}`,
  columns: {
    name: 'identity',
    email: 'identity',
    rank: 'identity',
    targetGroup: 'people',
    country: 'people',
    languages: 'people',
    version: 'people',
  },
  scenario: `nbnp:demo-group-${group}`,
  isMember,
  accessPaths: {
    'a root field': `{ officer(id: "fi:demo-officer-${number}") { # } }`,
    'a list': '{ officers(filter: { rehearsals: true }) { nodes { # } } }',
    'the edges of a list': '{ officers(filter: { rehearsals: true }) { edges { node { # } } } }',
    'a filter': `{ officers(filter: { unit: "fi:npb", rehearsals: true }) { nodes { # } } }`,
    'a nested list': '{ policeUnit(id: "fi:npb") { officers(rehearsals: true) { nodes { # } } } }',
    'a nomination': entity(
      'OfficerNomination',
      `fi:demo-nomination-${group}-${number}`,
      '... on OfficerNomination { officer { # } }',
    ),
    'another’s group': entity(
      'Group',
      `nbnp:demo-group-${group}`,
      '... on Group { officerNominations { officer { # } } }',
    ),
    _entities: entity('Officer', `fi:demo-officer-${number}`, '... on Officer { # }'),
    'a fragment of a fragment': `{ officer(id: "fi:demo-officer-${number}") { ...on Participant { ... on Officer { # } } } }`,
  },
});

const nomination = (number: number, group: number, isMember: boolean): Subject => ({
  type: 'OfficerNomination',
  id: `fi:demo-nomination-${group}-${number}`,
  columns: { motivation: 'identity', nominatedOn: 'people', groupId: 'people' },
  scenario: `nbnp:demo-group-${group}`,
  isMember,
  accessPaths: {
    'an officer': `{ officer(id: "fi:demo-officer-${number}") { nominations { # } } }`,
    'another’s group': entity(
      'Group',
      `nbnp:demo-group-${group}`,
      '... on Group { officerNominations { # } }',
    ),
    _entities: entity(
      'OfficerNomination',
      `fi:demo-nomination-${group}-${number}`,
      '... on OfficerNomination { # }',
    ),
  },
});

const hosting = (id: string, visit: string): Subject => ({
  type: 'Hosting',
  id,
  columns: {
    visitId: 'itinerary',
    status: 'itinerary',
    accommodation: 'itinerary',
    transport: 'itinerary',
    meetingPoint: 'itinerary',
    contactOnTheSpot: 'itinerary',
    emergencyContact: 'itinerary',
    note: 'itinerary',
    decidedOn: 'itinerary',
    version: 'itinerary',
  },
  scenario: visit,
  accessPaths: {
    'a unit': '{ policeUnit(id: "fi:npb") { hostings { # } } }',
    'another’s visit': entity('Visit', visit, '... on Visit { hostings { # } }'),
    _entities: entity('Hosting', id, '... on Hosting { # }'),
  },
});

const stop = (id: string, visit: string): Subject => ({
  type: 'ItineraryStop',
  id,
  columns: { hostConfirmedOn: 'itinerary', hostConfirmedVersion: 'itinerary' },
  scenario: visit,
  accessPaths: { _entities: entity('ItineraryStop', id, '... on ItineraryStop { # }') },
});

/** An expert who is lent for a visit, or for none. */
const expertOf = (id: string, visit: string | undefined): Subject => ({
  type: 'Expert',
  id,
  columns: {
    name: 'identity',
    email: 'identity',
    roles: 'people',
    fields: 'people',
    languages: 'people',
    version: 'people',
  },
  scenario: visit,
  accessPaths: {
    'a root field': `{ expert(id: "${id}") { # } }`,
    'a list': '{ experts(filter: { rehearsals: true }) { nodes { # } } }',
    'the edges of a list': '{ experts(filter: { rehearsals: true }) { edges { node { # } } } }',
    'a nested list': '{ policeUnit(id: "fi:npb") { experts(rehearsals: true) { # } } }',
    _entities: entity('Expert', id, '... on Expert { # }'),
  },
});

/** A decision on a request for an expert. */
const assignment = (expertId: string, visit: string): Subject => ({
  type: 'ExpertAssignment',
  id: assignmentOf(expertId, visit),
  columns: { loanGranted: 'itinerary', loanDecidedOn: 'itinerary', loanReason: 'loan' },
  scenario: visit,
  accessPaths: {
    _entities: entity(
      'ExpertAssignment',
      assignmentOf(expertId, visit),
      '... on ExpertAssignment { # }',
      expertId,
    ),
  },
});

/** The records of the scenarios, each with the columns of its fields. */
export const subjects: readonly Subject[] = [
  officer(1, 4, true),
  officer(3, 2, true),
  officer(4, 2, false),
  nomination(1, 4, true),
  nomination(3, 2, true),
  nomination(4, 2, false),
  {
    type: 'Participant',
    id: 'fi:demo-officer-1',
    columns: { name: 'identity', targetGroup: 'people', country: 'people' },
    scenario: 'nbnp:demo-group-4',
    isMember: true,
    accessPaths: {
      'an interface': entity('Officer', 'fi:demo-officer-1', '... on Participant { # }'),
      'an interface of a root field':
        '{ officer(id: "fi:demo-officer-1") { ... on Participant { # } } }',
    },
  },
  {
    type: 'ParticipantReport',
    id: 'fi:demo-report-4-1',
    columns: { text: 'report', receivedOn: 'people', group: 'people', visit: 'people' },
    scenario: 'nbnp:demo-group-4',
    isMember: true,
    accessPaths: {
      'an officer': '{ officer(id: "fi:demo-officer-1") { report { # } } }',
      'an interface': entity('Officer', 'fi:demo-officer-1', '... on Participant { report { # } }'),
    },
  },
  expertOf(expert.id, undefined),
  expertOf('fi:refused', undefined),
  expertOf('fi:lent', 'nbnp:today'),
  assignment('fi:refused', 'nbnp:today'),
  assignment('fi:lent', 'nbnp:today'),
  assignment('fi:lent', 'nbnp:ended'),
  hosting('fi:demo-hosting-1', 'nbnp:demo-visit-1'),
  hosting('fi:hosting-ended', 'nbnp:ended'),
  hosting('fi:hosting-today', 'nbnp:today'),
  stop('nbnp:demo-stop-1-1', 'nbnp:demo-visit-1'),
  stop('nbnp:stop-ended', 'nbnp:ended'),
];

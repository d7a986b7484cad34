import type { Reader, tokens } from '@hub/shared/identity';
import { codes } from '@hub/shared/policy';
import {
  createFactsHub,
  type FactsHub,
  participantOf,
  readerOf,
  type TestDatabaseKind,
  type TestPartner,
} from '@hub/shared/testing';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { openTestPolice } from './test-partner.js';

/** The police force under test. */
export const own = 'fi';
export const today = '2026-11-24';

/** The network’s facts about a group and its visit, in the terms of the access table. */
export interface Scenario {
  /** The people who are accepted or selected. */
  readonly members: readonly string[];
  /** The police forces that host the visit. */
  readonly hosts: readonly string[];
  readonly isCoordinatedByOffice: boolean;
  readonly returnedOn: string | null;
  /** What was cancelled. @default nothing */
  readonly cancelled?: 'visit' | 'group';
}

const accepted = ['fi:demo-officer-1', 'fi:demo-officer-2', 'no:demo-officer-1'];

export const scenarios: Readonly<Record<string, Scenario>> = {
  'nbnp:demo-group-4': {
    members: accepted,
    hosts: ['se'],
    isCoordinatedByOffice: true,
    returnedOn: '2026-10-14',
  },
  'nbnp:demo-group-2': {
    members: ['fi:demo-officer-3', 'no:demo-officer-3'],
    hosts: ['lv'],
    isCoordinatedByOffice: false,
    returnedOn: null,
  },
  'nbnp:demo-visit-1': {
    members: ['ncm:demo-delegate-1', 'no:demo-officer-1'],
    hosts: ['fi', 'se'],
    isCoordinatedByOffice: false,
    returnedOn: null,
  },
  'nbnp:ended': {
    members: accepted,
    hosts: ['se'],
    isCoordinatedByOffice: true,
    returnedOn: '2026-11-23',
  },
  // In Russia the offices host. Its planned end has passed, and nobody has recorded a return.
  'nbnp:today': {
    members: [],
    hosts: ['se', 'ru'],
    isCoordinatedByOffice: false,
    returnedOn: null,
  },
  ...Object.fromEntries(
    (['visit', 'group'] as const).map((cancelled) => [
      `nbnp:cancelled-${cancelled}`,
      { members: [], hosts: ['dk'], isCoordinatedByOffice: true, returnedOn: null, cancelled },
    ]),
  ),
};

/** All planned ends have passed. */
const plannedEnd = '2026-11-01';

function toResponse(id: string) {
  const scenario = scenarios[id];
  if (!scenario) return null;
  const { members, hosts, isCoordinatedByOffice, returnedOn } = scenario;
  const hostCountries = hosts.map((code) => code.toUpperCase());
  const owned = hosts.map((code) => ({
    country: code.toUpperCase(),
    owner: code === 'ru' ? 'ncm' : code,
  }));
  return {
    endsOn: plannedEnd,
    returnedOn,
    hosts: owned,
    version: 1,
    plans: [{ fromVersion: 1, startsOn: null, endsOn: plannedEnd, hostCountries }],
    direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
    members: members.map((member) => ({ id: member })),
    senders: [...new Set(members.map(codes.ownerOf))],
    acceptedOfficers: members.map((member) => ({ id: member })),
    declinedNominations: [],
    coordinatingOffice: isCoordinatedByOffice ? { id: 'ncm:led' } : null,
    visits: [{ hosts: owned, endsOn: plannedEnd, returnedOn }],
  };
}

/** The visit of a stop in the test. */
const visitOfStop: Readonly<Record<string, string>> = {
  'nbnp:demo-stop-1-1': 'nbnp:demo-visit-1',
  'nbnp:stop-ended': 'nbnp:ended',
};

/** The visits for which the network has asked for the experts. */
const assignments: Readonly<Record<string, readonly string[]>> = {
  'fi:expert': ['nbnp:today'],
  'fi:refused': ['nbnp:today'],
  'fi:lent': ['nbnp:today', 'nbnp:ended', 'nbnp:cancelled-visit', 'nbnp:cancelled-group'],
};

export const assignmentOf = (expertId: string, visit: string): string =>
  `nbnp:${expertId.slice(3)}-for-${visit.slice(5)}`;

function toVisit(id: string) {
  const visit = toResponse(id);
  const cancelledOn = (what: Scenario['cancelled']) =>
    scenarios[id]?.cancelled === what ? '2026-11-20' : null;
  const group = { ...visit, cancelledOn: cancelledOn('group') };
  return visit && { ...visit, cancelledOn: cancelledOn('visit'), group };
}

/** A hub that knows the scenarios. */
export const createScenarioHub = (): FactsHub =>
  createFactsHub((field, id) => {
    if (field === 'group') return toResponse(id);
    if (field === 'expert') {
      const visits = assignments[id] ?? [];
      return {
        assignments: visits.map((one) => ({ id: assignmentOf(id, one), visit: toVisit(one) })),
      };
    }
    const answer = toVisit(field === 'itineraryStop' ? (visitOfStop[id] ?? '') : id);
    return field === 'itineraryStop' ? { visit: answer } : answer;
  });

export const expert = { id: 'fi:expert', name: 'Eevi Esimerkki', email: 'eevi@example.org' };
/** Requested, refused, and lent for several visits, of which one can still take place. */
const experts = [
  expert,
  { id: 'fi:refused', name: 'Olli Oletettu', email: 'olli@example.org' },
  { id: 'fi:lent', name: 'Lauri Lainattu', email: 'lauri@example.org' },
];

/**
 * A police force with the demonstration, an expert, and hostings and stops of ended and future
 * visits.
 */
export async function openScenarios(
  kind: TestDatabaseKind,
  { askHub } = createScenarioHub(),
): Promise<TestPartner> {
  const clock = () => new Date(`${today}T12:00:00Z`);
  const police = await openTestPolice(kind, own, 'demonstration', { askHub, clock });
  const { manager } = police.source;
  const unitId = 'fi:npb';
  await manager.insert(
    Expert,
    experts.map((one) => ({ ...one, unitId })),
  );
  const decided = { loanDecidedOn: '2026-10-20', loanReason: 'A reason.' };
  const decide = (expertId: string, visit: string, loanGranted: boolean) => ({
    assignmentId: assignmentOf(expertId, visit),
    expertId,
    loanGranted,
    ...decided,
  });
  await manager.insert(ExpertLoan, [
    decide('fi:refused', 'nbnp:today', false),
    ...(assignments['fi:lent'] ?? []).map((visit) => decide('fi:lent', visit, true)),
    // Lent and then released by the network.
    decide('fi:expert', 'nbnp:demo-visit-1', true),
  ]);
  const hosting = {
    unitId,
    status: 'CONFIRMED',
    accommodation: 'Rooms',
    transport: 'Coach',
    meetingPoint: 'Platform 5',
    contactOnTheSpot: 'A liaison',
    note: 'Bring a passport.',
    confirmedOn: '2026-10-20',
  } as const;
  await manager.insert(Hosting, [
    { ...hosting, id: 'fi:hosting-ended', visitId: 'nbnp:ended', emergencyContact: 'Duty' },
    { ...hosting, id: 'fi:hosting-today', visitId: 'nbnp:today', emergencyContact: 'Duty' },
  ]);
  const confirmation = { unitId, stopVersion: 1, confirmedOn: '2026-10-20' };
  await manager.insert(StopConfirmation, { ...confirmation, stopId: 'nbnp:stop-ended' });
  return police;
}

const roles: readonly tokens.Role[] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];
/**
 * The police force itself, one that hosts, one that sends, two without a part, the network, and the
 * offices.
 */
const organisations = [own, 'se', 'no', 'dk', 'lv', 'nbnp', 'ncm'];

/** All callers: each role of each kind of organisation, and anonymous. */
export const readers: readonly (readonly [name: string, reader: Reader])[] = [
  ['the anonymous', { kind: 'anonymous' }],
  ['a participant who is not concerned', participantOf(`${own}:demo-officer-9`)],
  ...organisations.flatMap((organisation) =>
    roles.map((role) => [`a ${role} of ${organisation}`, readerOf(organisation, role)] as const),
  ),
];

/** The hub’s query for an entity. */
export const entity = (typename: string, id: string, selection: string, expertId?: string) =>
  `{ _entities(representations: [{ __typename: "${typename}", id: "${id}", hostCountry: "FI"${expertId ? `, expertId: "${expertId}"` : ''} }]) { ${selection} } }`;

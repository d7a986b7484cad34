import type { Asker } from '../network/open-hub.js';

/** Somebody who asks, or nobody in particular. */
export type Someone = Asker | undefined;

/*
 * Who reads what, written down once more: from the agreement between the organisations and from the plan of the
 * demonstration, not from the partners’ policies. The access tests compare the network with it.
 */

const polices = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'];
export const organisations = ['ncm', 'nbnp', ...polices];
export const roles: readonly Asker['role'][] = [
  'analyst',
  'coordinator',
  'liaison',
  'auditor',
  'service',
];

interface JourneyPlan {
  readonly group: string;
  readonly endsOn: string;
  readonly hosts: readonly string[];
  readonly senders: readonly string[];
}

/** The visits of the demonstration. An office co-ordinates every group. */
const journeys: Readonly<Record<string, JourneyPlan>> = {
  'nbnp:demo-visit-1': {
    group: '1',
    endsOn: '2026-11-27',
    hosts: ['fi', 'ee'],
    senders: ['ncm'],
  },
  'nbnp:demo-visit-2': { group: '2', endsOn: '2027-02-12', hosts: ['ru'], senders: polices },
  'nbnp:demo-visit-4': { group: '4', endsOn: '2025-03-14', hosts: ['ru'], senders: polices },
};
export const visits = Object.keys(journeys);

const acceptedOfficers: Readonly<Record<string, readonly string[]>> = {
  '4': [
    ...polices.map((code) => `${code}:1`),
    ...['dk', 'fi', 'no', 'se'].map((code) => `${code}:2`),
  ],
  '2': [...polices.map((code) => `${code}:3`), ...['dk', 'no', 'se'].map((code) => `${code}:4`)],
};
const selectedDelegates = 12;

const runsProgramme = (who: Someone) => who?.role === 'coordinator' || who?.role === 'service';
const preparesJourneys = (who: Someone) => runsProgramme(who) || who?.role === 'liaison';
const ownerOf = (id: string) => id.slice(0, id.indexOf(':'));
const numbersOf = (id: string) => [...id.matchAll(/-(\d+)/g)].map(([, number]) => number ?? '');

/** Its own people’s, and its own words. */
const isOwn = (who: Someone, id: string) =>
  preparesJourneys(who) && who?.organisation === ownerOf(id);

const hostsOf = (group: string | undefined) =>
  Object.values(journeys).flatMap((journey) => (journey.group === group ? journey.hosts : []));

const arranges = (who: Someone) =>
  runsProgramme(who) && (who?.organisation === 'nbnp' || who?.organisation === 'ncm');

/** Those who work with a group: the network, the office, and the polices that host it. */
const worksWith = (who: Someone, group: string) =>
  arranges(who) || (runsProgramme(who) && hostsOf(group).includes(who?.organisation ?? ''));

const groupsOfOfficer = (id: string) =>
  Object.keys(acceptedOfficers).filter((group) =>
    acceptedOfficers[group]?.includes(`${ownerOf(id)}:${numbersOf(id)[0]}`),
  );

const isOfGroup = (nomination: string, group: string, number: string) =>
  acceptedOfficers[group]?.includes(`${ownerOf(nomination)}:${number}`) ?? false;

const isSelected = (number: string | undefined) => Number(number) <= selectedDelegates;

export const isPerson = (who: Someone): boolean => who !== undefined;

export const hasEnded = (visit: string): boolean =>
  (journeys[visit]?.endsOn ?? '') < new Date().toISOString().slice(0, 10);

export const readsVisit = (who: Someone, visit: string): boolean =>
  isPerson(who) || hasEnded(visit);

export function readsItinerary(who: Someone, visit: string): boolean {
  if (who?.role === 'analyst') return hasEnded(visit);
  if (!who || !preparesJourneys(who)) return false;
  const journey = journeys[visit];
  return (
    ['nbnp', 'ncm'].includes(who.organisation) ||
    [...(journey?.hosts ?? []), ...(journey?.senders ?? [])].includes(who.organisation)
  );
}

type Rule = (who: Someone, id: string) => boolean;

const readsOfficer: Rule = (who, id) =>
  isOwn(who, id) || groupsOfOfficer(id).some((group) => worksWith(who, group));

const readsDelegate: Rule = (who, id) =>
  isOwn(who, id) || (isSelected(numbersOf(id)[0]) && worksWith(who, '1'));

/** The assignments of the demonstration: whose expert, and whether she is lent. */
const assignments: Readonly<Record<string, readonly [expert: string, isLent: boolean]>> = {
  'nbnp:demo-assignment-1-1': ['ee:demo-expert-1', true],
  'nbnp:demo-assignment-1-2': ['lv:demo-expert-1', true],
  'nbnp:demo-assignment-2-1': ['lt:demo-expert-2', false],
  'nbnp:demo-assignment-2-2': ['lv:demo-expert-2', false],
  'nbnp:demo-assignment-4-1': ['lt:demo-expert-1', true],
  'nbnp:demo-assignment-4-2': ['lv:demo-expert-2', true],
};

/** The network asks for an expert, and her police lends her. */
const readsLoan: Rule = (who, expert) =>
  isOwn(who, expert) || (runsProgramme(who) && who?.organisation === 'nbnp');

/** And once she is lent, those who run that visit. */
const readsExpert: Rule = (who, id) =>
  readsLoan(who, id) ||
  (runsProgramme(who) &&
    Object.entries(assignments).some(
      ([assignment, [expert, isLent]]) => expert === id && isLent && readsPart(who, assignment),
    ));

const readsAssignments: Rule = (who, expert) =>
  isOwn(who, expert) || (preparesJourneys(who) && who?.organisation === 'nbnp');

const expertOf = (assignment: string): string => assignments[assignment]?.[0] ?? '';

const readsMotivation: Rule = (who, id) => {
  const [group = '', number = ''] = numbersOf(id);
  return isOwn(who, id) || (isOfGroup(id, group, number) && worksWith(who, group));
};

/** The network wrote it, so it reads it. */
const readsDeclineReason: Rule = (who, id) =>
  readsMotivation(who, id) || (runsProgramme(who) && who?.organisation === 'nbnp');

const readsDelegateReason: Rule = (who, id) => {
  const [group = '', number] = numbersOf(id);
  return isOwn(who, id) || (isSelected(number) && worksWith(who, group));
};

const readsReport: Rule = (who, id) => isOwn(who, id) || arranges(who);

/** The visit of a stop, of an expert’s assignment or of a hosting. */
const visitOf = (id: string): string => `nbnp:demo-visit-${numbersOf(id)[0]}`;

const readsPart: Rule = (who, id) => readsItinerary(who, visitOf(id));
const readsPlan: Rule = readsItinerary;

/** What a police offers is its own, also where it may read nothing else of that visit. */
const readsHosting: Rule = (who, id) => isOwn(who, id) || readsPart(who, id);

/** Latvia’s offer for the first visit was withdrawn; its people read that one, and not what Finland and Estonia host. */
const readsOwnOffer: Rule = (who, visit) =>
  !readsItinerary(who, visit) && visit === 'nbnp:demo-visit-1' && isOwn(who, 'lv:demo-hosting-1');

/** Everybody’s co-ordinators and auditors; who made the change is for those of the organisation that owns the record. */
export const readsChanges = (who: Someone): boolean =>
  runsProgramme(who) || who?.role === 'auditor';
const readsChanger: Rule = (who, id) => readsChanges(who) && who?.organisation === ownerOf(id);

/** Who may know that there is such an object. */
export const objects: Readonly<Record<string, Rule>> = {
  Officer: isPerson,
  OfficerNomination: isPerson,
  Delegate: isPerson,
  DelegateNomination: isPerson,
  Expert: isPerson,
  ParticipantReport: isPerson,
  Visit: readsVisit,
  ItineraryStop: readsPart,
  ExpertAssignment: (who, id) => isOwn(who, expertOf(id)) || readsPart(who, id),
  Hosting: readsHosting,
  RegionalHosting: readsHosting,
  Change: readsChanges,
};

const allBy = (rule: Rule, ...fields: string[]): Readonly<Record<string, Rule>> =>
  Object.fromEntries(fields.map((field) => [field, rule]));

/** Who may read which field of an object that she may know of. Every other field is for all of them. */
export const fields: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  Officer: allBy(readsOfficer, 'name', 'email', 'rank'),
  Delegate: allBy(readsDelegate, 'name', 'email', 'employer'),
  Expert: { ...allBy(readsExpert, 'name', 'email'), assignments: readsAssignments },
  ExpertAssignment: { loanReason: (who, id) => readsLoan(who, expertOf(id)) },
  OfficerNomination: { motivation: readsMotivation, declineReason: readsDeclineReason },
  DelegateNomination: { reason: readsDelegateReason },
  ParticipantReport: { text: readsReport },
  Change: { person: readsChanger },
  Visit: {
    ...allBy(readsPlan, 'stops', 'experts', 'missingSectors', 'regionalHostings'),
    hostings: (who, id) => readsPlan(who, id) || readsOwnOffer(who, id),
  },
  Group: allBy(
    isPerson,
    'absences',
    'members',
    'delegates',
    'delegateNominations',
    'officerNominations',
  ),
  PoliceUnit: {
    ...allBy(isPerson, 'officers', 'experts'),
    hostings: (who) => isPerson(who) && who?.role !== 'auditor',
  },
};

/** Lists of which someone reads a part: it is there, and an error tells that the others’ is withheld. */
export const partly: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  Visit: { hostings: readsOwnOffer },
};

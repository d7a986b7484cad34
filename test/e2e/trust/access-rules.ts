import type { Asker } from '../network/open-hub.js';
import {
  assignments,
  groupOfDelegate,
  groupsOfNominee,
  groupsOfOfficer,
  hasEnded,
  hostsOf,
  isLongOver,
  isOfGroup,
  isSelected,
  isStanding,
  isWaiting,
  journeys,
  numbersOf,
  ownerOf,
  polices,
  preparesFor,
} from './demonstration.js';

/** Somebody who asks, or nobody in particular. */
export type Someone = Asker | undefined;

/*
 * Who reads what, written down once more: from the agreement between the organisations and from the plan of the
 * demonstration, not from the partners’ policies. The access tests compare the network with it.
 */

const organisations = ['ncm', 'nbnp', ...polices];
const roles: readonly Asker['role'][] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];

/** Everybody who may ask. */
export const readers: readonly (readonly [string, Someone])[] = [
  ['the anonymous', undefined],
  ...organisations.flatMap((organisation) =>
    roles.map((role) => [`${organisation}, ${role}`, { organisation, role }] as const),
  ),
];

const runsProgramme = (who: Someone) => who?.role === 'coordinator' || who?.role === 'service';
const preparesJourneys = (who: Someone) => runsProgramme(who) || who?.role === 'liaison';
/** Its own people’s, and its own words. */
const isOwn = (who: Someone, id: string) =>
  preparesJourneys(who) && who?.organisation === ownerOf(id);

/** Staff for a task, and auditors of their own organisation’s people. Analysts get counts. */
export const listsPeople = (who: Someone): boolean =>
  preparesJourneys(who) || who?.role === 'auditor';
const isOfOwn = (who: Someone, id: string) => listsPeople(who) && who?.organisation === ownerOf(id);

/** The network, the office, which co-ordinates every group, and those who send with a group or host it. */
const hasTask = (who: Someone, group: string): boolean =>
  Object.entries(journeys).some(
    ([visit, journey]) =>
      journey.group === group &&
      preparesJourneys(who) &&
      (['nbnp', 'ncm', ...journey.senders].includes(who?.organisation ?? '') ||
        (journey.hosts.includes(who?.organisation ?? '') && !isLongOver(visit))),
  );

const isNetwork = (who: Someone): boolean => preparesJourneys(who) && who?.organisation === 'nbnp';

export const knowsPerson: Rule = (who, id) =>
  isOfOwn(who, id) || isNetwork(who) || groupsOfNominee(id).some((group) => hasTask(who, group));
const knowsNomination: Rule = (who, id) =>
  isOfOwn(who, id) || isNetwork(who) || (isStanding(id) && hasTask(who, numbersOf(id)[0] ?? ''));
const knowsReport: Rule = (who, id) => isOfOwn(who, id) || hasTask(who, numbersOf(id)[0] ?? '');
/** Of an expert whom the network has asked for: those who run the visit. */
export const knowsExpert: Rule = (who, id) =>
  isOfOwn(who, id) ||
  isNetwork(who) ||
  Object.entries(assignments).some(
    ([assignment, [expert]]) =>
      expert === id && !isLongOver(visitOf(assignment)) && takesPart(who, visitOf(assignment)),
  );

const arranges = (who: Someone) =>
  runsProgramme(who) && (who?.organisation === 'nbnp' || who?.organisation === 'ncm');

/** What came from a task with a group ends 90 days after it. */
const isLongOverFor = (group: string): boolean => isLongOver(`nbnp:demo-visit-${group}`);

/** Those who work with a group: the network, the office, and the polices that host it. */
const worksWith = (who: Someone, group: string) =>
  !isLongOverFor(group) &&
  (arranges(who) || (runsProgramme(who) && hostsOf(group).includes(who?.organisation ?? '')));

const isPerson = (who: Someone): boolean => who !== undefined;

export const readsVisit = (who: Someone, visit: string): boolean =>
  isPerson(who) || hasEnded(visit);

export const readsItinerary = (who: Someone, visit: string): boolean =>
  (who !== undefined && who.role !== 'auditor' && hasEnded(visit)) || takesPart(who, visit);

/** Staff of those who send, host or arrange a visit. */
function takesPart(who: Someone, visit: string): boolean {
  if (!who || !preparesJourneys(who)) return false;
  const journey = journeys[visit];
  return (
    ['nbnp', 'ncm'].includes(who.organisation) ||
    [...(journey?.hosts ?? []), ...(journey?.senders ?? [])].includes(who.organisation)
  );
}

type Rule = (who: Someone, id: string) => boolean;

/** The network reads whom it decides on until then, and reserves until the group departs. */
const decides = (who: Someone): boolean => runsProgramme(who) && who?.organisation === 'nbnp';

const readsOfficer: Rule = (who, id) =>
  isOwn(who, id) ||
  groupsOfOfficer(id).some((group) => worksWith(who, group)) ||
  (decides(who) && isWaiting(id, numbersOf(id)[0]));

const readsDelegate: Rule = (who, id) => {
  const group = groupOfDelegate(id);
  return isOwn(who, id) || (group !== undefined && worksWith(who, group));
};

/** The network asks for an expert, and her police lends her. */
const readsLoan: Rule = (who, expert) => isOwn(who, expert) || decides(who);

/** And while she is lent, those who run that visit, until it is over. */
const readsExpert: Rule = (who, id) =>
  readsLoan(who, id) ||
  (runsProgramme(who) &&
    Object.entries(assignments).some(
      ([assignment, [expert, isLent]]) =>
        expert === id &&
        isLent &&
        !hasEnded(visitOf(assignment)) &&
        takesPart(who, visitOf(assignment)),
    ));

const readsAssignments: Rule = (who, expert) =>
  isOwn(who, expert) || (preparesJourneys(who) && who?.organisation === 'nbnp');

const expertOf = (assignment: string): string => assignments[assignment]?.[0] ?? '';

const readsMotivation: Rule = (who, id) => {
  const [group = '', number = ''] = numbersOf(id);
  return (
    isOwn(who, id) ||
    (isOfGroup(id, group, number) && worksWith(who, group)) ||
    (decides(who) && isWaiting(id, number, group))
  );
};

/** The network wrote it, so it reads it. */
const readsDeclineReason: Rule = (who, id) => readsMotivation(who, id) || decides(who);

const readsDelegateReason: Rule = (who, id) => {
  const [group = '', number] = numbersOf(id);
  return isOwn(who, id) || (isSelected(group, number) && worksWith(who, group));
};

const runsFor = (who: Someone, ...organisations: readonly string[]): boolean =>
  runsProgramme(who) && organisations.includes(who?.organisation ?? '');

/** Of a member: the network and the office, which co-ordinates every group. */
const readsOfficersFormalities: Rule = (who, id) =>
  isOwn(who, id) || (groupsOfOfficer(id).includes('2') && runsFor(who, 'nbnp', 'ncm'));
const readsDelegatesFormalities: Rule = (who, id) =>
  isOwn(who, id) || (groupOfDelegate(id) === '1' && runsFor(who, 'nbnp'));

/** Of a member: the network, and whoever hosts the group now. */
const readsOfficersNeeds: Rule = (who, id) =>
  isOwn(who, id) ||
  groupsOfOfficer(id).some(
    (group) => !isLongOverFor(group) && runsFor(who, 'nbnp', ...preparesFor(group)),
  );
const readsDelegatesNeeds: Rule = (who, id) => {
  const group = groupOfDelegate(id);
  return isOwn(who, id) || (group !== undefined && runsFor(who, 'nbnp', ...preparesFor(group)));
};

/** The one absence of the demonstration is that of a Swedish officer of group 4. */
const knowsAbsence: Rule = (who) => isOfOwn(who, 'se:demo-officer-2') || hasTask(who, '4');
/** The network recorded it. */
const readsAbsence: Rule = (who) => isOwn(who, 'se:demo-officer-2') || decides(who);

/** Before both have signed: NBNP, and the co-ordinators of the offices. */
export const mayDraft = (who: Someone): boolean =>
  runsFor(who, 'nbnp', 'ncm') || (preparesJourneys(who) && who?.organisation === 'nbnp');

const readsReport: Rule = (who, id) => isOwn(who, id) || arranges(who);

/** The visit of a stop, of an expert’s assignment or of a hosting. */
const visitOf = (id: string): string => `nbnp:demo-visit-${numbersOf(id)[0]}`;

const readsPart: Rule = (who, id) => readsItinerary(who, visitOf(id));
const readsPlan: Rule = readsItinerary;

/** What a meeting was about is read as the plan of the group’s visit: group 4 met in 2025, group 1 in 2026. */
const readsMeeting: Rule = (who, day) => readsPlan(who, `nbnp:demo-visit-${day < '2026' ? 4 : 1}`);

/** What a police offers is its own, also where it may read nothing else of that visit. */
const readsHosting: Rule = (who, id) => isOwn(who, id) || readsPart(who, id);

/** Latvia’s offer for the first visit was withdrawn; its people read that one, and not what Finland and Estonia host. */
const readsOwnOffer: Rule = (who, visit) =>
  !readsItinerary(who, visit) && visit === 'nbnp:demo-visit-1' && isOwn(who, 'lv:demo-hosting-1');

/** Everybody’s co-ordinators and auditors; who made the change is for those of the organisation that owns the record. */
export const readsChanges = (who: Someone): boolean =>
  runsProgramme(who) || who?.role === 'auditor';
const readsChanger: Rule = (who, id) => readsChanges(who) && who?.organisation === ownerOf(id);

/** Those who can act for an organisation have its tasks. The id of a task names the organisation. */
export const hasTasks = preparesJourneys;
const isOfTask: Rule = (who, id) =>
  hasTasks(who) && id.startsWith(`nbnp:task/${who?.organisation}/`);

/** Who may know that there is such an object. */
export const objects: Readonly<Record<string, Rule>> = {
  Officer: knowsPerson,
  OfficerNomination: knowsNomination,
  Delegate: knowsPerson,
  DelegateNomination: knowsNomination,
  Expert: knowsExpert,
  ParticipantReport: knowsReport,
  Absence: knowsAbsence,
  Visit: readsVisit,
  ItineraryStop: readsPart,
  ExpertAssignment: (who, id) => isOwn(who, expertOf(id)) || readsPart(who, id),
  Hosting: readsHosting,
  RegionalHosting: readsHosting,
  Change: readsChanges,
  Task: isOfTask,
  Ending: (who, id) => hasTasks(who) && id.startsWith(`nbnp:ending/${who?.organisation}/`),
};

const allBy = (rule: Rule, ...fields: string[]): Readonly<Record<string, Rule>> =>
  Object.fromEntries(fields.map((field) => [field, rule]));

/** Who may read which field of an object that she may know of. Every other field is for all of them. */
export const fields: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  Officer: {
    ...allBy(readsOfficer, 'name', 'email', 'rank'),
    ...allBy(readsOfficersFormalities, 'formalities', 'outstanding'),
    travelNeeds: readsOfficersNeeds,
  },
  Delegate: {
    ...allBy(readsDelegate, 'name', 'email', 'employer'),
    ...allBy(readsDelegatesFormalities, 'formalities', 'outstanding'),
    travelNeeds: readsDelegatesNeeds,
  },
  Absence: { reason: readsAbsence },
  Expert: { ...allBy(readsExpert, 'name', 'email'), assignments: readsAssignments },
  ExpertAssignment: { loanReason: (who, id) => readsLoan(who, expertOf(id)) },
  OfficerNomination: { motivation: readsMotivation, reason: readsDeclineReason },
  DelegateNomination: allBy(readsDelegateReason, 'motivation', 'reason'),
  ParticipantReport: { text: readsReport },
  Change: { person: readsChanger },
  Visit: {
    ...allBy(
      readsPlan,
      'practicalInformation',
      'stops',
      'experts',
      'missingSectors',
      'regionalHostings',
    ),
    hostings: (who, id) => readsPlan(who, id) || readsOwnOffer(who, id),
  },
  GroupMeeting: allBy(readsMeeting, 'agenda', 'outcome', 'attended', 'missed'),
  Group: allBy(
    listsPeople,
    'absences',
    'members',
    'delegates',
    'delegateNominations',
    'officerNominations',
  ),
  PoliceUnit: {
    ...allBy(listsPeople, 'officers', 'experts'),
    hostings: (who) => isPerson(who) && who?.role !== 'auditor',
  },
};

/** Lists of which someone reads a part: it is there, and an error tells that the others’ is withheld. */
export const partly: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  Visit: { hostings: readsOwnOffer },
};

import { sides } from '@hub/shared/programme';
import { GroupState } from '../entities/vocabulary.js';

/**
 * The facts from which a group’s state is derived, by owner. For other owners, null means no
 * response. A date that is not set is also null.
 */
export interface GroupFacts {
  readonly sides: sides.GroupSides;
  readonly plannedSize: number;
  readonly groupSizeMin: number;
  readonly groupSizeMax: number;

  // The network’s own.
  readonly acceptedOfficers: number;
  /** Members who travel on none of its visits. */
  readonly absentees: number;
  readonly officersAcceptedOn: string | null;
  readonly briefedOn: string | null;
  readonly debriefedOn: string | null;
  readonly cancelledOn: string | null;
  /** On any of its visits. */
  readonly hasDeparted: boolean;
  /** From all of its visits. */
  readonly hasReturned: boolean;
  readonly isSignedByNetwork: boolean;

  // The offices’.
  readonly delegateCount: number | null;
  readonly delegateNominationCount: number | null;
  readonly delegatesSelectedOn: string | null;
  readonly delegatesBriefedOn: string | null;
  readonly delegatesDebriefedOn: string | null;
  readonly delegateReportsReceived: number | null;
  readonly delegateFormalitiesOpen: number | null;
  readonly officeSignatureCount: number | null;

  // The sum over the police forces; null unless all responded.
  readonly officerNominationCount: number | null;
  readonly officerReportsReceived: number | null;
  readonly officerFormalitiesOpen: number | null;

  // The sum over the police forces that responded, if one did not: a lower bound.
  readonly nominationsAtLeast?: number;
  readonly reportsAtLeast?: number;
}

/** What those who send members to a group have done for them. */
interface Progress {
  readonly nominations: number | null;
  readonly members: number | null;
  readonly membersChosenOn: string | null;
  readonly reports: number | null;
  readonly formalitiesOpen: number | null;
}

/** The progress of those who send members to a group: the offices, the police forces or both. */
function sendersOf(facts: GroupFacts): readonly Progress[] {
  const ofOffices: Progress = {
    nominations: facts.delegateNominationCount,
    members: facts.delegateCount,
    membersChosenOn: facts.delegatesSelectedOn,
    reports: facts.delegateReportsReceived,
    formalitiesOpen: facts.delegateFormalitiesOpen,
  };
  const ofPoliceForces: Progress = {
    nominations: facts.officerNominationCount,
    members: facts.acceptedOfficers,
    membersChosenOn: facts.officersAcceptedOn,
    reports: facts.officerReportsReceived,
    formalitiesOpen: facts.officerFormalitiesOpen,
  };
  return [
    ...(sides.sendsDelegates(facts.sides) ? [ofOffices] : []),
    ...(sides.sendsOfficers(facts.sides) ? [ofPoliceForces] : []),
  ];
}

/** Whether all who send members to a group said how many there are. */
const isKnown = (facts: GroupFacts, count: (sender: Progress) => number | null): boolean =>
  sendersOf(facts).every((sender) => count(sender) !== null);

/** The day on which the last members were chosen; null if none is known to be. */
const membersChosenOn = (facts: GroupFacts): string | null =>
  sendersOf(facts)
    .flatMap((sender) => sender.membersChosenOn ?? [])
    .toSorted()
    .at(-1) ?? null;

/** The owners’ facts that matter for a group. A null fact is missing. */
const neededFacts = (facts: GroupFacts): readonly (number | null)[] => [
  ...sendersOf(facts).flatMap((sender) => [sender.members, sender.nominations, sender.reports]),
  facts.officeSignatureCount,
];

/** The day of a meeting: of the offices or of the network, by who meets the group. */
const metOn = (
  { sides: group }: GroupFacts,
  ofOffices: string | null,
  ofNetwork: string | null,
): string | null => {
  if (group.direction === null) return ofOffices ?? ofNetwork;
  return sides.officesMeet(group) ? ofOffices : ofNetwork;
};

/** The day of a group’s briefing, whoever held it. */
export const findBriefing = (facts: GroupFacts): string | null =>
  metOn(facts, facts.delegatesBriefedOn, facts.briefedOn);

/** The day of a group’s debriefing, whoever held it. */
export const findDebriefing = (facts: GroupFacts): string | null =>
  metOn(facts, facts.delegatesDebriefedOn, facts.debriefedOn);

/** The members of a group; null if a sender did not respond. */
export const countMembers = (facts: GroupFacts): number | null =>
  isKnown(facts, ({ members }) => members)
    ? facts.acceptedOfficers + (facts.delegateCount ?? 0)
    : null;

/**
 * The members who travel on at least one visit. Each owes a report. Null if a sender did not
 * respond.
 */
export function countTravellers(facts: GroupFacts): number | null {
  const members = countMembers(facts);
  return members === null ? null : Math.max(0, members - facts.absentees);
}

/** The reports received; null if a sender did not respond. */
export const countReports = (facts: GroupFacts): number | null =>
  isKnown(facts, ({ reports }) => reports)
    ? (facts.delegateReportsReceived ?? 0) + (facts.officerReportsReceived ?? 0)
    : null;

/** The open formalities of the members; null if a sender did not respond. */
export const countFormalities = (facts: GroupFacts): number | null =>
  isKnown(facts, ({ formalitiesOpen }) => formalitiesOpen)
    ? (facts.delegateFormalitiesOpen ?? 0) + (facts.officerFormalitiesOpen ?? 0)
    : null;

/** What is certain to exist, although a sender may not have responded. */
function countAtLeast(facts: GroupFacts) {
  const known = { ...facts };
  known.officerNominationCount ??= facts.nominationsAtLeast ?? 0;
  known.officerReportsReceived ??= facts.reportsAtLeast ?? 0;
  const sum = (count: (sender: Progress) => number | null) =>
    sendersOf(known).reduce((total, sender) => total + (count(sender) ?? 0), 0);
  return {
    nominations: sum(({ nominations }) => nominations),
    members: sum(({ members }) => members),
    reports: sum(({ reports }) => reports),
  };
}

/**
 * Derives the state of a group: the furthest state whose condition is documented. Steps may be
 * recorded in any order (a report may come before the debriefing), so a state does not require the
 * states before it, only its own condition. Both signatures close a group with at least one report;
 * further reports are expected but not required.
 */
export function deriveGroupState(facts: GroupFacts): GroupState {
  if (facts.cancelledOn !== null) return GroupState.CANCELLED;
  const { nominations, members, reports } = countAtLeast(facts);
  const expected = countTravellers(facts);
  const received = countReports(facts) ?? reports;
  const hasReports = facts.hasReturned && received > 0;
  const isReported = hasReports && expected !== null && received >= expected;
  const reached: readonly (readonly [GroupState, boolean])[] = [
    [
      GroupState.EVALUATED,
      hasReports && facts.isSignedByNetwork && (facts.officeSignatureCount ?? 0) > 0,
    ],
    [GroupState.REPORTED, isReported],
    [GroupState.DEBRIEFED, facts.hasReturned && findDebriefing(facts) !== null],
    [GroupState.RETURNED, facts.hasReturned],
    [GroupState.TRAVELLING, facts.hasDeparted],
    [GroupState.BRIEFED, findBriefing(facts) !== null],
    [GroupState.SELECTED, membersChosenOn(facts) !== null && members >= facts.groupSizeMin],
    [GroupState.NOMINATED, nominations > 0 || members > 0],
  ];
  return reached.find(([, isReached]) => isReached)?.[0] ?? GroupState.PLANNED;
}

/**
 * False if a relevant owner did not respond, so that the true state may be later. A cancelled group
 * depends on no owner.
 */
export function isStateCertain(facts: GroupFacts): boolean {
  return facts.cancelledOn !== null || neededFacts(facts).every((fact) => fact !== null);
}

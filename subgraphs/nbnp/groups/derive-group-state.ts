import { Direction, GroupState } from '../entities/vocabulary.js';

/**
 * The facts from which a group’s state is derived, by owner. For other owners, null means no
 * response. A date that is not set is also null.
 */
export interface GroupFacts {
  readonly direction: Direction;
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

/** The facts of the side that sends the group. */
interface SendingSide {
  readonly nominations: number | null;
  readonly members: number | null;
  readonly membersChosenOn: string | null;
  readonly briefedOn: string | null;
  readonly debriefedOn: string | null;
  readonly reports: number | null;
  readonly formalitiesOpen: number | null;
}

const sendingSides: Readonly<Record<Direction, (facts: GroupFacts) => SendingSide>> = {
  NORTH_WEST_RUSSIA_TO_NORDIC: (facts) => ({
    nominations: facts.delegateNominationCount,
    members: facts.delegateCount,
    membersChosenOn: facts.delegatesSelectedOn,
    briefedOn: facts.delegatesBriefedOn,
    debriefedOn: facts.delegatesDebriefedOn,
    reports: facts.delegateReportsReceived,
    formalitiesOpen: facts.delegateFormalitiesOpen,
  }),
  NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: (facts) => ({
    nominations: facts.officerNominationCount,
    members: facts.acceptedOfficers,
    membersChosenOn: facts.officersAcceptedOn,
    briefedOn: facts.briefedOn,
    debriefedOn: facts.debriefedOn,
    reports: facts.officerReportsReceived,
    formalitiesOpen: facts.officerFormalitiesOpen,
  }),
};

/** The owners’ facts that matter for a group of this direction. A null fact is missing. */
const neededFacts: Readonly<Record<Direction, (facts: GroupFacts) => readonly (number | null)[]>> =
  {
    NORTH_WEST_RUSSIA_TO_NORDIC: (facts) => [
      facts.delegateCount,
      facts.delegateNominationCount,
      facts.delegateReportsReceived,
      facts.officeSignatureCount,
    ],
    NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: (facts) => [
      facts.officerNominationCount,
      facts.officerReportsReceived,
      facts.officeSignatureCount,
    ],
  };

/** The members of a group; null if the sending side did not respond. */
export function countMembers(facts: GroupFacts): number | null {
  if (facts.direction === Direction.NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA) {
    return facts.acceptedOfficers + (facts.delegateCount ?? 0);
  }
  return facts.delegateCount === null ? null : facts.acceptedOfficers + facts.delegateCount;
}

/**
 * The members who travel on at least one visit. Each owes a report. Null if the sending side did
 * not respond.
 */
export function countTravellers(facts: GroupFacts): number | null {
  const members = countMembers(facts);
  return members === null ? null : Math.max(0, members - facts.absentees);
}

/** The reports received; null if the sending side did not respond. */
export function countReports(facts: GroupFacts): number | null {
  const { delegateReportsReceived: delegates, officerReportsReceived: officers } = facts;
  const sent = sendingSides[facts.direction](facts).reports;
  return sent === null ? null : (delegates ?? 0) + (officers ?? 0);
}

/** The open formalities of the members; null if the sending side did not respond. */
export function countFormalities(facts: GroupFacts): number | null {
  const { delegateFormalitiesOpen: delegates, officerFormalitiesOpen: officers } = facts;
  const sent = sendingSides[facts.direction](facts).formalitiesOpen;
  return sent === null ? null : (delegates ?? 0) + (officers ?? 0);
}

/**
 * Derives the state of a group: the furthest state whose condition is documented. Steps may be
 * recorded in any order (a report may come before the debriefing), so a state does not require the
 * states before it, only its own condition. Both signatures close a group with at least one report;
 * further reports are expected but not required.
 */
export function deriveGroupState(facts: GroupFacts): GroupState {
  if (facts.cancelledOn !== null) return GroupState.CANCELLED;
  const { nominations, members, membersChosenOn, briefedOn, debriefedOn } =
    sendingSides[facts.direction](facts);
  const expected = countTravellers(facts);
  const received = countReports(facts) ?? facts.reportsAtLeast ?? 0;
  const hasReports = facts.hasReturned && received > 0;
  const isReported = hasReports && expected !== null && received >= expected;
  const reached: readonly (readonly [GroupState, boolean])[] = [
    [
      GroupState.EVALUATED,
      hasReports && facts.isSignedByNetwork && (facts.officeSignatureCount ?? 0) > 0,
    ],
    [GroupState.REPORTED, isReported],
    [GroupState.DEBRIEFED, facts.hasReturned && debriefedOn !== null],
    [GroupState.RETURNED, facts.hasReturned],
    [GroupState.TRAVELLING, facts.hasDeparted],
    [GroupState.BRIEFED, briefedOn !== null],
    [GroupState.SELECTED, membersChosenOn !== null && (members ?? 0) >= facts.groupSizeMin],
    [
      GroupState.NOMINATED,
      (nominations ?? facts.nominationsAtLeast ?? 0) > 0 || (members ?? 0) > 0,
    ],
  ];
  return reached.find(([, isReached]) => isReached)?.[0] ?? GroupState.PLANNED;
}

/**
 * False if a relevant owner did not respond, so that the true state may be later. A cancelled group
 * depends on no owner.
 */
export function isStateCertain(facts: GroupFacts): boolean {
  return (
    facts.cancelledOn !== null || neededFacts[facts.direction](facts).every((fact) => fact !== null)
  );
}

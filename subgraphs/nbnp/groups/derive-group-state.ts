import { Direction, GroupState } from '../entities/vocabulary.js';

/** What a group’s state follows from, by owner. Of other owners, null means: no answer. A date that is not set is null. */
export interface GroupFacts {
  readonly direction: Direction;
  readonly groupSizeMin: number;

  // The network’s own.
  readonly acceptedOfficers: number;
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
  readonly officeSignatureCount: number | null;

  // The polices’ together; null unless every one answered.
  readonly officerNominationCount: number | null;
  readonly officerReportsReceived: number | null;

  // Of those polices that answered, where one did not: the least that the sums can be.
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
}

const sendingSides: Readonly<Record<Direction, (facts: GroupFacts) => SendingSide>> = {
  NORTH_WEST_RUSSIA_TO_NORDIC: (facts) => ({
    nominations: facts.delegateNominationCount,
    members: facts.delegateCount,
    membersChosenOn: facts.delegatesSelectedOn,
    briefedOn: facts.delegatesBriefedOn,
    debriefedOn: facts.delegatesDebriefedOn,
    reports: facts.delegateReportsReceived,
  }),
  NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: (facts) => ({
    nominations: facts.officerNominationCount,
    members: facts.acceptedOfficers,
    membersChosenOn: facts.officersAcceptedOn,
    briefedOn: facts.briefedOn,
    debriefedOn: facts.debriefedOn,
    reports: facts.officerReportsReceived,
  }),
};

/** The owners’ facts that matter to a group of this direction; one that is null is missing. */
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

/** The members that a group sends; null where the side that sends them did not answer. */
export function countMembers(facts: GroupFacts): number | null {
  if (facts.direction === Direction.NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA) {
    return facts.acceptedOfficers + (facts.delegateCount ?? 0);
  }
  return facts.delegateCount === null ? null : facts.acceptedOfficers + facts.delegateCount;
}

/** The reports that have come in; null where the side that sends the group did not answer. */
export function countReports(facts: GroupFacts): number | null {
  const { delegateReportsReceived: delegates, officerReportsReceived: officers } = facts;
  const sent = sendingSides[facts.direction](facts).reports;
  return sent === null ? null : (delegates ?? 0) + (officers ?? 0);
}

/**
 * How far a group has come: the furthest of the states whose condition is documented. The process does not force an
 * order on what is recorded (a report may come before the debriefing), so a state does not ask for the ones before it,
 * but for what it cannot be without. Both signatures close a group that has handed in one report at least: the others
 * are expected, and not a must.
 */
export function deriveGroupState(facts: GroupFacts): GroupState {
  if (facts.cancelledOn !== null) return GroupState.CANCELLED;
  const { nominations, members, membersChosenOn, briefedOn, debriefedOn } =
    sendingSides[facts.direction](facts);
  const expected = countMembers(facts);
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

/** False when an owner that matters did not answer, so that the true state may be later. A cancelled group has none. */
export function isStateCertain(facts: GroupFacts): boolean {
  return (
    facts.cancelledOn !== null || neededFacts[facts.direction](facts).every((fact) => fact !== null)
  );
}

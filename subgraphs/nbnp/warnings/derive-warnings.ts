import { codes, type PartnerContext } from '@hub/shared/policy';
import { peopleCounts, sides } from '@hub/shared/programme';
import {
  countFormalities,
  countMembers,
  countReports,
  countTravellers,
  findBriefing,
  findDebriefing,
  type GroupFacts,
} from '../groups/derive-group-state.js';
import { warn, type Warning } from './warning.js';

export interface WarningFacts extends GroupFacts {
  /** The group’s id. */
  readonly id: string;
  /** The first day of its next visit, if the caller may see that visit. */
  readonly departsOn: string | null;
  /** The same while that day is near: see {@link isNear}. */
  readonly isSoon: boolean;
  /** How long its visits are that the caller may see, and how long the programme plans them. */
  readonly journeyDays: number;
  /** Null if the programme plans no journey between its sides. */
  readonly plannedDays: number | null;
  /** A visit whose return should have been recorded by a day that has passed, if the caller may see it. */
  readonly overdue: { readonly visitId: string; readonly dueOn: string } | null;
  /** The last day of its debriefing and reports; null while the programme’s end is open. */
  readonly closesOn: string | null;
  /**
   * How many members were not at the briefing; null if nobody recorded who came, or the caller may
   * not know.
   */
  readonly missedBriefing: number | null;
  /** How many members got no visa, as formalities say of those who are not absent; null if unknown. */
  readonly visasRefused: number | null;
  /** Whether all offices have closed that would meet it. The network meets it then. Null if unknown. */
  readonly haveOfficesClosed: boolean | null;
}

/** Who acts for the members: the offices alone; null for several organisations. */
const sendersOf = ({ sides: group }: GroupFacts): string | null =>
  sides.sendsDelegates(group) && !sides.sendsOfficers(group) ? codes.officesCode : null;

/** Who briefs and debriefs the group. */
const hostOfMeetings = ({ sides: group, haveOfficesClosed }: WarningFacts): string =>
  sides.officesMeet(group) && !haveOfficesClosed ? codes.officesCode : codes.networkCode;

/** Whether the offices said what they have recorded of a group that they meet. */
const isMeetingKnown = ({
  sides: group,
  delegateCount,
  haveOfficesClosed,
}: WarningFacts): boolean =>
  !sides.officesMeet(group) || (delegateCount !== null && haveOfficesClosed !== null);

/** A rule that gives a warning, or none. */
type Rule = (facts: WarningFacts) => Warning | undefined;

const warnOfBriefing: Rule = (facts) => {
  if (!sides.isBriefingDue(facts.sides) || !facts.hasDeparted || !isMeetingKnown(facts)) return;
  if (findBriefing(facts) !== null) return;
  return warn('BRIEFING_MISSING', { subject: facts.id, owner: hostOfMeetings(facts) });
};

const warnOfReturn: Rule = ({ overdue }) =>
  overdue
    ? warn('RETURN_OVERDUE', {
        subject: overdue.visitId,
        owner: codes.networkCode,
        dueOn: overdue.dueOn,
      })
    : undefined;

const warnOfDebriefing: Rule = (facts) => {
  if (!facts.hasReturned || !isMeetingKnown(facts) || findDebriefing(facts) !== null) return;
  const owner = hostOfMeetings(facts);
  return warn('DEBRIEFING_MISSING', { subject: facts.id, owner, dueOn: facts.closesOn });
};

const warnOfReports: Rule = (facts) => {
  const expected = countTravellers(facts);
  const received = countReports(facts);
  if (!facts.hasReturned || expected === null || received === null || received >= expected) return;
  return warn('REPORTS_OUTSTANDING', {
    subject: facts.id,
    owner: sendersOf(facts),
    dueOn: facts.closesOn,
    count: expected - received,
    expected,
  });
};

const warnOfSize: Rule = ({ id, plannedSize: count, groupSizeMin: least, groupSizeMax: most }) => {
  const planned = { subject: id, owner: codes.networkCode, count };
  if (count < least) return warn('PLANNED_TOO_FEW', { ...planned, expected: least });
  return count > most ? warn('PLANNED_TOO_MANY', { ...planned, expected: most }) : undefined;
};

const warnOfMembers: Rule = (facts) => {
  const { id: subject, groupSizeMin: expected } = facts;
  const count = countTravellers(facts);
  if (!facts.hasDeparted || count === null || count >= expected) return;
  return warn('DEPARTED_TOO_FEW', { subject, count, expected });
};

/** A visit needs somebody who travels. */
const warnOfNobody: Rule = (facts) => {
  const { id: subject, departsOn: dueOn, isSoon } = facts;
  if (!isSoon || countMembers(facts) !== 0) return;
  return warn('NO_MEMBER', { subject, owner: sendersOf(facts) ?? codes.networkCode, dueOn });
};

/** Before the departure somebody can still be found. Afterwards it is a fact. */
const warnOfFew: Rule = (facts) => {
  const { id: subject, departsOn: dueOn, groupSizeMin: expected } = facts;
  const count = countMembers(facts);
  if (!facts.isSoon || facts.hasDeparted || !count || count >= expected) return;
  const owner = sendersOf(facts) ?? codes.networkCode;
  return warn('MEMBERS_TOO_FEW', { subject, owner, dueOn, count, expected });
};

const warnOfMore: Rule = (facts) => {
  const { id: subject, plannedSize: expected } = facts;
  const count = countMembers(facts);
  if (count === null || count <= expected) return;
  return warn('MORE_MEMBERS_THAN_PLANNED', { subject, owner: codes.networkCode, count, expected });
};

const warnOfLength: Rule = ({ id: subject, journeyDays: count, plannedDays: expected }) =>
  expected !== null && count > expected
    ? warn('LONGER_THAN_PLANNED', { subject, owner: codes.networkCode, count, expected })
    : undefined;

/** Formalities are due before the departure. Afterwards they delay nobody. */
const warnOfFormalities: Rule = (facts) => {
  const { id: subject, departsOn: dueOn } = facts;
  const count = countFormalities(facts);
  if (facts.hasDeparted || count === null || count === 0) return;
  return warn('FORMALITIES_OPEN', { subject, owner: sendersOf(facts), dueOn, count });
};

/** Before the departure somebody can still brief them. A warning counts members and names none. */
const warnOfAttendance: Rule = (facts) => {
  const { id: subject, departsOn: dueOn, hasDeparted, missedBriefing: count } = facts;
  const expected = countMembers(facts);
  if (hasDeparted || expected === null || count === null || count === 0) return;
  if (facts.haveOfficesClosed === null) return;
  const owner = hostOfMeetings(facts);
  return warn('BRIEFING_MISSED', { subject, owner, dueOn, count, expected });
};

/**
 * Lists what a co-ordinator should check. A fact that the caller may not know gives no warning. A
 * cancelled group has no warnings.
 */
export function deriveWarnings(facts: WarningFacts): Warning[] {
  if (facts.cancelledOn !== null) return [];
  const rules = [
    warnOfSize,
    warnOfMore,
    warnOfLength,
    warnOfNobody,
    warnOfFew,
    warnOfMembers,
    warnOfFormalities,
    warnOfBriefing,
    warnOfAttendance,
    warnOfReturn,
    warnOfDebriefing,
    warnOfReports,
  ];
  return rules.flatMap((rule) => rule(facts) ?? []);
}

/**
 * Callers who may not see the people get no warning with a small number of them, or from whose
 * number how many were absent would follow: the same numbers that statistics withhold. Formalities
 * have owners, and each withholds a small number of its own: so their sum is not for them either.
 * @param members everybody may read how many members a group has
 */
export function keepShown(
  warnings: readonly Warning[],
  members: number | null,
  context: Pick<PartnerContext, 'reader' | 'partner' | 'countThreshold'>,
): readonly Warning[] {
  const isLarge = (count: number | null) =>
    count !== null && peopleCounts.showCount(count, context).value !== null;
  const isOpen = (travellers: number | null) =>
    travellers !== null &&
    members !== null &&
    peopleCounts.showBeside(travellers, members, context).value !== null;
  return warnings.filter(({ code, count, expected }) => {
    if (code === 'DEPARTED_TOO_FEW') return isOpen(count);
    if (code === 'REPORTS_OUTSTANDING') return isLarge(count) && isOpen(expected);
    return code !== 'FORMALITIES_OPEN';
  });
}

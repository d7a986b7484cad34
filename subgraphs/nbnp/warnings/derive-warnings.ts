import { Direction } from '../entities/vocabulary.js';
import {
  countFormalities,
  countMembers,
  countReports,
  countTravellers,
  type GroupFacts,
} from '../groups/derive-group-state.js';

export interface WarningFacts extends GroupFacts {
  /**
   * How many members were not at the briefing; null if nobody recorded who came, or the caller may
   * not know.
   */
  readonly missedBriefing: number | null;
}

/**
 * A briefing is due before the visit to the Nordic countries. The process has none for the other
 * direction.
 */
function warnOfBriefing(facts: GroupFacts): string | undefined {
  if (facts.direction !== Direction.NORTH_WEST_RUSSIA_TO_NORDIC || !facts.hasDeparted)
    return undefined;
  const isMissing = facts.delegateCount !== null && facts.delegatesBriefedOn === null;
  return isMissing
    ? 'The group departed without the briefing that is due before a visit to the Nordic countries.'
    : undefined;
}

function warnOfDebriefing(facts: GroupFacts): string | undefined {
  if (!facts.hasReturned) return undefined;
  const isMissing =
    facts.direction === Direction.NORTH_WEST_RUSSIA_TO_NORDIC
      ? facts.delegateCount !== null && facts.delegatesDebriefedOn === null
      : facts.debriefedOn === null;
  return isMissing ? 'The group has returned and has not met for its debriefing.' : undefined;
}

function warnOfReports(facts: GroupFacts): string | undefined {
  const expected = countTravellers(facts);
  const received = countReports(facts);
  if (!facts.hasReturned || expected === null || received === null || received >= expected)
    return undefined;
  return `The group has returned, and ${expected - received} of ${expected} reports are outstanding.`;
}

function warnOfSize({ plannedSize, groupSizeMin, groupSizeMax }: GroupFacts): string | undefined {
  if (plannedSize >= groupSizeMin && plannedSize <= groupSizeMax) return undefined;
  return `The planned size is ${plannedSize}; the programme’s groups have ${groupSizeMin} to ${groupSizeMax} members.`;
}

function warnOfMembers(facts: GroupFacts): string | undefined {
  const members = countTravellers(facts);
  if (!facts.hasDeparted || members === null || members >= facts.groupSizeMin) return undefined;
  return `The group departed with ${members} members; the programme’s groups have ${facts.groupSizeMin} at least.`;
}

/** Formalities are due before the departure. Afterwards they delay nobody. */
function warnOfFormalities(facts: GroupFacts): string | undefined {
  const open = countFormalities(facts);
  if (facts.hasDeparted || open === null || open === 0) return undefined;
  return `The group has not departed, and ${open} formalities of its members are open.`;
}

/** Before the departure somebody can still brief them. A warning counts members and names none. */
function warnOfAttendance(facts: WarningFacts): string | undefined {
  const { hasDeparted, missedBriefing: missed } = facts;
  const members = countMembers(facts);
  if (hasDeparted || members === null || missed === null || missed === 0) return undefined;
  return `The group has not departed, and ${missed} of ${members} members missed the briefing.`;
}

/**
 * Lists what a co-ordinator should check. An unknown fact gives no warning, because nothing here is
 * a guess. A cancelled group has no warnings.
 */
export function deriveWarnings(facts: WarningFacts): string[] {
  if (facts.cancelledOn !== null) return [];
  const rules = [
    warnOfSize,
    warnOfMembers,
    warnOfFormalities,
    warnOfBriefing,
    warnOfAttendance,
    warnOfDebriefing,
    warnOfReports,
  ];
  return rules.flatMap((warn) => warn(facts) ?? []);
}

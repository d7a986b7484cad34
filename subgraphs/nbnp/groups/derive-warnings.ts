import { Direction } from '../entities/vocabulary.js';
import {
  countFormalities,
  countReports,
  countTravellers,
  type GroupFacts,
} from './derive-group-state.js';

export interface WarningFacts extends GroupFacts {
  readonly plannedSize: number;
  readonly groupSizeMax: number;
}

/**
 * A briefing is due before the visit to the Nordic countries. The process has none for the other
 * direction.
 */
function warnOfBriefing(facts: WarningFacts): string | undefined {
  if (facts.direction !== Direction.NORTH_WEST_RUSSIA_TO_NORDIC || !facts.hasDeparted)
    return undefined;
  const isMissing = facts.delegateCount !== null && facts.delegatesBriefedOn === null;
  return isMissing
    ? 'The group departed without the briefing that is due before a visit to the Nordic countries.'
    : undefined;
}

function warnOfDebriefing(facts: WarningFacts): string | undefined {
  if (!facts.hasReturned) return undefined;
  const isMissing =
    facts.direction === Direction.NORTH_WEST_RUSSIA_TO_NORDIC
      ? facts.delegateCount !== null && facts.delegatesDebriefedOn === null
      : facts.debriefedOn === null;
  return isMissing ? 'The group has returned and has not met for its debriefing.' : undefined;
}

function warnOfReports(facts: WarningFacts): string | undefined {
  const expected = countTravellers(facts);
  const received = countReports(facts);
  if (!facts.hasReturned || expected === null || received === null || received >= expected)
    return undefined;
  return `The group has returned, and ${expected - received} of ${expected} reports are outstanding.`;
}

function warnOfSize({ plannedSize, groupSizeMin, groupSizeMax }: WarningFacts): string | undefined {
  if (plannedSize >= groupSizeMin && plannedSize <= groupSizeMax) return undefined;
  return `The planned size is ${plannedSize}; the programme’s groups have ${groupSizeMin} to ${groupSizeMax} members.`;
}

function warnOfMembers(facts: WarningFacts): string | undefined {
  const members = countTravellers(facts);
  if (!facts.hasDeparted || members === null || members >= facts.groupSizeMin) return undefined;
  return `The group departed with ${members} members; the programme’s groups have ${facts.groupSizeMin} at least.`;
}

/** Formalities are due before the departure. Afterwards they delay nobody. */
function warnOfFormalities(facts: WarningFacts): string | undefined {
  const open = countFormalities(facts);
  if (facts.hasDeparted || open === null || open === 0) return undefined;
  return `The group has not departed, and ${open} formalities of its members are open.`;
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
    warnOfDebriefing,
    warnOfReports,
  ];
  return rules.flatMap((warn) => warn(facts) ?? []);
}

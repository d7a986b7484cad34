import type { PartnerContext } from '@hub/shared/policy';
import { groupVisits, vocabulary } from '@hub/shared/programme';
import { loadMemberAbsences, loadOfficerAbsences } from '../access/load-absences.js';
import { loadMeetings } from '../access/load-meetings.js';
import { loadAccepted, type WithLoaders } from '../access/load-related.js';
import { loadStandingVisits, mayKnowJourneys } from '../access/visible-visits.js';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { loadGroupSides } from '../sides/load-sides.js';
import type { GroupFacts } from './derive-group-state.js';
import { hasReturned } from './group-for-change.js';

/** The day of the last acceptance; null if nobody has been accepted. */
export function lastAcceptance(accepted: readonly OfficerNomination[]): string | null {
  return accepted.reduce<string | null>(
    (last, { acceptedOn }) =>
      acceptedOn !== null && (last === null || acceptedOn > last) ? acceptedOn : last,
    null,
  );
}

/** The programme of a group. The database’s foreign key guarantees that it exists. */
export async function loadProgramme(
  { programmeId }: Group,
  { loaders }: WithLoaders,
): Promise<Programme> {
  const programme = await loaders.one(Programme).load(programmeId);
  if (!programme) throw new Error(`There is no programme ${programmeId}.`);
  return programme;
}

/**
 * False for a programme whose groups are not documented. A list of its groups or visits is then
 * unknown, not empty.
 */
export async function areGroupsKnown(
  programmeId: string | null | undefined,
  { loaders }: WithLoaders,
): Promise<boolean> {
  const programme = programmeId == null ? null : await loaders.one(Programme).load(programmeId);
  return programme?.hasDocumentedGroups ?? true;
}

/** The other owners’ facts about a group of which nobody has responded. */
export const unknownFacts = {
  delegateCount: null,
  delegateNominationCount: null,
  delegatesSelectedOn: null,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
  delegateReportsReceived: null,
  officeSignatureCount: null,
  officerNominationCount: null,
  officerReportsReceived: null,
  delegateFormalitiesOpen: null,
  officerFormalitiesOpen: null,
} as const;

/**
 * Our own facts about a group. The facts in its representation are not included, because they
 * depend on the other selected fields.
 */
export const loadOwnFacts = (group: Group, context: PartnerContext): Promise<GroupFacts> =>
  loadGroupFacts(Object.assign(new Group(), group, unknownFacts), context, loadMemberAbsences);

/**
 * Our own facts about a group and the other owners’ facts in its representation. For a caller who
 * may not see its journeys, the facts are those before the first journey.
 */
export async function loadGroupFacts(
  group: Group,
  context: PartnerContext,
  /**
   * Whose absences count. Without the number of delegates, nothing is counted from their absences.
   */
  loadAbsent: typeof loadMemberAbsences = group.delegateCount == null
    ? loadOfficerAbsences
    : loadMemberAbsences,
): Promise<GroupFacts> {
  if (await mayKnowJourneys(group.id, context)) return loadAllFacts(group, context, loadAbsent);
  // Neither a request nor its failure may show that somebody is absent.
  return asBeforeJourneys(await loadAllFacts(group, context, () => Promise.resolve([])));
}

const noneIfKnown = (count: number | null): 0 | null => (count === null ? null : 0);

const asBeforeJourneys = (facts: GroupFacts): GroupFacts => ({
  ...facts,
  briefedOn: null,
  debriefedOn: null,
  hasDeparted: false,
  hasReturned: false,
  absentees: 0,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
  delegateReportsReceived: noneIfKnown(facts.delegateReportsReceived),
  officerReportsReceived: noneIfKnown(facts.officerReportsReceived),
});

async function loadAllFacts(
  group: Group,
  context: PartnerContext,
  loadAbsent: typeof loadMemberAbsences,
): Promise<GroupFacts> {
  const { loaders } = context;
  const [programme, sides, accepted, visits, absences, meetings, signature] = await Promise.all([
    loadProgramme(group, context),
    loadGroupSides(group, context),
    loadAccepted(group.id, context),
    loadStandingVisits(group.id, context),
    loadAbsent(group.id, context),
    loadMeetings(group.id, context),
    loaders.one(EvaluationSignature, 'programmeId').load(group.programmeId),
  ]);
  return {
    sides,
    plannedSize: group.plannedSize,
    groupSizeMin: programme.groupSizeMin,
    groupSizeMax: programme.groupSizeMax,
    acceptedOfficers: accepted.length,
    absentees: groupVisits.findStayingHome(visits, absences).size,
    officersAcceptedOn: lastAcceptance(accepted),
    briefedOn: vocabulary.dayOfMeeting(meetings, 'BRIEFING'),
    debriefedOn: vocabulary.dayOfMeeting(meetings, 'DEBRIEFING'),
    cancelledOn: group.cancelledOn,
    hasDeparted: visits.some(({ departedOn }) => departedOn !== null),
    hasReturned: hasReturned(visits),
    isSignedByNetwork: signature !== null,
    delegateCount: group.delegateCount ?? null,
    delegateNominationCount: group.delegateNominationCount ?? null,
    delegatesSelectedOn: group.delegatesSelectedOn ?? null,
    delegatesBriefedOn: group.delegatesBriefedOn ?? null,
    delegatesDebriefedOn: group.delegatesDebriefedOn ?? null,
    delegateReportsReceived: group.delegateReportsReceived ?? null,
    officeSignatureCount: group.officeSignatureCount ?? null,
    officerNominationCount: group.officerNominationCount ?? null,
    officerReportsReceived: group.officerReportsReceived ?? null,
    delegateFormalitiesOpen: group.delegateFormalitiesOpen ?? null,
    officerFormalitiesOpen: group.officerFormalitiesOpen ?? null,
  };
}

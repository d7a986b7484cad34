import type { PartnerContext } from '@hub/shared/context';
import { loadAccepted, type WithLoaders } from '../access/load-related.js';
import { mayKnowJourneys } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { EvaluationSignature, Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import type { WarningFacts } from './derive-warnings.js';

/** The day of the last acceptance; null where nobody has been accepted. */
export function lastAcceptance(accepted: readonly OfficerNomination[]): string | null {
  return accepted.reduce<string | null>(
    (last, { acceptedOn }) =>
      acceptedOn !== null && (last === null || acceptedOn > last) ? acceptedOn : last,
    null,
  );
}

/** The programme of a group; the database’s foreign key holds it. */
export async function loadProgramme(
  { programmeId }: Group,
  { loaders }: WithLoaders,
): Promise<Programme> {
  const programme = await loaders.one(Programme).load(programmeId);
  if (!programme) throw new Error(`There is no programme ${programmeId}.`);
  return programme;
}

/** False for a programme whose groups nobody has documented: a list of them, or of their visits, is unknown, not empty. */
export async function areGroupsKnown(
  programmeId: string | null | undefined,
  { loaders }: WithLoaders,
): Promise<boolean> {
  const programme = programmeId == null ? null : await loaders.one(Programme).load(programmeId);
  return programme?.hasDocumentedGroups ?? true;
}

/** Our own facts about a group. What came with its representation differs with what else was asked. */
export const loadOwnFacts = (group: Group, context: PartnerContext): Promise<WarningFacts> =>
  loadGroupFacts(
    Object.assign(new Group(), group, {
      delegateCount: null,
      delegateNominationCount: null,
      delegatesSelectedOn: null,
      delegatesBriefedOn: null,
      delegatesDebriefedOn: null,
      delegateReportsReceived: null,
      officeSignatureCount: null,
      officerNominationCount: null,
      officerReportsReceived: null,
    }),
    context,
  );

/**
 * Our own facts about a group, and those of others that came with its representation. To a caller who may not know of
 * its journeys it is as before the first one.
 */
export async function loadGroupFacts(group: Group, context: PartnerContext): Promise<WarningFacts> {
  const facts = await loadAllFacts(group, context);
  return (await mayKnowJourneys(group.id, context)) ? facts : asBeforeJourneys(facts);
}

const noneIfKnown = (count: number | null): 0 | null => (count === null ? null : 0);

const asBeforeJourneys = (facts: WarningFacts): WarningFacts => ({
  ...facts,
  briefedOn: null,
  debriefedOn: null,
  hasDeparted: false,
  hasReturned: false,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
  delegateReportsReceived: noneIfKnown(facts.delegateReportsReceived),
  officerReportsReceived: noneIfKnown(facts.officerReportsReceived),
});

async function loadAllFacts(group: Group, context: WithLoaders): Promise<WarningFacts> {
  const { loaders } = context;
  const [programme, accepted, visits, signature] = await Promise.all([
    loadProgramme(group, context),
    loadAccepted(group.id, context),
    loaders.many(Visit, 'groupId').load(group.id),
    loaders.one(EvaluationSignature, 'programmeId').load(group.programmeId),
  ]);
  return {
    direction: group.direction,
    plannedSize: group.plannedSize,
    groupSizeMin: programme.groupSizeMin,
    groupSizeMax: programme.groupSizeMax,
    acceptedOfficers: accepted.length,
    officersAcceptedOn: lastAcceptance(accepted),
    briefedOn: group.briefedOn,
    debriefedOn: group.debriefedOn,
    cancelledOn: group.cancelledOn,
    hasDeparted: visits.some(({ departedOn }) => departedOn !== null),
    hasReturned: visits.length > 0 && visits.every(({ returnedOn }) => returnedOn !== null),
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
  };
}

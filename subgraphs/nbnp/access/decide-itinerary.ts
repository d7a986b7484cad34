import { codes, type PartnerContext, readers } from '@hub/shared/policy';
import { groupVisits } from '@hub/shared/programme';
import {
  loadJourneyFacts,
  loadVisitFacts,
  readHasDelegates,
  type VisitFacts,
} from './visit-facts.js';

/** The decisions of one request, by visit or group. */
const decisions = new WeakMap<PartnerContext, Map<string, Promise<boolean>>>();

/**
 * Whether the caller may read what is planned for a visit. Staff of those who send, host or arrange
 * it may; all others, except auditors, may once it has ended. Without a visit: whether the caller may
 * learn that there is none. Only callers who may read every visit may learn that.
 * @throws HubError `PARTNER_…` when only the offices know whether they send somebody, and they are
 * unavailable.
 */
export function decideItinerary(
  context: PartnerContext,
  visitId: string | undefined,
): boolean | Promise<boolean> {
  return decide(context, `visit ${visitId ?? ''}`, () => loadVisitFacts(visitId, context));
}

/**
 * Whether the caller may read what a group’s meetings were about, and how many came: as the plan of
 * its visits, which end with the last of them.
 * @throws HubError `PARTNER_…` as {@link decideItinerary}
 */
export function decideMeetings(
  context: PartnerContext,
  groupId: string | undefined,
): boolean | Promise<boolean> {
  return decide(context, `group ${groupId ?? ''}`, () => loadJourneyFacts(groupId, context));
}

function decide(
  context: PartnerContext,
  record: string,
  loadFacts: () => Promise<VisitFacts>,
): boolean | Promise<boolean> {
  const { reader } = context;
  if (!readers.isPerson(reader) || readers.hasRole(reader, ['auditor'])) return false;
  if (readers.isOneOf(reader, codes.networkCode, readers.staff)) return true;
  let decided = decisions.get(context);
  if (!decided) decisions.set(context, (decided = new Map<string, Promise<boolean>>()));
  const known = decided.get(record);
  if (known) return known;
  const decision = loadFacts().then((facts) => decideByFacts(context, facts));
  decided.set(record, decision);
  return decision;
}

async function decideByFacts(context: PartnerContext, facts: VisitFacts): Promise<boolean> {
  const { reader } = context;
  if (groupVisits.hasEnded(facts, context)) return true;
  if (!readers.hasRole(reader, readers.staff)) return false;
  const organisation = readers.organisationOf(reader);
  if (facts.hosts.has(organisation) || facts.senders.has(organisation)) return true;
  if (organisation !== codes.officesCode) return false;
  if (facts.hasOffice) return true;
  return facts.groupId !== '' && ((await readHasDelegates(context, facts.groupId)) ?? false);
}

import type { PartnerContext } from '@hub/shared/context';
import { hasRole, isOneOf, isPerson, organisationOf, staff } from '@hub/shared/policy';
import { networkCode, officesCode, russia } from '@hub/shared/vocabulary';
import { hasEnded } from './visible-visits.js';
import { loadVisitFacts, readHasDelegates } from './visit-facts.js';

/** What has been decided for one request, by the visit. */
const decisions = new WeakMap<PartnerContext, Map<string, Promise<boolean>>>();

/**
 * Whether the reader may read what is planned for a visit: those who send, host or arrange it; analysts once it has
 * ended, by the network’s own clock. Without a visit: whether the reader may learn that there is none, as those alone
 * may who read every visit.
 * @throws HubError `PARTNER_…` when the offices alone know whether they send somebody, and do not answer.
 */
export function decideItinerary(
  context: PartnerContext,
  visitId: string | undefined,
): boolean | Promise<boolean> {
  const { reader } = context;
  if (!isPerson(reader) || hasRole(reader, ['auditor'])) return false;
  if (isOneOf(reader, networkCode, staff)) return true;
  let decided = decisions.get(context);
  if (!decided) decisions.set(context, (decided = new Map<string, Promise<boolean>>()));
  const known = decided.get(visitId ?? '');
  if (known) return known;
  const decision = decideByFacts(context, visitId);
  decided.set(visitId ?? '', decision);
  return decision;
}

async function decideByFacts(
  context: PartnerContext,
  visitId: string | undefined,
): Promise<boolean> {
  const { reader } = context;
  const visit = await loadVisitFacts(visitId, context);
  if (!hasRole(reader, staff)) return hasEnded(visit, context);
  const organisation = organisationOf(reader);
  if (organisation !== officesCode) {
    return visit.hosts.has(organisation) || visit.senders.has(organisation);
  }
  // They stand in for the host where no police of the network is.
  if (visit.hasOffice || visit.hosts.has(russia.toLowerCase())) return true;
  return visit.groupId !== '' && ((await readHasDelegates(context, visit.groupId)) ?? false);
}

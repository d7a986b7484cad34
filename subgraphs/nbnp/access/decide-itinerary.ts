import type { PartnerContext } from '@hub/shared/context';
import { hasRole, isOneOf, isPerson, organisationOf, staff } from '@hub/shared/policy';
import { networkCode, officesCode, russia } from '@hub/shared/vocabulary';
import { hasEnded } from './visible-visits.js';
import { loadVisitFacts, readHasDelegates } from './visit-facts.js';

/** The decisions of one request, by visit. */
const decisions = new WeakMap<PartnerContext, Map<string, Promise<boolean>>>();

/**
 * Whether the caller may read what is planned for a visit. Those who send, host or arrange it may;
 * analysts may once it has ended, by the network’s own clock. Without a visit: whether the caller
 * may learn that there is none. Only callers who may read every visit may learn that.
 * @throws HubError `PARTNER_…` when only the offices know whether they send somebody, and they are
 * unavailable.
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
  // The offices act for the host in countries without a police of the network.
  if (visit.hasOffice || visit.hosts.has(russia.toLowerCase())) return true;
  return visit.groupId !== '' && ((await readHasDelegates(context, visit.groupId)) ?? false);
}

import {
  coordinators,
  hasRole,
  isOneOf,
  isPerson,
  open,
  organisationOf,
  staff,
  type TypePolicy,
} from '@hub/shared/policy';
import type { PartnerContext } from '@hub/shared/server';
import type { Hosting } from '../entities/hosting.entity.js';
import { readVisitFacts } from './group-facts.js';

const network = 'nbnp';
const offices = 'ncm';

/**
 * Whether the reader may read what is planned for a visit: those who send, host or arrange it; analysts once it has
 * ended, by this police’s own clock.
 * @throws HubError `PARTNER_…` when the network’s facts about the visit are not to be had.
 */
export async function decideItinerary(context: PartnerContext, visitId: string): Promise<boolean> {
  const { reader, clock } = context;
  if (!isPerson(reader) || hasRole(reader, ['auditor'])) return false;
  if (isOneOf(reader, network, staff)) return true;
  const visit = await readVisitFacts(context, visitId);
  if (!visit) return false;
  const organisation = organisationOf(reader);
  if (!hasRole(reader, staff)) {
    const today = clock().toISOString().slice(0, 10);
    return visit.endsOn !== null && visit.endsOn < today;
  }
  return (
    visit.hosts.has(organisation) ||
    visit.senders.has(organisation) ||
    (organisation === offices && visit.hasOffice)
  );
}

/** What this police adds to the network’s visits. */
export const visitPolicy: TypePolicy<{ readonly id: string }> = {
  fields: { id: open, hostings: 'itinerary' },
  decide: (_level, visit, context) => (visit ? decideItinerary(context, visit.id) : false),
};

export const hostingPolicy: TypePolicy<Hosting> = {
  object: 'itinerary',
  fields: {
    id: 'itinerary',
    visitId: 'itinerary',
    unit: 'itinerary',
    status: 'itinerary',
    accommodation: 'itinerary',
    transport: 'itinerary',
    emergencyContact: 'itinerary',
  },
  decide(_level, hosting, context) {
    if (hosting) return decideItinerary(context, hosting.visitId);
    // Who may read some hostings and not others must not learn which of the others are there.
    return isOneOf(context.reader, network, coordinators);
  },
};

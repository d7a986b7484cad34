import type { PartnerContext } from '@hub/shared/context';
import { isOneOf, open, staff, type TypePolicy } from '@hub/shared/policy';
import { networkCode } from '@hub/shared/vocabulary';
import { decideItinerary, mayReadHosting } from '../access/decide-itinerary.js';
import { isOwnStaff } from '../access/decide-people.js';
import { Hosting } from '../entities/hosting.entity.js';

async function mayReadHostings(context: PartnerContext, visitId: string): Promise<boolean> {
  // All that is here is this police’s own. Where it has offered nothing, that says nothing of what others do.
  const hasOffered =
    isOwnStaff(context) &&
    (await context.loaders.many(Hosting, 'visitId').load(visitId)).length > 0;
  return hasOffered || decideItinerary(context, visitId);
}

/** What this police adds to the network’s visits. */
export const visitPolicy: TypePolicy<{ readonly id: string }> = {
  fields: { id: open, hostings: 'itinerary' },
  decide: (_level, visit, context) => (visit ? mayReadHostings(context, visit.id) : false),
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
    if (hosting) return mayReadHosting(context, hosting);
    // Who may read some hostings and not others must not learn which of the others are there.
    return isOwnStaff(context) || isOneOf(context.reader, networkCode, staff);
  },
};

import type { PartnerContext } from '@hub/shared/context';
import { isOneOf, isOwnStaff, staff, type Levels } from '@hub/shared/policy';
import { networkCode } from '@hub/shared/vocabulary';
import { decideItinerary, mayReadHosting } from '../access/decide-itinerary.js';
import { Hosting } from '../entities/hosting.entity.js';

async function mayReadHostings(context: PartnerContext, visitId: string): Promise<boolean> {
  // All that is here is this police’s own. Where it has offered nothing, that says nothing of what others do.
  const hasOffered =
    isOwnStaff(context) &&
    (await context.loaders.many(Hosting, 'visitId').load(visitId)).length > 0;
  return hasOffered || decideItinerary(context, visitId);
}

const itineraryReaders =
  'the organisations that send, host or arrange the visit, auditors apart; analysts once it has ended';

/** What this police adds to the network’s visits. */
export const visitPolicy: Levels<{ readonly id: string }> = {
  itinerary: {
    readers: `staff of this organisation where it has offered to host; ${itineraryReaders}`,
    decide: (visit, context) => (visit ? mayReadHostings(context, visit.id) : false),
  },
};

export const hostingPolicy: Levels<Hosting> = {
  itinerary: {
    readers: `staff of this organisation; ${itineraryReaders}`,
    decide(hosting, context) {
      if (hosting) return mayReadHosting(context, hosting);
      // Who may read some hostings and not others must not learn which of the others are there.
      return isOwnStaff(context) || isOneOf(context.reader, networkCode, staff);
    },
  },
};

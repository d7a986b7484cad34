import { codes, type Levels, type PartnerContext, readers } from '@hub/shared/policy';
import { decideItinerary, mayReadHosting } from '../access/decide-itinerary.js';
import { Hosting } from '../entities/hosting.entity.js';

async function mayReadHostings(context: PartnerContext, visitId: string): Promise<boolean> {
  // All data here is this police force’s own. An empty list says nothing about other police forces.
  const hasOffered =
    readers.isOwnStaff(context) &&
    (await context.loaders.many(Hosting, 'visitId').load(visitId)).length > 0;
  return hasOffered || decideItinerary(context, visitId);
}

const itineraryReaders =
  'the organisations that send, host or arrange the visit, and all organisations once it has ended; never auditors';

/** What this police force adds to the network’s visits. */
export const visitPolicy: Levels<{ readonly id: string }> = {
  itinerary: {
    readers: `staff of this organisation if it has offered to host; ${itineraryReaders}`,
    decide: (visit, context) => (visit ? mayReadHostings(context, visit.id) : false),
  },
};

export const hostingPolicy: Levels<Hosting> = {
  itinerary: {
    readers: `staff of this organisation; ${itineraryReaders}`,
    decide(hosting, context) {
      if (hosting) return mayReadHosting(context, hosting);
      // A caller who may read only some hostings must not learn which others exist.
      return (
        readers.isOwnStaff(context) ||
        readers.isOneOf(context.reader, codes.networkCode, readers.staff)
      );
    },
  },
};

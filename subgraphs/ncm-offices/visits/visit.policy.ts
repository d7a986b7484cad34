import { codes, type Levels, type PartnerContext, readers } from '@hub/shared/policy';
import { itineraries } from '@hub/shared/programme';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';

const decideItinerary = (context: PartnerContext, visitId: string): Promise<boolean> =>
  itineraries.mayReadItinerary(context, () => itineraries.readVisitFacts(context, visitId));

async function mayReadHostings(context: PartnerContext, visitId: string): Promise<boolean> {
  const hasOffered =
    readers.isOwnStaff(context) &&
    (await context.loaders.many(RegionalHosting, 'visitId').load(visitId)).length > 0;
  return hasOffered || decideItinerary(context, visitId);
}

const itineraryReaders =
  'the organisations that send, host or arrange the visit, and all organisations once it has ended; never auditors';

/** What the offices add to the network’s visits. */
export const visitPolicy: Levels<{ readonly id: string }> = {
  itinerary: {
    readers: `staff of this organisation if an office has offered to host; ${itineraryReaders}`,
    decide: (visit, context) => (visit ? mayReadHostings(context, visit.id) : false),
  },
};

/** An office’s offer is the offices’ own data. For all others it is part of the itinerary. */
export const regionalHostingPolicy: Levels<RegionalHosting> = {
  itinerary: {
    readers: `staff of this organisation; ${itineraryReaders}`,
    decide(hosting, context) {
      if (readers.isOwnStaff(context)) return true;
      if (hosting) return decideItinerary(context, hosting.visitId);
      // A caller who may read only some hostings must not learn which others exist.
      return readers.isOneOf(context.reader, codes.networkCode, readers.staff);
    },
  },
};

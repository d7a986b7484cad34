import { codes, type Levels, readers } from '@hub/shared/policy';
import { itineraries } from '@hub/shared/programme';
import type { ItineraryStop } from '../entities/itinerary-stop.reference.js';

/**
 * Whether a stop is confirmed is part of the itinerary. A stop that another country hosts has no
 * data here.
 */
export const itineraryStopPolicy: Levels<ItineraryStop> = {
  itinerary: {
    readers:
      'staff of this organisation; the organisations that send, host or arrange the visit, and all organisations once it has ended; never auditors',
    decide(stop, context) {
      if (!stop) return false;
      if (stop.hostCountry !== codes.countryOf(context.partner))
        return itineraries.mayReadItineraries(context);
      // The host’s own data. The host may read it even while the network is unavailable.
      if (readers.isOwnStaff(context)) return true;
      return itineraries.mayReadItinerary(context, () =>
        itineraries.readStopFacts(context, stop.id),
      );
    },
  },
};

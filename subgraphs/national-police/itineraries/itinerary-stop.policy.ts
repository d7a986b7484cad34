import {
  isOwnStaff,
  mayReadItineraries,
  mayReadItinerary,
  readStopFacts,
  type Levels,
} from '@hub/shared/policy';
import { countryOf } from '@hub/shared/vocabulary';
import type { ItineraryStop } from '../entities/itinerary-stop.reference.js';

/** Whether a stop is confirmed is a part of the itinerary. Where another country is the host, there is nothing to tell. */
export const itineraryStopPolicy: Levels<ItineraryStop> = {
  itinerary: {
    readers:
      'staff of this organisation; the organisations that send, host or arrange the visit, auditors apart; analysts once it has ended',
    decide(stop, context) {
      if (!stop) return false;
      if (stop.hostCountry !== countryOf(context.partner)) return mayReadItineraries(context);
      // What the host itself has said; it is told so also while the network does not answer.
      if (isOwnStaff(context)) return true;
      return mayReadItinerary(context, () => readStopFacts(context, stop.id));
    },
  },
};

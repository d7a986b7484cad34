import type { Levels } from '@hub/shared/policy';
import { itineraries } from '@hub/shared/programme';
import type { ItineraryStop } from '../entities/references.js';

/**
 * Whether a stop is confirmed is part of the itinerary. A visit ends by the offices’ own clock.
 */
export const itineraryStopPolicy: Levels<ItineraryStop> = {
  itinerary: {
    readers:
      'the organisations that send, host or arrange the visit, and all organisations once it has ended; never auditors',
    decide: (stop, context) =>
      stop
        ? itineraries.mayReadItinerary(context, () => itineraries.readStopFacts(context, stop.id))
        : false,
  },
};

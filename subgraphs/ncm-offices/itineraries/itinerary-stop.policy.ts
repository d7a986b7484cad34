import { mayReadItinerary, readStopFacts, type Levels } from '@hub/shared/policy';
import type { ItineraryStop } from '../entities/references.js';

/**
 * Whether a stop is confirmed is part of the itinerary. Those who send, host or arrange the visit
 * may read it; analysts may once it has ended, by the offices’ own clock.
 */
export const itineraryStopPolicy: Levels<ItineraryStop> = {
  itinerary: {
    readers:
      'the organisations that send, host or arrange the visit, except auditors; analysts once it has ended',
    decide: (stop, context) =>
      stop ? mayReadItinerary(context, () => readStopFacts(context, stop.id)) : false,
  },
};

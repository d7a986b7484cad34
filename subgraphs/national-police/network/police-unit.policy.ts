import type { Levels } from '@hub/shared/policy';
import { itineraries } from '@hub/shared/programme';

/** A unit's list of hostings has those that the caller may read. */
export const policeUnitPolicy: Levels = {
  hostings: {
    readers:
      'signed-in callers of every organisation, except auditors; each hosting has its own level',
    decide: (_unit, context) => itineraries.mayReadItineraries(context),
  },
};

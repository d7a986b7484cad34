import { mayReadItineraries, type Levels } from '@hub/shared/policy';

/** A unit's hostings are a list of those that the caller may read. */
export const policeUnitPolicy: Levels = {
  hostings: {
    readers:
      'signed-in callers of every organisation, auditors apart; each hosting has a level of its own',
    decide: (_unit, context) => mayReadItineraries(context),
  },
};

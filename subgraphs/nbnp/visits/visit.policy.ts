import { isPerson, type Levels } from '@hub/shared/policy';
import { decideItinerary } from '../access/decide-itinerary.js';
import { hasEnded } from '../access/visible-visits.js';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { ExpertAssignment, Visit } from '../entities/visit.entity.js';

const itineraryReaders =
  'the organisations that send, host or arrange the visit, except auditors; analysts once it has ended';

/** Two levels: the existence, dates and countries of a visit, and its plan. */
export const visitPolicy: Levels<Visit> = {
  visit: {
    readers: 'signed-in callers of every organisation and role; everybody once the visit has ended',
    decide: (visit, context) =>
      isPerson(context.reader) || (visit !== undefined && hasEnded(visit, context)),
  },
  itinerary: {
    readers: itineraryReaders,
    decide: (visit, context) => decideItinerary(context, visit?.id),
  },
};

export const itineraryStopPolicy: Levels<ItineraryStop> = {
  itinerary: {
    readers: itineraryReaders,
    decide: (stop, context) => decideItinerary(context, stop?.visitId),
  },
};

export const expertAssignmentPolicy: Levels<ExpertAssignment> = {
  itinerary: {
    readers: itineraryReaders,
    decide: (assignment, context) => decideItinerary(context, assignment?.visitId),
  },
};

import { isPerson, type Levels } from '@hub/shared/policy';
import { decideItinerary } from '../access/decide-itinerary.js';
import { hasEnded } from '../access/visible-visits.js';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { ExpertAssignment, Visit } from '../entities/visit.entity.js';

const itineraryReaders =
  'the organisations that send, host or arrange the visit, auditors apart; analysts once it has ended';

/** That there is a visit, when and where; and what is planned for it. */
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

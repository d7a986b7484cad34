import type { PartnerContext } from '@hub/shared/context';
import { isPerson, open, type TypePolicy } from '@hub/shared/policy';
import { decideItinerary } from '../access/decide-itinerary.js';
import { hasEnded } from '../access/visible-visits.js';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Hosting } from '../entities/references.js';
import type { ExpertAssignment, Visit } from '../entities/visit.entity.js';

/** That there is a visit, when and where: for those whom an organisation vouches for, and for all once it has ended. */
const decideVisit = (visit: Visit | undefined, context: PartnerContext): boolean =>
  isPerson(context.reader) || (visit !== undefined && hasEnded(visit, context));

export const visitPolicy: TypePolicy<Visit> = {
  object: 'visit',
  fields: {
    id: 'visit',
    title: 'visit',
    startsOn: 'visit',
    endsOn: 'visit',
    departedOn: 'visit',
    returnedOn: 'visit',
    version: 'visit',
    group: 'visit',
    hostCountries: 'visit',
    daysTravelled: 'visit',
    stops: 'itinerary',
    missingSectors: 'itinerary',
    experts: 'itinerary',
  },
  decide: (level, visit, context) =>
    level === 'visit' ? decideVisit(visit, context) : decideItinerary(context, visit?.id),
};

export const itineraryStopPolicy: TypePolicy<ItineraryStop> = {
  object: 'itinerary',
  fields: {
    id: 'itinerary',
    hostCountry: 'itinerary',
    day: 'itinerary',
    from: 'itinerary',
    to: 'itinerary',
    title: 'itinerary',
    sector: 'itinerary',
    version: 'itinerary',
    hostConfirmedVersion: 'itinerary',
    officeConfirmedVersion: 'itinerary',
    visit: 'itinerary',
    site: 'itinerary',
    confirmed: 'itinerary',
  },
  decide: (_level, stop, context) => decideItinerary(context, stop?.visitId),
};

export const expertAssignmentPolicy: TypePolicy<ExpertAssignment> = {
  object: 'itinerary',
  fields: { id: 'itinerary', role: 'itinerary', languages: 'itinerary', expert: 'itinerary' },
  decide: (_level, assignment, context) => decideItinerary(context, assignment?.visitId),
};

/** A police’s record, of which the asker brings the key; the visit that it leads to is guarded by itself. */
export const hostingPolicy: TypePolicy<Hosting> = {
  fields: { id: open, visitId: open, visit: open },
  decide: () => false,
};

import {
  hasRole,
  isOneOf,
  isPerson,
  open,
  organisationOf,
  staff,
  type TypePolicy,
} from '@hub/shared/policy';
import type { PartnerContext } from '@hub/shared/server';
import { Hosting } from '../entities/hosting.entity.js';
import type { ItineraryStop } from '../entities/itinerary-stop.reference.js';
import { countryOf } from '../entities/vocabulary.js';
import { readStopFacts, readVisitFacts, type VisitFacts } from './group-facts.js';
import { isOwnStaff } from './people.policy.js';

const network = 'nbnp';
const offices = 'ncm';
const russia = 'ru';

/** True for those who may read of some visit what is planned: never an auditor, and nobody whom no organisation vouches for. */
export const mayReadItineraries = ({ reader }: PartnerContext): boolean =>
  isPerson(reader) && !hasRole(reader, ['auditor']);

/**
 * Whether the reader may read what is planned for a visit: those who send, host or arrange it; analysts once it has
 * ended, by this police’s own clock.
 * @throws HubError `PARTNER_…` when the network’s facts about the visit are not to be had.
 */
async function decideBy(
  context: PartnerContext,
  readFacts: () => Promise<VisitFacts | null>,
): Promise<boolean> {
  const { reader, clock } = context;
  if (!mayReadItineraries(context)) return false;
  if (isOneOf(reader, network, staff)) return true;
  const visit = await readFacts();
  if (!visit) return false;
  if (!hasRole(reader, staff)) {
    const today = clock().toISOString().slice(0, 10);
    return visit.endsOn !== null && visit.endsOn < today;
  }
  const organisation = organisationOf(reader);
  return (
    visit.hosts.has(organisation) ||
    visit.senders.has(organisation) ||
    // In Russia the offices stand in for the host.
    (organisation === offices && (visit.hasOffice || visit.hosts.has(russia)))
  );
}

export const decideItinerary = (context: PartnerContext, visitId: string): Promise<boolean> =>
  decideBy(context, () => readVisitFacts(context, visitId));

/**
 * What a police offers is its own data: its people read it, also where that is all that they may know of a visit. To all
 * others it is a part of the itinerary.
 */
export const mayReadHosting = (
  context: PartnerContext,
  { visitId }: Hosting,
): boolean | Promise<boolean> => isOwnStaff(context) || decideItinerary(context, visitId);

async function mayReadHostings(context: PartnerContext, visitId: string): Promise<boolean> {
  // All that is here is this police’s own. Where it has offered nothing, that says nothing of what others do.
  const hasOffered =
    isOwnStaff(context) &&
    (await context.loaders.many(Hosting, 'visitId').load(visitId)).length > 0;
  return hasOffered || decideItinerary(context, visitId);
}

/** What this police adds to the network’s visits. */
export const visitPolicy: TypePolicy<{ readonly id: string }> = {
  fields: { id: open, hostings: 'itinerary' },
  decide: (_level, visit, context) => (visit ? mayReadHostings(context, visit.id) : false),
};

export const hostingPolicy: TypePolicy<Hosting> = {
  object: 'itinerary',
  fields: {
    id: 'itinerary',
    visitId: 'itinerary',
    unit: 'itinerary',
    status: 'itinerary',
    accommodation: 'itinerary',
    transport: 'itinerary',
    emergencyContact: 'itinerary',
  },
  decide(_level, hosting, context) {
    if (hosting) return mayReadHosting(context, hosting);
    // Who may read some hostings and not others must not learn which of the others are there.
    return isOwnStaff(context) || isOneOf(context.reader, network, staff);
  },
};

/** Whether a stop is confirmed is a part of the itinerary. Where another country is the host, there is nothing to tell. */
export const itineraryStopPolicy: TypePolicy<ItineraryStop> = {
  fields: {
    id: open,
    hostCountry: open,
    hostConfirmedOn: 'itinerary',
    hostConfirmedVersion: 'itinerary',
  },
  decide(_level, stop, context) {
    if (!stop) return false;
    if (stop.hostCountry !== countryOf(context.partner)) return mayReadItineraries(context);
    // What the host itself has said; it is told so also while the network does not answer.
    if (isOwnStaff(context)) return true;
    return decideBy(context, () => readStopFacts(context, stop.id));
  },
};

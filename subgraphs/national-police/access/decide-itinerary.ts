import type { PartnerContext } from '@hub/shared/context';
import { hasRole, isOneOf, isPerson, organisationOf, staff } from '@hub/shared/policy';
import { networkCode, officesCode } from '@hub/shared/vocabulary';
import type { Hosting } from '../entities/hosting.entity.js';
import { russiaCode } from '../entities/vocabulary.js';
import { isOwnStaff } from './decide-people.js';
import { readVisitFacts, type VisitFacts } from './group-facts.js';

/** True for those who may read of some visit what is planned: never an auditor, and nobody whom no organisation vouches for. */
export const mayReadItineraries = ({ reader }: PartnerContext): boolean =>
  isPerson(reader) && !hasRole(reader, ['auditor']);

/**
 * Whether the reader may read what is planned for a visit: those who send, host or arrange it; analysts once it has
 * ended, by this police’s own clock.
 * @throws HubError `PARTNER_…` when the network’s facts about the visit are not to be had.
 */
export async function decideBy(
  context: PartnerContext,
  readFacts: () => Promise<VisitFacts | null>,
): Promise<boolean> {
  const { reader, clock } = context;
  if (!mayReadItineraries(context)) return false;
  if (isOneOf(reader, networkCode, staff)) return true;
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
    (organisation === officesCode && (visit.hasOffice || visit.hosts.has(russiaCode)))
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

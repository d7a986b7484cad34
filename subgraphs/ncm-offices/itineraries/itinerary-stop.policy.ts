import { hasRole, isOneOf, isPerson, organisationOf, staff, type Levels } from '@hub/shared/policy';
import { networkCode } from '@hub/shared/vocabulary';
import { readStopFacts } from '../access/group-facts.js';
import type { ItineraryStop } from '../entities/references.js';
import { russiaCode } from '../entities/vocabulary.js';

/**
 * Whether a stop is confirmed is a part of the itinerary: for those who send, host or arrange the visit; for analysts
 * once it has ended, by the offices’ own clock.
 */
export const itineraryStopPolicy: Levels<ItineraryStop> = {
  itinerary: {
    readers:
      'the organisations that send, host or arrange the visit, auditors apart; analysts once it has ended',
    async decide(stop, context) {
      const { reader, clock, partner } = context;
      if (!stop || !isPerson(reader) || hasRole(reader, ['auditor'])) return false;
      if (isOneOf(reader, networkCode, staff)) return true;
      const visit = await readStopFacts(context, stop.id);
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
        (organisation === partner && (visit.hasOffice || visit.hosts.has(russiaCode)))
      );
    },
  },
};

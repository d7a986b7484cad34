import type { OwnLevels } from '@hub/shared/policy';
import { officerNominationPolicy } from './nominations/officer-nomination.policy.js';
import { expertAssignmentPolicy, itineraryStopPolicy, visitPolicy } from './visits/visit.policy.js';

/** The access levels of individual types. `@Access` beside each field names its level. */
export const levels: OwnLevels = {
  OfficerNomination: officerNominationPolicy,
  Visit: visitPolicy,
  ItineraryStop: itineraryStopPolicy,
  ExpertAssignment: expertAssignmentPolicy,
};

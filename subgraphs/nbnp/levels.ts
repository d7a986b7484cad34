import type { OwnLevels } from '@hub/shared/policy';
import { officerNominationPolicy } from './nominations/officer-nomination.policy.js';
import { expertAssignmentPolicy, itineraryStopPolicy, visitPolicy } from './visits/visit.policy.js';

/** The levels of access that are particular to a type. Which field has which level stands beside the field. */
export const levels: OwnLevels = {
  OfficerNomination: officerNominationPolicy,
  Visit: visitPolicy,
  ItineraryStop: itineraryStopPolicy,
  ExpertAssignment: expertAssignmentPolicy,
};

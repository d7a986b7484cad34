import { joinLevels, type OwnLevels } from '@hub/shared/policy';
import { ownRows } from './access/own-rows.js';
import { contactSharing } from './consents/shared-contact.resolver.js';
import { expertAssignmentPolicy, expertPolicy } from './experts/expert.policy.js';
import { itineraryStopPolicy } from './itineraries/itinerary-stop.policy.js';
import { policeUnitPolicy } from './network/police-unit.policy.js';
import { officerNominationPolicy } from './nominations/officer-nomination.policy.js';
import { formalityPolicy, officerPolicy, travelNeedsPolicy } from './officers/officer.policy.js';
import { participantReportPolicy } from './reports/participant-report.policy.js';
import { hostingPolicy, visitPolicy } from './visits/visit.policy.js';

const byRole: OwnLevels = {
  PoliceUnit: policeUnitPolicy,
  Officer: officerPolicy,
  Formality: formalityPolicy,
  TravelNeeds: travelNeedsPolicy,
  OfficerNomination: officerNominationPolicy,
  ParticipantReport: participantReportPolicy,
  Expert: expertPolicy,
  ExpertAssignment: expertAssignmentPolicy,
  Visit: visitPolicy,
  Hosting: hostingPolicy,
  ItineraryStop: itineraryStopPolicy,
};

/** The access levels of individual types. `@Access` and `@Self` beside each field name them. */
export const levels: OwnLevels = joinLevels(contactSharing.levels, byRole, ownRows);

import { joinLevels, type OwnLevels } from '@hub/shared/policy';
import { ownRows } from './access/own-rows.js';
import { contactSharing } from './consents/shared-contact.resolver.js';
import { delegatePolicy, formalityPolicy, travelNeedsPolicy } from './delegates/delegate.policy.js';
import { itineraryStopPolicy } from './itineraries/itinerary-stop.policy.js';
import { groupMeetingPolicy } from './meetings/group-meeting.policy.js';
import { delegateNominationPolicy } from './nominations/delegate-nomination.policy.js';
import { participantReportPolicy } from './reports/participant-report.policy.js';
import { regionalHostingPolicy, visitPolicy } from './visits/visit.policy.js';

const byRole: OwnLevels = {
  Delegate: delegatePolicy,
  Formality: formalityPolicy,
  TravelNeeds: travelNeedsPolicy,
  DelegateNomination: delegateNominationPolicy,
  GroupMeeting: groupMeetingPolicy,
  ParticipantReport: participantReportPolicy,
  ItineraryStop: itineraryStopPolicy,
  RegionalHosting: regionalHostingPolicy,
  Visit: visitPolicy,
};

/** The access levels of individual types. `@Access` and `@Self` beside each field name them. */
export const levels: OwnLevels = joinLevels(contactSharing.levels, byRole, ownRows);

import type { OwnLevels } from '@hub/shared/policy';
import { delegatePolicy, formalityPolicy, travelNeedsPolicy } from './delegates/delegate.policy.js';
import { itineraryStopPolicy } from './itineraries/itinerary-stop.policy.js';
import { groupMeetingPolicy } from './meetings/group-meeting.policy.js';
import { delegateNominationPolicy } from './nominations/delegate-nomination.policy.js';
import { participantReportPolicy } from './reports/participant-report.policy.js';
import { regionalHostingPolicy, visitPolicy } from './visits/visit.policy.js';

/** The access levels of individual types. `@Access` beside each field names its level. */
export const levels: OwnLevels = {
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

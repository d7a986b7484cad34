export { checkMembers } from './journeys/check-members.js';
export { countOpenFormalities } from './journeys/count-open-formalities.js';
export { countRefusedVisas } from './journeys/count-refused-visas.js';
export { eraseElsewhere, erasures, noteErasure } from './journeys/erase-elsewhere.js';
export { eraseTravelNeeds } from './journeys/erase-travel-needs.js';
export { Erasure } from './journeys/erasure.entity.js';
export { findOutstanding } from './journeys/find-outstanding.js';
export { createRecordQueries } from './journeys/record-queries.js';
export { askRemoved } from './rehearsals/ask-removed.js';
export { Removal, removeRehearsals, type PrepareRemoval } from './rehearsals/removal.js';
export { rehearsals } from './rehearsals/run-rehearsals.js';
export * as peopleCounts from './statistics/people-count.js';
export {
  countOnJourneys,
  targetGroups,
  unknownCounts,
  type PeopleColumns,
} from './statistics/people-statistics.js';
export * as consents from './visits/consents.js';
export { hasEnded, lastReturnOf } from './visits/ended.js';
export * as groupVisits from './visits/group-visits.js';
export * as itineraries from './visits/itinerary.js';
export { findKnownJourneys, mayKnowJourneys } from './visits/journey-visibility.js';
export { doesConsentHold, type ConsentedPlans } from './visits/plans.js';
export { ClaimFields } from './vocabulary/claim.type.js';
export { hostingColumns, personColumns, siteColumns } from './vocabulary/common-columns.js';
export {
  FormalityKind,
  HostingStatus,
  MeetingKind,
  Outstanding,
  Sector,
  SiteEvidence,
  SupportRole,
  TargetGroup,
} from './vocabulary/enums.js';
export { FormalityInput } from './vocabulary/formality.input.js';
export { FormalityFields } from './vocabulary/formality.type.js';
export { GroupMeetingInput, meetingDetails } from './vocabulary/group-meeting.input.js';
export { GroupMeetingFields, dayOfMeeting } from './vocabulary/group-meeting.type.js';
export { HandInReportInput } from './vocabulary/hand-in-report.input.js';
export { HostingFields } from './vocabulary/hosting.type.js';
export { createParticipantType, createPartyType, createSiteType } from './vocabulary/interfaces.js';
export type { ParticipantFields, PartyFields, SiteFields } from './vocabulary/interfaces.js';
export { ParticipantReportFields } from './vocabulary/participant-report.type.js';
export { Practicalities, practicalities } from './vocabulary/practicalities.input.js';
export { givenRehearsal, takenRehearsals } from './vocabulary/rehearsals.js';
export { TravelNeedsInput, travelNeeds } from './vocabulary/travel-needs.input.js';
export { TravelNeedsFields } from './vocabulary/travel-needs.type.js';

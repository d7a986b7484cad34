export { ClaimFields } from './claim.type.js';
export { hostingColumns, personColumns, siteColumns } from './common-columns.js';
export { ContactPointFields } from './contact-point.type.js';
export {
  FormalityKind,
  HostingStatus,
  MeetingKind,
  NominationStatus,
  Outstanding,
  PersonalDataKind,
  Sector,
  SiteEvidence,
  SupportRole,
  TargetGroup,
} from './enums.js';
export { Finding, FindingInput, pickDrafted } from './finding.type.js';
export {
  FormalityInput,
  OneFormalityInput,
  SaidFormalityInput,
  sayDone,
} from './formality.input.js';
export { FormalityFields, FormalityResults } from './formality.type.js';
export { GroupMeetingInput, RecordAttendanceInput, meetingDetails } from './group-meeting.input.js';
export { AttendanceResults, GroupMeetingFields, dayOfMeeting } from './group-meeting.type.js';
export { HandInReportInput } from './hand-in-report.input.js';
export { HostingFields } from './hosting.type.js';
export {
  createParticipantType,
  createPartyType,
  createSiteType,
  type ParticipantFields,
  type PartyFields,
  type SiteFields,
} from './interfaces.js';
export { ParticipantReportFields } from './participant-report.type.js';
export { ChangePersonInput, RegisterPersonInput } from './person.input.js';
export { Practicalities, practicalities } from './practicalities.input.js';
export { takenRehearsals } from './rehearsals.js';
export {
  keepNames,
  orderWords,
  participantOrders,
  personOrders,
  readPeople,
  searchedName,
} from './search-people.js';
export { TravelNeedsInput, travelNeeds } from './travel-needs.input.js';
export { TravelNeedsFields } from './travel-needs.type.js';

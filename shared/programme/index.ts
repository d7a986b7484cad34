export { checkMembers } from './journeys/check-members.js';
export { networkReadings } from './journeys/person-readings.js';
export { createPreparationFields } from './journeys/preparation-fields.js';
export { recordAttendance } from './journeys/record-attendance.js';
export { FormalityRecorder } from './journeys/record-formality.js';
export { taskMail } from './mail/task-mail.js';
export * as network from './network/index.js';
export { askRemoved } from './rehearsals/ask-removed.js';
export { Removal, type PrepareRemoval } from './rehearsals/removal.js';
export { rehearsals } from './rehearsals/run-rehearsals.js';
export {
  contactsOnTheSpot,
  erasePerson,
  findNotErased,
  removePerson,
  type PersonalData,
} from './retention/erase-person.js';
export { forgetting } from './retention/forgetting.js';
export { createNetworkPersonFile } from './retention/person-file.js';
export { createRecordResolvers } from './retention/record-queries.js';
export { ContactSharing } from './sharing/contact-sharing.js';
export * as sharing from './sharing/shared-contact.type.js';
export * as people from './sides/people.js';
export * as sides from './sides/sides.js';
export * as peopleCounts from './statistics/people-count.js';
export {
  countOnJourneys,
  targetGroups,
  unknownCounts,
  type PeopleColumns,
} from './statistics/people-statistics.js';
export * as consents from './visits/consents.js';
export * as groupVisits from './visits/group-visits.js';
export * as itineraries from './visits/itinerary.js';
export * as ownJourneys from './visits/own-journeys.js';
export * as vocabulary from './vocabulary/index.js';

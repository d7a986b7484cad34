export { checkMeeting, checkMembers } from './check-meeting.js';
export { countOpenFormalities } from './count-open-formalities.js';
export { eraseTravelNeeds, type Journey, type TravelNeedsTable } from './erase-travel-needs.js';
export { findOutstanding } from './find-outstanding.js';

export { checkMeeting, checkMembers } from './check-meeting.js';
export { countOpenFormalities } from './count-open-formalities.js';
export { countRefusedVisas } from './count-refused-visas.js';
export { eraseElsewhere, noteErasure, readErasures } from './erase-elsewhere.js';
export { eraseTravelNeeds, type Journey, type TravelNeedsTable } from './erase-travel-needs.js';
export { Erasure, ErasureConnection } from './erasure.entity.js';
export { findOutstanding } from './find-outstanding.js';

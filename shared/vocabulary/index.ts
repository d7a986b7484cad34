export { ClaimFields } from './claim.type.js';
export {
  countryOf,
  hostOf,
  isPoliceCode,
  memberCountries,
  networkCode,
  officesCode,
  ownerOf,
  policeCodes,
  russia,
  type PoliceCode,
} from './codes.js';
export { HostingStatus, Sector, SiteEvidence, SupportRole, TargetGroup } from './enums.js';
export {
  createParticipantType,
  createPartyType,
  createSiteType,
  type ParticipantFields,
  type PartyFields,
  type SiteFields,
} from './interfaces.js';
export { ParticipantReportFields } from './participant-report.type.js';
export { Practicalities, practicalities } from './practicalities.input.js';
export { words } from './words.js';

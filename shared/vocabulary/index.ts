export {
  isPoliceCode,
  networkCode,
  officesCode,
  ownerOf,
  policeCodes,
  type PoliceCode,
} from './codes.js';
export { Sector, SiteEvidence, SupportRole, TargetGroup } from './enums.js';
export { words } from './words.js';

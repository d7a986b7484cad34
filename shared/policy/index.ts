export { printAccessPage, readersIn, withoutReaders } from './access-page.js';
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
export { limitAskHub, noHub, type AskHub } from './context/ask-hub.js';
export { createMissingNote, isMissing } from './context/missing-note.js';
export type { ChoreContext, PartnerContext } from './context/partner-context.js';
export { createDecisionReader, createFactReader, shortMemoryMs, type ReadFact } from './facts.js';
export { recordedLevels, type Levels, type OwnLevels } from './levels.js';
export { readMaxAge } from './max-age.js';
export {
  coordinators,
  hasRole,
  isEvaluator,
  isOneOf,
  isOwnStaff,
  isPerson,
  organisationOf,
  staff,
} from './readers.js';
export { open } from './type-policy.js';

export { Access, MaxAge, NoneIsOpen, maxAges } from '../access/index.js';
export {
  describeCache,
  describeLevel,
  describeReaders,
  printAccessPage,
  readersIn,
  withoutReaders,
  type AccessPath,
} from './access-page.js';
export {
  createDecisionReader,
  createFactReader,
  shortMemoryMs,
  type FactOptions,
  type ReadFact,
} from './facts.js';
export { findVisible, guardSchema, unguardedFields } from './guard-schema.js';
export { recordedLevels, type Levels, type OwnLevels } from './levels.js';
export { readMaxAge, readOwnMaxAge } from './max-age.js';
export { readPolicies } from './read-policies.js';
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
export {
  PeopleCount,
  checkMayPick,
  countKnown,
  createTable,
  showBeside,
  showCount,
  showLarge,
  type ColumnCounts,
} from './statistics/people-count.js';
export {
  countOnJourneys,
  targetGroups,
  unknownCounts,
  type PeopleColumns,
} from './statistics/people-statistics.js';
export { open, type FieldArguments, type Policies, type TypePolicy } from './type-policy.js';
export {
  checkConfirmationSeen,
  checkPlanSeen,
  isLoanPutBack,
  isOfferPutBack,
  plansSelection,
  readOfferStatus,
} from './visits/consents.js';
export { hasEnded, lastReturnOf, type Returned } from './visits/ended.js';
export {
  absencesSelection,
  findStayingHome,
  hostsOf,
  hostsOn,
  isAbsentFrom,
  missesVisit,
  progressSelection,
  readAbsences,
  readProgress,
  travelsWith,
  type AbsenceDays,
  type AbsencesResponse,
  type GroupProgress,
  type HostedGroup,
  type ProgressResponse,
} from './visits/group-visits.js';
export {
  mayReadItineraries,
  mayReadItinerary,
  readAssignmentFacts,
  readJourneyFacts,
  readStopFacts,
  readVisitFacts,
  takesPart,
} from './visits/itinerary.js';
export { findKnownJourneys, mayKnowJourneys } from './visits/journey-visibility.js';
export { doesConsentHold, type ConsentedPlans } from './visits/plans.js';

export {
  commonPolicies,
  keptFor,
  mutationPolicy,
  openBeside,
  openTo,
  peopleConnection,
  rootPolicy,
} from './common-policies.js';
export { createFactReader, type FactOptions, type ReadFact } from './facts.js';
export { findVisible, guardSchema, unguardedFields } from './guard-schema.js';
export { readKeptSeconds } from './kept-seconds.js';
export { findKnownJourneys, mayKnowJourneys, shortMemoryMs } from './known-journeys.js';
export {
  PeopleCount,
  checkMayPick,
  countKnown,
  createTable,
  showCount,
  type ColumnCounts,
} from './people-count.js';
export { coordinators, hasRole, isOneOf, isPerson, organisationOf, staff } from './readers.js';
export { listSelectedFields, type SelectedField } from './selected-fields.js';
export { asItsWhole, open, recordedLevels, type Policies, type TypePolicy } from './type-policy.js';

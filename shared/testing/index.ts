export { createAuthority, openPemFolder, type TestAuthority } from './certificates.js';
export { cpuMsOf } from './cpu-time.js';
export {
  bothDatabases,
  copyPostgresDatabase,
  createPostgresDatabase,
  skipLoudly,
  sqlite,
  testDatabases,
  type TestDatabaseKind,
} from './databases.js';
export { createDisposableStack } from './disposable-stack.js';
export { readEveryRow } from './every-row.js';
export { askEachKind, createFactsHub, type FactsHub, type TestFact } from './facts-hub.js';
export { createTestImport, importOutcome, type ImportRow } from './import-rows.js';
export * as inner from './inner/index.js';
export { groupAt, journeyMoments, type JourneyMoment } from './journey-moments.js';
export { createTestKeyPair, type TestKeyPair } from './key-pair.js';
export { openMailServer } from './open-mail-server.js';
export { openPolicies } from './open-policies.js';
export {
  createFilledDatabase,
  lateClock,
  openTestPartner,
  pageThrough,
  participantOf,
  readerOf,
  type TestPartner,
  type TestPartnerOptions,
  type TestResponse,
} from './open-test-partner.js';
export { entityPath, outcomesOf } from './outcomes.js';
export { comparePreparationReaders } from './preparation-readers.js';
export { personCases, thingCases } from './rehearsal-cases.js';
export { findOtherCollations, rehearseMigrations } from './rehearse-migrations.js';
export { findSchemaErrors, findUndescribed } from './schema-errors.js';
export { countStatements, statementsOf } from './statements.js';

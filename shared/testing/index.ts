export {
  createAuthority,
  openPemFolder,
  type PemFolder,
  type TestAuthority,
  type TestPair,
} from './certificates.js';
export { cpuMsOf } from './cpu-time.js';
export {
  bothDatabases,
  copyPostgresDatabase,
  createPostgresDatabase,
  skipLoudly,
  sqlite,
  testDatabases,
  type StartedPostgres,
  type TestDatabase,
  type TestDatabaseKind,
} from './databases.js';
export { createDisposableStack, type DisposableStack } from './disposable-stack.js';
export { entityPath } from './entity-path.js';
export { readEveryRow } from './every-row.js';
export { createFactsHub, type FactsHub, type TestFact } from './facts-hub.js';
export {
  createFaultProxy,
  type Fault,
  type FaultOrder,
  type FaultProxy,
  type ProxiedRequest,
} from './fault-proxy.js';
export {
  createTestImport,
  importOutcome,
  type ImportOutcome,
  type ImportRow,
} from './import-rows.js';
export { groupAt, journeyMoments, type JourneyMoment } from './journey-moments.js';
export { openPolicies } from './open-policies.js';
export {
  createFilledDatabase,
  lateClock,
  openTestPartner,
  readerOf,
  type TestPartner,
  type TestPartnerOptions,
  type TestResponse,
} from './open-test-partner.js';
export { outcomesOf, type ParsedResponse } from './outcomes.js';
export { compareOutstanding } from './outstanding-steps.js';
export { startPostgres, type PostgresServer } from './postgres-server.js';
export { comparePreparationReaders } from './preparation-readers.js';
export { personCases, thingCases, type RehearsalCase } from './rehearsal-cases.js';
export { findOtherCollations, rehearseMigrations } from './rehearse-migrations.js';
export { leak, responseFaults, type ResponseFault } from './response-faults.js';
export { findSchemaErrors } from './schema-errors.js';
export { countStatements, statementsOf, type StatementCount } from './statements.js';
export { createSubgraphServer, type SubgraphServer } from './subgraph-server.js';
export { oversizeBytes, wireFaults, type WireFault } from './wire-faults.js';

export {
  createPostgresDatabase,
  skipLoudly,
  testDatabases,
  type StartedPostgres,
  type TestDatabase,
  type TestDatabaseKind,
} from './databases.js';
export { startPostgres, type PostgresServer } from './postgres-server.js';
export { countStatements, statementsOf, type StatementCount } from './statements.js';

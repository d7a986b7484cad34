export { readChosenIds } from './chosen-ids.js';
export {
  isPostgres,
  listRunMigrations,
  listUnknownMigrations,
  openDatabase,
  postgresConnections,
  type DatabaseOptions,
} from './data-source.js';
export { isDatabaseFailure } from './database-failure.js';
export { DatabaseMark } from './database-mark.entity.js';
export { isAfter, readPage, type PageArguments } from './keyset.js';
export { leaveOutRehearsals, withoutRehearsals } from './leave-out-rehearsals.js';
export { Loaders, type ManyOptions } from './loaders.js';
export { byId, orderBy, type OrderKey } from './order.js';
export { forCaller } from './postgres/postgres-driver.js';
export { defaultTimeouts, type DatabaseTimeouts } from './postgres/postgres-timeouts.js';
export { readPool, readStoredBytes, type PoolState } from './read-pool.js';
export { readRows } from './read-rows.js';
export { readVersion } from './read-version.js';
export { fillSearchText } from './search/fill-search-text.js';
export { findSame, readKeys, samePerson, toSameText, type Sameness } from './search/find-same.js';
export { searchesScan } from './search/search-indexes.js';
export { containsText, toSearchText } from './search/search.js';
export { findLostFile, refuseLostFile } from './sqlite/lost-file.js';
export { openSharedFile } from './sqlite/shared-file.js';
export { unmeasured, type StatementMeter } from './statement-meter.js';
export { erase, inTransaction, writeAtOnce, writeInTurn } from './transaction.js';
export { whereText } from './where-text.js';

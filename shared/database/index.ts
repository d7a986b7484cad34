export { readChosenIds } from './chosen-ids.js';
export {
  defaultTimeouts,
  isPostgres,
  listRunMigrations,
  listUnknownMigrations,
  openDatabase,
  type DatabaseOptions,
  type DatabaseTimeouts,
} from './data-source.js';
export { isDatabaseFailure } from './database-fault.js';
export { fillSearchText } from './fill-search-text.js';
export { isAfter, readPage, type PageArguments } from './keyset.js';
export { Loaders, type ManyOptions } from './loaders.js';
export { findLostFile, refuseLostFile } from './lost-file.js';
export { byId, orderBy, type OrderKey } from './order.js';
export { forCaller } from './postgres-driver.js';
export { readRows } from './read-rows.js';
export { containsText, toSearchText } from './search.js';
export { erase, inTransaction, writeAtOnce, writeInTurn } from './transaction.js';

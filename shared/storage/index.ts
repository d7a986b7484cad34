export type { BackUpSummary } from './backup/back-up-error.js';
export { backUpSqlite, restoreSqlite } from './backup/back-up-sqlite.js';
export { findUnsealed, openSealer } from './backup/seal.js';
export { holdFolder } from './hold-folder.js';

export { BackUpError, type BackUpSummary } from './back-up-error.js';
export { backUpPostgres } from './back-up-postgres.js';
export { backUpSqlite, restoreSqlite } from './back-up-sqlite.js';
export { restorePostgres } from './restore-postgres.js';
export { findUnsealed, openSealer, sealOf } from './seal.js';
export { isOfPostgres, verifyBackUp } from './verify-back-up.js';

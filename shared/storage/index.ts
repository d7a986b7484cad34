export { BackUpError, backUp, restoreBackUp, type BackUpSummary } from './back-up.js';
export { changeNoted } from './change-noted.js';
export { checkDatabase } from './check-database.js';
export { CreateDatabaseMark1764000005000 } from './create-database-mark.migration.js';
export { DatabaseMark } from './database-mark.entity.js';
export { openKeptDatabase, type Recognition } from './keep-database.js';
export { DatabaseRefused } from './refuse-database.js';

export { readChosenIds } from './chosen-ids.js';
export { openDatabase, type DatabaseOptions } from './data-source.js';
export { isDatabaseFault } from './database-fault.js';
export { byId, isAfter, orderBy, readPage, type OrderKey, type PageArguments } from './keyset.js';
export { Loaders, type ManyOptions } from './loaders.js';
export { containsText, toSearchText } from './search.js';
export { erase, inTransaction, writeInTurn } from './transaction.js';

export { readChosenIds } from './chosen-ids.js';
export { openDatabase } from './data-source.js';
export { readPage, type PageArguments } from './keyset.js';
export { leaveOutRehearsals, withoutRehearsals } from './leave-out-rehearsals.js';
export { Loaders } from './loaders.js';
export { byId, orderBy, type OrderKey } from './order.js';
export { createConnectionTypes, type Connection } from './pagination/connection-types.js';
export { createPage } from './pagination/create-page.js';
export { decodeCursor, encodeCursor, type SortKeys } from './pagination/cursor.js';
export { pageSize, readPageSize } from './pagination/page-size.js';
export { Page } from './pagination/page.input.js';
export { IsCounted } from './pagination/selects-count.js';
export { readRows } from './read-rows.js';
export { readVersion } from './read-version.js';
export { fillSearchText } from './search/fill-search-text.js';
export { findSame, samePerson, toSameText, type Sameness } from './search/find-same.js';
export { containsText, toSearchText } from './search/search.js';
export {
  TableError,
  address,
  checkRows,
  claimRow,
  countryCode,
  enumColumn,
  faultIn,
  optionalAddress,
  optionalInteger,
  optionalText,
  partialDate,
  readTable,
  text,
  textList,
  toGlobalId,
  trueOrFalse,
} from './seed/read-table.js';
export { openSharedFile } from './sqlite/shared-file.js';
export { inTransaction, writeAtOnce } from './transaction.js';
export { whereText } from './where-text.js';

export { createConnectionTypes, type Connection } from './connection-types.js';
export { createPage, sortPage } from './create-page.js';
export { decodeCursor, encodeCursor, foreignCursor, readCursor, type SortKeys } from './cursor.js';
export { pageSize, readPageRequest, readPageSize, type PageRequest } from './page-size.js';
export { Paged, type PageArguments } from './paged.js';

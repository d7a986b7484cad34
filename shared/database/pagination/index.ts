export { createConnectionTypes, type Connection } from './connection-types.js';
export { createPage } from './create-page.js';
export { decodeCursor, encodeCursor, type SortKeys } from './cursor.js';
export { pageSize, readPageSize } from './page-size.js';
export { Paged, type PageArguments } from './paged.js';

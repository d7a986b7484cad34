export {
  PageInfo,
  createConnectionTypes,
  type Connection,
  type ConnectionCounts,
  type Edge,
} from './connection-types.js';
export { createPage } from './create-page.js';
export { decodeCursor, encodeCursor, type SortKeys } from './cursor.js';
export { pageSize, readPageSize } from './page-size.js';
export { Page } from './page.input.js';
export { IsCounted, requireCount } from './selects-count.js';

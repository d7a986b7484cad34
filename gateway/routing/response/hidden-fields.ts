import { hiddenPrefix } from '../../documents/selection.js';

/** The alias of the field that tells the type of a value that may be of several types. */
export const hiddenTypename = `${hiddenPrefix}type`;

/** The alias of the field that tells who owns a record. */
export const hiddenOwner = `${hiddenPrefix}owner`;

/** The aliases of what merging needs and the client did not select. */
export const hidden = {
  edges: `${hiddenPrefix}edges`,
  node: `${hiddenPrefix}node`,
  cursor: `${hiddenPrefix}cursor`,
  pageInfo: `${hiddenPrefix}page`,
  hasNextPage: `${hiddenPrefix}next`,
  sortKey: (index: number) => `${hiddenPrefix}${index}`,
} as const;

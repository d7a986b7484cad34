import { hiddenPrefix } from '../../engine/documents/selection.js';

/** The alias of `__typename` on abstract types. */
export const hiddenTypename = `${hiddenPrefix}type`;

/** The alias of the field that names the owner of a record. */
export const hiddenOwner = `${hiddenPrefix}owner`;

/** The aliases of fields that merging needs and the client did not select. */
export const hidden = {
  edges: `${hiddenPrefix}edges`,
  node: `${hiddenPrefix}node`,
  cursor: `${hiddenPrefix}cursor`,
  pageInfo: `${hiddenPrefix}page`,
  hasNextPage: `${hiddenPrefix}next`,
  hasPreviousPage: `${hiddenPrefix}previous`,
  sortKey: (index: number) => `${hiddenPrefix}${index}`,
} as const;

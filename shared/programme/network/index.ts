export { askOrganisation } from './ask-organisation.js';
export { defineContactPoints } from './contact-point-kind.js';
export { addressesOf, createContactPoints } from './contact-points.js';
export { keepClaims } from './keep-claims.js';
export { RecordKeeper } from './keep-records.js';
export { createMerging, sameBy, takenMerged } from './merging.js';
export { createSites } from './sites.js';
export { StatedChangeInput, StatedInput } from './stated.input.js';

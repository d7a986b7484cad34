export { CreateDisclosures1764000001000 } from './create-disclosures.migration.js';
export { createDisclosureNote, type DisclosureNote } from './disclosure-note.js';
export { DisclosureRecord } from './disclosure.entity.js';
export {
  readDisclosures,
  type Disclosure,
  type DisclosurePage,
  type ReadDisclosuresOptions,
} from './read-disclosures.js';
export {
  recordDisclosures,
  verifyDisclosures,
  type RecordDisclosuresOptions,
  type Verification,
} from './record.js';

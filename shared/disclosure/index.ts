export { ArchiveError, walkArchive } from './archive-file.js';
export {
  BrokenChain,
  hashForm,
  isChange,
  isReading,
  type ChangeLink,
  type DisclosureLink,
  type Head,
  type Link,
  type Verification,
} from './chain.js';
export { closePeriod } from './close-period.js';
export { disclosureMigrations } from './disclosure-migrations.js';
export { createDisclosureNote, type DisclosureNote } from './disclosure-note.js';
export { DisclosurePeriod } from './disclosure-period.args.js';
export { Disclosure, DisclosureConnection } from './disclosure.type.js';
export { readDisclosures, type DisclosurePage, type DisclosureRecord } from './read-disclosures.js';
export { recordChanges, type MutationChanges } from './record-changes.js';
export {
  readHashAt,
  readHead,
  recordDisclosures,
  type RecordDisclosuresOptions,
} from './record.js';
export { walkReadings } from './stored-form.js';
export { disclosureEntities } from './stored.entity.js';
export { verifyDisclosures, walkArchives, type VerifyOptions } from './verify.js';

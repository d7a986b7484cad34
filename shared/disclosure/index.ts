export {
  BrokenChain,
  disclosureEntities,
  isChange,
  isReading,
  readHashAt,
  readHead,
  walkReadings,
  type ChangeLink,
  type DisclosureLink,
  type Head,
  type Link,
  type Verification,
} from '../chain/index.js';
export { ArchiveError, walkArchive } from './archive-file.js';
export { closePeriod } from './close-period.js';
export { disclosureMigrations } from './disclosure-migrations.js';
export { createDisclosureNote, type DisclosureNote } from './disclosure-note.js';
export { DisclosurePeriod } from './disclosure-period.args.js';
export { Disclosure, DisclosureConnection } from './disclosure.type.js';
export { readDisclosures } from './read-disclosures.js';
export { recordDisclosures, type RecordDisclosuresOptions } from './record.js';
export { verifyDisclosures, walkArchives, type VerifyOptions } from './verify.js';

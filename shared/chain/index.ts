export { appendRows, lockRecord, readHashAt, readHead, type KnownEnd } from './append-rows.js';
export {
  BrokenChain,
  ChainWalk,
  genesis,
  hashLink,
  isChange,
  isReading,
  type ChangeLink,
  type DisclosureLink,
  type Head,
  type Link,
  type Verification,
} from './chain.js';
export { readLinkKeys, type LinkKeys } from './link-keys.js';
export { toInstant, type PartnerRecord } from './record-page.js';
export {
  fromStoredHash,
  headOf,
  readLinksOf,
  textsOf,
  textsOfReadings,
  toRow,
  toStoredDigest,
  toStoredHash,
  walkReadings,
  writeChanger,
  writeWhat,
  writeWho,
  type WrittenReading,
} from './stored-form.js';
export { StoredAnchor, StoredReading, StoredText, disclosureEntities } from './stored.entity.js';

export { readHead } from './chain/append-rows.js';
export { isReading, type DisclosureLink } from './chain/chain.js';
export { walkReadings } from './chain/stored-form.js';
export { disclosureEntities } from './chain/stored.entity.js';
export { AboutRecord } from './changes/about-record.js';
export { PartOf } from './changes/part-of.js';
export { readChanges } from './changes/read-changes.js';
export { recordChanges } from './changes/record-changes.js';
export { noteCommit } from './changes/watch-commits.js';
export { disclosureMigrations } from './disclosure/disclosure-migrations.js';
export { createDisclosureNote } from './disclosure/disclosure-note.js';
export { recordDisclosures } from './disclosure/record.js';
export { verifyDisclosures } from './disclosure/verify.js';
export * as chainedLines from './evidence/chained-lines.js';
export {
  conformanceSchema,
  isConformanceValid,
  readConformance,
  signConformance,
  type Conformance,
} from './evidence/conformance.js';
export * as dailyHeads from './evidence/daily-head.js';
export {
  EvidenceError,
  exchangeSchema,
  signEvidence,
  verifyEvidence,
  type Evidence,
  type Exchange,
  type ProvenEvidence,
} from './evidence/evidence-file.js';
export {
  describeKey,
  findRollback,
  readHeadLine,
  verifyHeads,
  type HeadsReport,
} from './evidence/network-heads.js';
export { readReadmission } from './evidence/readmission.js';
export * as signedResponses from './evidence/signed-response.js';
export { StatementError, parseJson } from './evidence/signed-statement.js';
export { ManifestError } from './manifest/manifest-error.js';
export { manifestPath, mostManifestBytes, type Manifest } from './manifest/manifest.js';
export { createRefreshVerifier, refreshPath, signRefresh } from './manifest/refresh.js';
export { signManifest } from './manifest/sign-manifest.js';
export { verifyManifest } from './manifest/verify-manifest.js';
export { CreateHeadOpenings1796018400000 } from './witness/create-head-openings.migration.js';
export { CreateNetworkHeads1764000008000 } from './witness/create-network-heads.migration.js';
export { HeadOpening } from './witness/head-opening.entity.js';
export { NetworkHead } from './witness/network-head.entity.js';
export { createWitness, witness } from './witness/witness.js';

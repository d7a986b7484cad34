export {
  BrokenLine,
  continueLines,
  followLines,
  noLines,
  splitLines,
  type ChainEnd,
  type ChainedLine,
} from './chained-lines.js';
export {
  conformanceSchema,
  isConformanceValid,
  mostConformanceCharacters,
  readConformance,
  signConformance,
  type Conformance,
} from './conformance.js';
export {
  commitToEnd,
  dayOf,
  handInPath,
  headsPath,
  makeOpening,
  mostHeadLines,
  openHead,
  openingSchema,
  readDailyHead,
  readOpenings,
  signHead,
  type DailyHead,
  type KnownHead,
  type Opening,
  type Openings,
} from './daily-head.js';
export {
  EvidenceError,
  exchangeSchema,
  signEvidence,
  verifyEvidence,
  type Evidence,
  type Exchange,
  type ProvenEvidence,
} from './evidence-file.js';
export {
  describeKey,
  findRollback,
  readHeadLine,
  verifyHeads,
  type HeadsReport,
} from './network-heads.js';
export { readReadmission, signReadmission, type Readmission } from './readmission.js';
export {
  acceptSignatureHeader,
  canSignResponse,
  readRecordEnd,
  recordHeader,
  signResponse,
  verifyResponse,
  wantedSignature,
  type CoveredRequest,
  type RecordEnd,
  type SignedResponse,
} from './signed-response.js';
export {
  StatementError,
  describeIssues,
  parseJson,
  readStatement,
  signStatement,
  type StatementCode,
} from './signed-statement.js';

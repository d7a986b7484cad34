export type { JWK } from 'jose';
export {
  createAssertReader,
  createReadAssertion,
  hubIssuer,
  type AssertReader,
  type ReadAssertion,
} from './assertion.js';
export { createChannels, deriveChannel, type Channel } from './channel.js';
export {
  clientNameHeader,
  joinClientName,
  ownClientNameHeader,
  readClientName,
} from './client-name.js';
export { clockToleranceSeconds } from './clock-tolerance.js';
export { fingerprintsOf, type Fingerprint } from './keys/fingerprint.js';
export {
  KeyFileError,
  ensureFirstKeyFiles,
  ensureKeyFiles,
  keyFilesOf,
  readKeyFile,
  type KeySet,
} from './keys/key-file.js';
export {
  createKeyStore,
  type KeyFiles,
  type KeyProblem,
  type KeyStore,
  type KeyStoreOptions,
} from './keys/key-store.js';
export { logKeyProblems, type LogKeyProblemsOptions } from './keys/log-key-problems.js';
export { createOwnKeys } from './keys/own-keys.js';
export { readPublicKeys } from './keys/public-keys.js';
export { findRotation, rotateKeys, type RotateOptions, type Rotation } from './keys/rotate-keys.js';
export {
  createProviders,
  isProviderUrl,
  longestProviderResponse,
  readBounded,
  type Provider,
  type Providers,
  type ProvidersOptions,
} from './providers/provider.js';
export { anonymous, isService, type Reader } from './reader.js';
export {
  isRefusalReason,
  readClaimed,
  refusalHeader,
  type RefusalReason,
} from './refusal-reason.js';
export { createReplayGuard, type ReplayGuard } from './replay-guard.js';
export {
  createRequestVerifier,
  signRequest,
  type RequestParts,
  type SignedRequest,
  type VerifiedRequest,
  type VerifyRequest,
} from './request-signature.js';
export {
  assertionHeader,
  contentDigestOf,
  longestAgeSeconds,
  partnerHeader,
  traceparentHeader,
  type VerifiedSignature,
} from './signature-form.js';
export { readTimeLeft, timeForCallee, timeLeftHeader } from './time-left.js';
export {
  longestLifeSeconds,
  roles,
  signToken,
  verifyToken,
  type Claims,
  type Role,
  type SignTokenOptions,
  type VerifiedToken,
  type VerifyTokenOptions,
} from './token.js';

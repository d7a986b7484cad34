export { Access, MaxAge, NoneIsOpen, maxAges } from './access.js';
export { createAssertReader, hubIssuer } from './assertion.js';
export { createChannels, deriveChannel, type Channel } from './channel.js';
export { joinClientName, ownClientNameHeader, readClientName } from './client-name.js';
export { clockToleranceSeconds } from './clock-tolerance.js';
export { fingerprintsOf, type Fingerprint } from './keys/fingerprint.js';
export { KeyFileError, ensureKeyFiles, keyFilesOf, readKeyFile } from './keys/key-file.js';
export { createKeyStore, type KeyFiles, type KeyStore } from './keys/key-store.js';
export { logKeyProblems } from './keys/log-key-problems.js';
export { createOwnKeys } from './keys/own-keys.js';
export { readPublicKeys } from './keys/public-keys.js';
export { rotateKeys } from './keys/rotate-keys.js';
export { anonymous, isService, type Reader } from './reader.js';
export { isRefusalReason, refusalHeader } from './refusal-reason.js';
export { createReplayGuard } from './replay-guard.js';
export {
  createRequestVerifier,
  signRequest,
  type RequestParts,
  type SignedRequest,
} from './request-signature.js';
export { contentDigestOf, longestAgeSeconds } from './signature-form.js';
export { readTimeLeft, timeForCallee, timeLeftHeader } from './time-left.js';
export * as tokens from './token.js';

export { AboutPerson, Access, MaxAge, NoneIsOpen, Self } from './access.js';
export { createAssertReader, hubIssuer } from './assertion.js';
export { clockToleranceSeconds } from './clock-tolerance.js';
export { fingerprintsOf, type Fingerprint } from './keys/fingerprint.js';
export { KeyFileError, ensureKeyFiles, keyFilesOf, readKeyFile } from './keys/key-file.js';
export { createKeyStore, type KeyFiles, type KeyStore } from './keys/key-store.js';
export { logKeyProblems } from './keys/log-key-problems.js';
export { createOwnKeys } from './keys/own-keys.js';
export { readPublicKeys } from './keys/public-keys.js';
export { anonymous, isService, roleOf, type Reader } from './reader.js';
export { isRefusalReason, refusalHeader } from './refusal-reason.js';
export {
  describeAllowed,
  isPurposeName,
  joinClientName,
  readClientName,
  readPurpose,
  readTimeLeft,
  timeForCallee,
} from './request-headers.js';
export { signRequest, type RequestParts, type SignedRequest } from './request-signature.js';
export * as secrets from './secret.js';
export { contentDigestOf, createChannels, deriveChannel, type Channel } from './signature-form.js';
export * as tokens from './token.js';

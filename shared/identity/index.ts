export type { JWK } from 'jose';
export { KeyFileError, ensureKeyFiles, keyFilesOf, readKeyFile, type KeySet } from './key-file.js';
export { createKeyStore, type KeyStore, type KeyStoreOptions } from './key-store.js';
export {
  longestLifeSeconds,
  roles,
  signToken,
  verifyToken,
  type Claims,
  type Role,
  type SignTokenOptions,
  type VerifyTokenOptions,
} from './token.js';

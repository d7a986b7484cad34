import { hubIssuer, type KeyStore } from '@hub/shared/identity';
import { hkdfSync } from 'node:crypto';

const keyBytes = 32;

/**
 * Derives a key from the hub’s own signing key, so that all workers and hubs have the same, also
 * after a restart. Undefined without a signing key.
 */
async function deriveKey(ownKeys: KeyStore, use: string): Promise<Buffer | undefined> {
  const [key] = await ownKeys.signingKeysOf(hubIssuer);
  if (typeof key?.d !== 'string') return undefined;
  const secret = Buffer.from(key.d, 'base64url');
  return Buffer.from(hkdfSync('sha256', secret, '', use, keyBytes));
}

/** The key that encrypts cursors of streams. */
export const readCursorKey = (ownKeys: KeyStore): Promise<Buffer | undefined> =>
  deriveKey(ownKeys, 'hub change cursors');

/** The key that seals the cookies of sessions. */
export const readSessionKey = (ownKeys: KeyStore): Promise<Buffer | undefined> =>
  deriveKey(ownKeys, 'hub sessions');

/** The key that encrypts what hubs send each other. */
export const readSharedStateKey = (ownKeys: KeyStore): Promise<Buffer | undefined> =>
  deriveKey(ownKeys, 'hub shared state');

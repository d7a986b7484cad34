import { hubIssuer, type KeyStore } from '@hub/shared/identity';
import { hkdfSync } from 'node:crypto';

const keyBytes = 32;

/**
 * The key that encrypts cursors of streams: derived from the hub’s own signing key, so that all
 * workers and hubs have the same, also after a restart. Undefined without a key.
 */
export async function readCursorKey(ownKeys: KeyStore): Promise<Buffer | undefined> {
  const [key] = await ownKeys.signingKeysOf(hubIssuer);
  if (typeof key?.d !== 'string') return undefined;
  const secret = Buffer.from(key.d, 'base64url');
  return Buffer.from(hkdfSync('sha256', secret, '', 'hub change cursors', keyBytes));
}

import { importJWK, type JWK } from 'jose';
import { diffieHellman, hkdfSync, KeyObject, type KeyObject as Key } from 'node:crypto';

/**
 * A secret that two organisations share: both derive it from their own private X25519 key and the
 * other’s public key.
 */
export interface Channel {
  /** Names the two keys from which it was derived. */
  readonly id: string;
  readonly secret: Buffer;
}

const secretBytes = 32;
const purpose = 'cooperation-hub request signature v1';

async function toKey(jwk: JWK): Promise<Key> {
  const key = await importJWK(jwk, 'ECDH-ES');
  if (key instanceof Uint8Array) throw new TypeError('No X25519 key.');
  return KeyObject.from(key);
}

/**
 * Derives the key that signs the hub’s requests to one partner: X25519, then HKDF with SHA-256 over
 * both key ids, the hub’s first.
 */
export async function deriveChannel(
  own: JWK,
  other: JWK,
  hubKeyId: string,
  partnerKeyId: string,
): Promise<Channel> {
  const [privateKey, publicKey] = await Promise.all([toKey(own), toKey(other)]);
  const agreed = diffieHellman({ privateKey, publicKey });
  const id = `${hubKeyId}.${partnerKeyId}`;
  return {
    id,
    secret: Buffer.from(hkdfSync('sha256', agreed, '', `${purpose} ${id}`, secretBytes)),
  };
}

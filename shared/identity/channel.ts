import type { JWK } from 'jose';
import { createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';

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

/**
 * Derives the key that signs the hub’s requests to one partner: X25519, then HKDF with SHA-256 over
 * both key ids, the hub’s first.
 */
export function deriveChannel(
  own: JWK,
  other: JWK,
  hubKeyId: string,
  partnerKeyId: string,
): Channel {
  const agreed = diffieHellman({
    privateKey: createPrivateKey({ key: own, format: 'jwk' }),
    publicKey: createPublicKey({ key: other, format: 'jwk' }),
  });
  const id = `${hubKeyId}.${partnerKeyId}`;
  return {
    id,
    secret: Buffer.from(hkdfSync('sha256', agreed, '', `${purpose} ${id}`, secretBytes)),
  };
}

/**
 * Makes a {@link deriveChannel} that derives once for two keys. A key store returns other objects
 * for replaced keys, so a key that was replaced under the same `kid` is no longer used.
 */
export function createChannels(): typeof deriveChannel {
  const known = new WeakMap<JWK, WeakMap<JWK, Channel>>();
  return (own, other, hubKeyId, partnerKeyId) => {
    const channels = known.get(own) ?? new WeakMap<JWK, Channel>();
    const channel = channels.get(other) ?? deriveChannel(own, other, hubKeyId, partnerKeyId);
    known.set(own, channels.set(other, channel));
    return channel;
  };
}

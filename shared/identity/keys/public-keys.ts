import type { JWK } from 'jose';
import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { KeyFileError, readKeyFile, withoutPrivateParts, type KeySet } from './key-file.js';

/** The members of a JSON Web Key that only its owner may have (RFC 7518, 6). */
const privateParts = ['d', 'k', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];

/**
 * Reads the public keys that another organisation has sent, before they are registered.
 * @throws {@link KeyFileError} `PRIVATE_KEYS_GIVEN` if there is a private key, `PUBLIC_KEYS_INVALID`
 * if a key cannot be used or is missing
 */
export async function readPublicKeys(path: string): Promise<KeySet> {
  const { keys } = await readKeyFile(path);
  if (keys.some((key) => privateParts.some((part) => part in key))) {
    throw new KeyFileError(
      `PRIVATE_KEYS_GIVEN: ${path} has private keys, which must never leave their organisation. ` +
        `It must replace them, and send the file whose name ends in .public.json.`,
    );
  }
  const faults = keys.flatMap((key, index) => {
    const fault = findFault(key, keys.slice(0, index));
    return fault === undefined ? [] : [`key ${index + 1} ${fault}`];
  });
  for (const use of ['sig', 'enc'])
    if (!keys.some((key) => useOf(key) === use)) faults.push(`it needs a key with use "${use}"`);
  if (faults.length > 0) {
    const [first, ...others] = faults;
    const more = others.length > 0 ? `, and ${others.length} more faults` : '';
    throw new KeyFileError(`PUBLIC_KEYS_INVALID: ${path}: ${first}${more}.`);
  }
  return { keys: keys.map(withoutPrivateParts) };
}

/** As the key store reads it. */
const useOf = ({ use = 'sig' }: JWK): string => use;

function findFault(key: JWK, before: readonly JWK[]): string | undefined {
  if (!key.kid) return 'needs a kid';
  if (before.some(({ kid }) => kid === key.kid)) return 'has the kid of an earlier one';
  switch (useOf(key)) {
    case 'sig':
      return canVerify(key) ? undefined : 'must be an Ed25519 or P-256 key, to be used for signing';
    case 'enc':
      return canAgree(key) ? undefined : 'must be an X25519 key, to be used for agreement';
    default:
      return 'must have use "sig" or "enc"';
  }
}

function canVerify(key: JWK): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key, format: 'jwk' });
    return asymmetricKeyType === 'ed25519' || asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}

/** A point of low order is a key of the right form with which no secret can be agreed. */
function canAgree(key: JWK): boolean {
  try {
    const { privateKey } = generateKeyPairSync('x25519');
    diffieHellman({ privateKey, publicKey: createPublicKey({ key, format: 'jwk' }) });
    return true;
  } catch {
    return false;
  }
}

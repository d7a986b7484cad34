import { calculateJwkThumbprint } from 'jose';
import type { KeySet } from './key-file.js';

/** A public key, as two people compare it by telephone. */
export interface Fingerprint {
  readonly use: 'signing' | 'agreement';
  /** The RFC 7638 thumbprint of the key itself, whatever the file calls it. */
  readonly thumbprint: string;
}

/** The fingerprints of all keys of a file, in their order. */
export function fingerprintsOf({ keys }: KeySet): Promise<Fingerprint[]> {
  return Promise.all(
    keys.map(async (key) => ({
      use: key.use === 'enc' ? ('agreement' as const) : ('signing' as const),
      thumbprint: await calculateJwkThumbprint(key),
    })),
  );
}

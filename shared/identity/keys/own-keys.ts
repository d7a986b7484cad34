import type { JWK } from 'jose';
import { createKeyStore, type KeyFiles } from './key-store.js';

export interface OwnKeysOptions {
  readonly code: string;
  /** The file of the private keys. */
  readonly privateKeys: string;
  readonly clock?: (() => Date) | undefined;
}

const privateEnd = '.private.json';

/**
 * An organisation’s own private keys. If the public keys are beside them under the same name, they
 * are compared. Keys that do not match are `FOREIGN`, because others would reject their signatures.
 */
export function createOwnKeys({ code, privateKeys, clock }: OwnKeysOptions): KeyFiles {
  const publicKeys = privateKeys.endsWith(privateEnd)
    ? [[code, `${privateKeys.slice(0, -privateEnd.length)}.public.json`] as const]
    : [];
  const own = createKeyStore({ files: new Map([[code, privateKeys]]), clock });
  const known = createKeyStore({ files: new Map(publicKeys), clock });
  return {
    signingKeysOf: own.signingKeysOf,
    agreementKeysOf: own.agreementKeysOf,
    changedAt: own.changedAt,
    async problemOf(organisation) {
      const [problem, publicProblem] = await Promise.all([
        own.problemOf(organisation),
        known.problemOf(organisation),
      ]);
      if (problem || publicProblem) return problem;
      return (await belongTogether(organisation)) ? undefined : 'FOREIGN';
    },
  };

  /** While keys are being replaced, each side has several. Only the used ones are compared. */
  async function belongTogether(organisation: string): Promise<boolean> {
    const [[signing], agreements, knownSignings, [knownAgreement]] = await Promise.all([
      own.signingKeysOf(organisation),
      own.agreementKeysOf(organisation),
      known.signingKeysOf(organisation),
      known.agreementKeysOf(organisation),
    ]);
    return isAmong(signing, knownSignings) && isAmong(knownAgreement, agreements);
  }
}

const isAmong = (key: JWK | undefined, keys: readonly JWK[]): boolean =>
  keys.some(
    ({ kid, crv, x, y }) => kid === key?.kid && crv === key?.crv && x === key?.x && y === key?.y,
  );

import { HubError } from '@hub/shared/errors';
import {
  anonymous,
  examineToken,
  type KeyStore,
  type Providers,
  type Reader,
  type VerifiedToken,
} from '@hub/shared/identity';
import { LRUCache } from 'lru-cache';

/** Tells by the `Authorization` header who asks: at once where that is known. */
export type Authenticate = (authorization: string | undefined) => Reader | Promise<Reader>;

export interface AuthenticateOptions {
  /** The registered keys of the home organisations. */
  readonly keys: KeyStore;
  /** The OpenID Connect providers of those that have one. @default none */
  readonly providers?: Providers;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

const bearer = /^bearer +([\w.~+/-]+=*)$/i;

/**
 * Good tokens are remembered up to this many characters, so that their signatures are verified once. With what is known
 * of it a token takes some four times its text.
 */
const rememberedLength = 4_000_000;

interface Known {
  readonly verified: VerifiedToken;
  readonly reader: Reader;
  /** When its key was last looked for, in ms since the epoch. */
  keySeenAt: number;
}

/** So long a token’s key is not looked for again, in ms. It adds to how long a key store does not look. */
const keySeenMs = 1_000;

/**
 * Builds the check of `Authorization: Bearer …`. Without the header the reader is anonymous; a header that is not a
 * good token is never taken for none. A token’s time is looked at every time, and every second whether its key still counts.
 * @throws HubError `UNAUTHENTICATED`, from the promise.
 */
export function createAuthenticate({
  keys,
  providers,
  clock = () => new Date(),
}: AuthenticateOptions): Authenticate {
  const good = new LRUCache<string, Known>({
    maxSize: rememberedLength,
    sizeCalculation: (_known, token) => token.length,
  });
  const examine = async (token: string, known: Known | undefined): Promise<Reader> => {
    const keySeenAt = clock().getTime();
    if (known && (await known.verified.isByKnownKey())) {
      known.keySeenAt = keySeenAt;
      return known.reader;
    }
    good.delete(token);
    const verified = await examineToken(token, { audience: 'hub', keys, providers, clock });
    const reader: Reader = Object.freeze({ kind: 'person', ...verified.claims });
    good.set(token, { verified, reader, keySeenAt });
    return reader;
  };
  return (authorization) => {
    if (authorization === undefined) return anonymous;
    const token = bearer.exec(authorization)?.[1];
    if (token === undefined) return Promise.reject(new HubError('UNAUTHENTICATED'));
    const found = good.get(token);
    const known = found?.verified.isInTime() ? found : undefined;
    const age = known ? clock().getTime() - known.keySeenAt : Infinity;
    return known && age >= 0 && age < keySeenMs ? known.reader : examine(token, known);
  };
}

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

/** Tells by the `Authorization` header who asks. */
export type Authenticate = (authorization: string | undefined) => Promise<Reader>;

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
}

/**
 * Builds the check of `Authorization: Bearer …`. Without the header the reader is anonymous; a header that is not a
 * good token is never taken for none. A token’s time, and whether its key still counts, are looked at every time.
 * @throws HubError `UNAUTHENTICATED` from the function.
 */
export function createAuthenticate({ keys, providers, clock }: AuthenticateOptions): Authenticate {
  const good = new LRUCache<string, Known>({
    maxSize: rememberedLength,
    sizeCalculation: (_known, token) => token.length,
  });
  return async (authorization) => {
    if (authorization === undefined) return anonymous;
    const token = bearer.exec(authorization)?.[1];
    if (token === undefined) throw new HubError('UNAUTHENTICATED');
    const known = good.get(token);
    if (known && (await known.verified.isStillGood())) return known.reader;
    good.delete(token);
    const verified = await examineToken(token, { audience: 'hub', keys, providers, clock });
    const reader: Reader = Object.freeze({ kind: 'person', ...verified.claims });
    good.set(token, { verified, reader });
    return reader;
  };
}

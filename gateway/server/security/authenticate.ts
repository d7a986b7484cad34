import { HubError } from '@hub/shared/errors';
import { anonymous, type KeyStore, type Reader, tokens } from '@hub/shared/identity';
import { LRUCache } from 'lru-cache';

/**
 * Identifies the caller by the `Authorization` header. Returns at once if the token is already
 * known.
 */
export type Authenticate = (authorization: string | undefined) => Reader | Promise<Reader>;

export interface AuthenticateOptions {
  /** The registered keys of the home organisations. */
  readonly keys: KeyStore;
  /** The OpenID Connect providers of those that have one. @default none */
  readonly providers?: tokens.Providers;
  /** Whether the access of a person was ended after her token was made. @default nobody’s was */
  readonly isRevoked?: (bearer: tokens.Bearer, issuedAt: number) => boolean;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

const bearer = /^bearer +([\w.~+/-]+=*)$/i;

/**
 * Valid tokens are cached up to this many characters in total, so that each signature is verified
 * once. In memory, a token takes about four times its text.
 */
const rememberedLength = 4_000_000;

interface Known {
  readonly verified: tokens.VerifiedToken;
  readonly reader: Reader;
  /** When its key was last checked, in ms since the epoch. */
  keySeenAt: number;
}

/**
 * How long a token’s key is not checked again, in ms. This adds to the time that the key store
 * caches.
 */
const keySeenMs = 1_000;

/**
 * Makes the check of `Authorization: Bearer …`. Without the header the caller is anonymous. An
 * invalid token is rejected and never treated as anonymous. Expiry and revocations are checked every
 * time, and the key every second.
 * @throws HubError `UNAUTHENTICATED`, from the promise.
 */
export function createAuthenticate({
  keys,
  providers,
  isRevoked = () => false,
  clock = () => new Date(),
}: AuthenticateOptions): Authenticate {
  const good = new LRUCache<string, Known>({
    maxSize: rememberedLength,
    sizeCalculation: (_known, token) => token.length,
  });
  const isOver = ({ bearer, issuedAt }: tokens.VerifiedToken): boolean =>
    isRevoked(bearer, issuedAt);
  const examine = async (token: string, known: Known | undefined): Promise<Reader> => {
    const keySeenAt = clock().getTime();
    if (known && !isOver(known.verified) && (await known.verified.isByKnownKey())) {
      known.keySeenAt = keySeenAt;
      return known.reader;
    }
    good.delete(token);
    const verified = await tokens.verifyToken(token, { audience: 'hub', keys, providers, clock });
    // Without the reason, which would help only a thief.
    if (isOver(verified)) throw new HubError('UNAUTHENTICATED');
    const reader: Reader = Object.freeze(verified.bearer);
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
    const isFresh = known !== undefined && age >= 0 && age < keySeenMs && !isOver(known.verified);
    return isFresh ? known.reader : examine(token, known);
  };
}

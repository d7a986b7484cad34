import { HubError } from '@hub/shared/errors';
import {
  anonymous,
  verifyToken,
  type KeyStore,
  type Providers,
  type Reader,
} from '@hub/shared/identity';

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
 * Builds the check of `Authorization: Bearer …`. Without the header the reader is anonymous; a header that is not a
 * good token is never taken for none.
 * @throws HubError `UNAUTHENTICATED` from the function.
 */
export function createAuthenticate({ keys, providers, clock }: AuthenticateOptions): Authenticate {
  return async (authorization) => {
    if (authorization === undefined) return anonymous;
    const token = bearer.exec(authorization)?.[1];
    if (token === undefined) throw new HubError('UNAUTHENTICATED');
    const claims = await verifyToken(token, { audience: 'hub', keys, providers, clock });
    return { kind: 'person', ...claims };
  };
}

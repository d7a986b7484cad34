import { HubError } from '@hub/shared/errors';
import { verifyToken, type KeyStore, type Role } from '@hub/shared/identity';

/** Who asks. */
export type Reader =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'person';
      /** The code of the home organisation, which vouches for the rest. */
      readonly organisation: string;
      readonly subject: string;
      readonly role: Role;
      readonly purpose: string | undefined;
    };

/** Tells by the `Authorization` header who asks. */
export type Authenticate = (authorization: string | undefined) => Promise<Reader>;

export const anonymous: Reader = Object.freeze({ kind: 'anonymous' });

export interface AuthenticateOptions {
  /** The registered keys of the home organisations. */
  readonly keys: KeyStore;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

const bearer = /^bearer +([\w.~+/-]+=*)$/i;

/**
 * Builds the check of `Authorization: Bearer …`. Without the header the reader is anonymous; a header that is not a
 * good token is never taken for none.
 * @throws HubError `UNAUTHENTICATED` from the function.
 */
export function createAuthenticate({ keys, clock }: AuthenticateOptions): Authenticate {
  return async (authorization) => {
    if (authorization === undefined) return anonymous;
    const token = bearer.exec(authorization)?.[1];
    if (token === undefined) throw new HubError('UNAUTHENTICATED');
    return { kind: 'person', ...(await verifyToken(token, { audience: 'hub', keys, clock })) };
  };
}

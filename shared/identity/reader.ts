import type { Role } from './token.js';

/** The caller, as the owner of data sees it. */
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

export const anonymous: Reader = Object.freeze({ kind: 'anonymous' });

/** True for a partner’s own server, which calls in its organisation’s name. */
export const isService = (reader: Reader): boolean =>
  reader.kind === 'person' && reader.role === 'service';

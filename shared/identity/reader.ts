import { z } from 'zod';
import { isOneLine, oneLineRule } from '../system/one-line.js';

/** The role of a person in the organisation, as in the network’s table of access rights. */
export const roles = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'] as const;
export type Role = (typeof roles)[number];

interface SignedIn {
  /** The code of the home organisation, which vouches for the rest. */
  readonly organisation: string;
  readonly subject: string;
  readonly purpose: string | undefined;
}

/** A caller who works for an organisation, or its server. */
interface Person extends SignedIn {
  readonly kind: 'person';
  readonly role: Role;
}

/**
 * A caller who travels. What does not name her treats her as anonymous: she reads what is marked
 * as hers, and what everybody reads.
 */
export interface Participant extends SignedIn {
  readonly kind: 'participant';
  /** The id of her own record, which her home organisation owns. */
  readonly person: string;
}

/** The caller, as the owner of data sees it. */
export type Reader = { readonly kind: 'anonymous' } | Person | Participant;

export const anonymous: Reader = Object.freeze({ kind: 'anonymous' });

/** The role of a caller, as records and logs name it. */
export const roleOf = (reader: Reader): Role | 'participant' | 'anonymous' =>
  reader.kind === 'person' ? reader.role : reader.kind;

/** A text that stands in records of who read: one line that shows all that is in it. */
export const recordedText = z.string().min(1).max(256).refine(isOneLine, oneLineRule);

/** True for the id of a record that an organisation owns: it speaks for its own people alone. */
export const isOwnRecord = (id: string, organisation: string): boolean =>
  id.startsWith(`${organisation}:`) && id.length > organisation.length + 1;

/** True for a partner’s own server, which calls in its organisation’s name. */
export const isService = (reader: Reader): boolean =>
  reader.kind === 'person' && reader.role === 'service';

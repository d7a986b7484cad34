import { computed, signal } from '@preact/signals';
import { countryOfPolice } from '../frame/settings.ts';

/** Who has signed in, as the hub says. */
export interface Person {
  readonly organisation: string;
  readonly role: string;
  /** Of a participant: her record. */
  readonly person?: string | undefined;
}

/** A session of this browser. Its token is in a cookie, which no script can read. */
export interface Session extends Person {
  readonly id: string;
  readonly subject: string;
  /** How long the hub takes its token. */
  readonly secondsLeft: number;
  /** Whether the provider gives another token. */
  readonly isRenewable: boolean;
}

/** Why a session is over, as far as the hub knows. */
export type SessionEnd = 'NONE' | 'EXPIRED' | 'SIGNED_OUT' | 'REVOKED' | 'REPLACED';

/** Also one that is over, until somebody signs in again or leaves: what stands in its forms is hers. */
export const session = signal<Session | undefined>(undefined);

/** Why the session of this page is over. Undefined while it is open. */
export const ended = signal<SessionEnd | undefined>(undefined);

/** The signed-in person. */
export const person = computed<Person | undefined>(() => session.value);

/** The country of the reader’s police force, whose code it has; null for others. */
export const countryOfReader = (): string | null =>
  countryOfPolice(person.value?.organisation ?? '');

/** Whether the reader is of those who have tasks. */
export const isStaff = (): boolean => ['coordinator', 'liaison'].includes(person.value?.role ?? '');

const nameOf = ({ organisation, role, subject, person: record }: Session): string =>
  JSON.stringify([organisation, role, subject, record]);

export const isSamePerson = (one: Session, other: Session): boolean =>
  nameOf(one) === nameOf(other);

/** Changes with the person who reads, and not when she signs in again. */
export const reader = computed<string | undefined>(() => session.value && nameOf(session.value));

/** With it, the hub takes the cookie of the session. Other sites’ pages cannot send it. */
export const sessionHeaders = (): Readonly<Record<string, string>> =>
  session.peek() ? { 'hub-session': session.peek()?.id ?? '' } : {};

import { isIPv6 } from 'node:net';
import type { Reader } from '../../identity/reader.js';

/** One IPv6 client usually has a whole network of 64 bits. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.') || !isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const groups =
    tail === undefined
      ? first
      : [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
  return groups.slice(0, 4).join(':');
}

/**
 * Who uses a slot: a member of a group. A person of an organisation, or an address of a network.
 */
export interface Caller {
  readonly group: string;
  readonly member: string;
}

type Person = Exclude<Reader, { kind: 'anonymous' }>;

const callers = new WeakMap<Person, Caller>();

/**
 * A person or a participant as a caller. An organisation’s code contains no space, and an address neither, so
 * callers of different kinds never have the same key.
 */
export function callerOfPerson(person: Person): Caller {
  const known = callers.get(person);
  if (known) return known;
  const { organisation, subject } = person;
  const caller = { group: organisation, member: `${organisation} ${subject}` };
  callers.set(person, caller);
  return caller;
}

import { pagination } from '@hub/shared/database';
import { HubError } from '@hub/shared/errors';
import type { Contact } from './contact.js';
import type { CountedContacts } from './counted-contacts.js';

interface ContactKeys {
  readonly strength: number;
  readonly between: readonly [string, string];
}

function readAfter(after: string): ContactKeys {
  const [strength, first, second] = pagination.decodeCursor(after, 3);
  if (!/^\d{1,9}$/.test(strength ?? '') || first == null || second == null) {
    throw new HubError('BAD_USER_INPUT', {
      argument: 'after',
      message: '`after` is not a cursor of this list.',
    });
  }
  return { strength: Number(strength), between: [first, second] };
}

const keysOf = ({ strength, between }: Contact): pagination.SortKeys => [
  String(strength),
  ...between,
];

function isAfter({ strength, between: [a, b] }: Contact, last: ContactKeys): boolean {
  if (strength !== last.strength) return strength < last.strength;
  const [c, d] = last.between;
  return a === c ? b > d : a > c;
}

/**
 * A page of contacts, the strongest first, then by their two ids.
 * @throws HubError `BAD_USER_INPUT` for a minimum below 1, an invalid page size or an invalid
 * cursor.
 */
export function pageContacts(
  { byStrength }: CountedContacts,
  minimum: number,
  { first: asked, after }: pagination.PageArguments,
): pagination.Connection<Contact> {
  if (minimum < 1) {
    throw new HubError('BAD_USER_INPUT', {
      argument: 'minimum',
      message: '`minimum` must be 1 or more.',
    });
  }
  const first = pagination.readPageSize(asked);
  const last = after == null ? undefined : readAfter(after);
  const all = byStrength.filter(({ strength }) => strength >= minimum);
  const start = last ? all.findIndex((contact) => isAfter(contact, last)) : 0;
  const rest = start < 0 ? [] : all.slice(start, start + first + 1);
  return {
    ...pagination.createPage(rest, { first, after }, keysOf, (node) => node),
    totalCount: all.length,
    countAtLeast: all.length,
  };
}

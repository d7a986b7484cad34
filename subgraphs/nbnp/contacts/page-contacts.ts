import { pagination } from '@hub/shared/database';
import { refuseInput } from '@hub/shared/errors';
import type { Contact } from './contact.js';
import type { CountedContacts } from './counted-contacts.js';

interface ContactKeys {
  readonly strength: number;
  readonly between: readonly [string, string];
}

function readKeys(request: pagination.PageRequest): ContactKeys | undefined {
  const keys = pagination.readCursor(request, 3);
  if (!keys) return undefined;
  const [strength, first, second] = keys;
  if (!/^\d{1,9}$/.test(strength ?? '') || first == null || second == null)
    throw pagination.foreignCursor(request.isBackwards ? 'before' : 'after');
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

const isAt = ({ strength, between: [a, b] }: Contact, { strength: other, between }: ContactKeys) =>
  strength === other && a === between[0] && b === between[1];

/** One more than a page has, from its start; backwards, from its end. */
function findRest(
  all: readonly Contact[],
  { size, isBackwards }: pagination.PageRequest,
  cursor: ContactKeys | undefined,
): Contact[] {
  if (!isBackwards) {
    const start = cursor ? all.findIndex((contact) => isAfter(contact, cursor)) : 0;
    return start < 0 ? [] : all.slice(start, start + size + 1);
  }
  const found = cursor
    ? all.findIndex((contact) => isAt(contact, cursor) || isAfter(contact, cursor))
    : -1;
  const end = found < 0 ? all.length : found;
  return all.slice(Math.max(0, end - size - 1), end).reverse();
}

/**
 * A page of contacts, the strongest first, then by their two ids.
 * @throws HubError `BAD_USER_INPUT` for a minimum below 1, an invalid page size or an invalid
 * cursor.
 */
export function pageContacts(
  { byStrength }: CountedContacts,
  minimum: number,
  page: pagination.PageArguments,
): pagination.Connection<Contact> {
  if (minimum < 1) refuseInput('minimum', '`minimum` must be 1 or more.');
  const request = pagination.readPageRequest(page);
  const all = byStrength.filter(({ strength }) => strength >= minimum);
  const rest = findRest(all, request, readKeys(request));
  return {
    ...pagination.createPage(rest, request, keysOf, (node) => node),
    totalCount: all.length,
    countAtLeast: all.length,
  };
}

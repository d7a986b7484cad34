import type { Change } from '@graphql-inspector/core';

/** The schema coordinate of a change: `Query.officers.search` of an argument is `Query.officers(search:)`. */
export function coordinateOf({ type, path = '' }: Pick<Change, 'type' | 'path'>): string {
  // A directive at the end is one that the element has.
  const [parent = '', member, argument] = path
    .split('.')
    .filter((part, index) => index === 0 || !part.startsWith('@'));
  if (member === undefined) return parent;
  if (parent.startsWith('@')) return `${parent}(${member}:)`;
  return type.includes('ARGUMENT') && argument !== undefined
    ? `${parent}.${member}(${argument}:)`
    : `${parent}.${member}`;
}

import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { fold } from './fold.js';

/**
 * The text that a search searches, for a private column: the databases fold case differently, and
 * do not ignore marks. Null parts are left out.
 * @example unit.searchText = toSearchText(unit.name, unit.acronym, ...unit.variants);
 */
export function toSearchText(...parts: readonly (string | null | undefined)[]): string {
  return parts
    .filter((part) => part != null)
    .map(fold)
    .join('\n');
}

/** Keeps the rows whose search text contains the term: literally, in any case, with marks or without. */
export function containsText<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  property: string,
  term: string,
): SelectQueryBuilder<T> {
  // PostgreSQL knows no NUL, so no text has one.
  if (term.includes('\0')) return query.andWhere('1 = 0');
  const find = query.connection.options.type === 'postgres' ? 'strpos' : 'instr';
  return query.andWhere(`${find}(${query.alias}.${property}, :searchTerm) > 0`, {
    searchTerm: fold(term),
  });
}

import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { fold } from './fold.js';
import { toPattern } from './postgres-search-index.js';
import { searchIndexesOf } from './search-indexes.js';
import { toMatch } from './sqlite-search-index.js';

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

/**
 * Keeps the rows whose search text contains the term: literally, in any case, with marks or without.
 * An index finds the rows if the column has one (`searchIndexesOf`) and the term has three letters.
 */
export function containsText<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  property: string,
  term: string,
): SelectQueryBuilder<T> {
  // PostgreSQL knows no NUL, so no text has one.
  if (term.includes('\0')) return query.andWhere('1 = 0');
  const { alias, connection } = query;
  const searchTerm = fold(term);
  if (connection.options.type === 'postgres')
    return query.andWhere(`${alias}.${property} LIKE :searchPattern`, {
      searchPattern: toPattern(searchTerm),
    });
  query.andWhere(`instr(${alias}.${property}, :searchTerm) > 0`, { searchTerm });
  const searchMatch = toMatch(searchTerm);
  const name = searchMatch && findIndex(query, property);
  if (!name) return query;
  const candidates = `SELECT rowid FROM "${name}" WHERE "${name}" MATCH :searchMatch`;
  return query.andWhere(`"${alias}".rowid IN (${candidates})`, { searchMatch });
}

function findIndex<T extends ObjectLiteral>(
  { expressionMap: { mainAlias } }: SelectQueryBuilder<T>,
  property: string,
): string | undefined {
  if (!mainAlias) return undefined;
  const { metadata } = mainAlias;
  const column = metadata.findColumnWithPropertyName(property)?.databaseName;
  return searchIndexesOf(metadata).find((index) => index.column === column)?.name;
}

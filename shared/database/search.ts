import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Composing takes time by the square of how many marks follow each other; no letter of any language has so many. */
const manyMarks = /(\p{M}{30})\p{M}+/gu;

/** The text in one case, with its letters composed. Of what is on one letter, the first 30 marks count. */
export const fold = (text: string): string =>
  text.replace(manyMarks, '$1').normalize('NFC').toLowerCase();

/**
 * The text that a search looks through, for a private column: the databases do not agree on what a letter’s other case
 * is. Null parts are left out.
 * @example unit.searchText = toSearchText(unit.name, unit.acronym, ...unit.variants);
 */
export function toSearchText(...parts: readonly (string | null | undefined)[]): string {
  return parts
    .filter((part) => part != null)
    .map(fold)
    .join('\n');
}

/** Keeps the rows whose search text contains the term, literally and in any case. */
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

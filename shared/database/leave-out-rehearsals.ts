import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Leaves out the rows that were made for rehearsals, unless the caller asks for them. */
export function leaveOutRehearsals<Row extends ObjectLiteral & { readonly isRehearsal: boolean }>(
  query: SelectQueryBuilder<Row>,
  rehearsals: boolean | null | undefined,
): SelectQueryBuilder<Row> {
  return rehearsals === true ? query : query.andWhere(`NOT ${query.alias}.isRehearsal`);
}

/** The same for the rows of a loader. */
export const withoutRehearsals = (rehearsals: boolean | null | undefined) =>
  rehearsals === true ? {} : { where: { isRehearsal: false } };

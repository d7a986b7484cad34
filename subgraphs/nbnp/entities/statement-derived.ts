import { textSearch } from '@hub/shared/database';
import type { Statement, StatementCountry } from './statement.entity.js';

/** The stored columns of a statement that searches use. */
export const deriveStatementColumns = ({
  text,
}: Pick<Statement, 'text'>): Pick<Statement, 'searchText'> => ({
  searchText: textSearch.toSearchText(text),
});

/** The countries that a statement names, in the order in which they were named. */
export const toStatementCountries = (
  statementId: string,
  countries: readonly string[],
): StatementCountry[] => countries.map((country, position) => ({ statementId, country, position }));

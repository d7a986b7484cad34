import { textSearch, whereText } from '@hub/shared/database';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { leaveOutRehearsals } from '../access/leave-out-rehearsals.js';
import { Event } from '../entities/event.entity.js';
import { Statement, StatementCountry } from '../entities/statement.entity.js';
import type { StatementFilter } from './statement.input.js';

/** Builds the query for the statements that a filter selects. */
export function findStatements(
  source: DataSource,
  { about, kind, country, search, rehearsals }: StatementFilter,
): SelectQueryBuilder<Statement> {
  const statements = source.getRepository(Statement).createQueryBuilder('statement');
  if (rehearsals !== true) {
    const programmeOfEvent = statements
      .subQuery()
      .select('event.programmeId')
      .from(Event, 'event')
      .where('event.id = statement.eventId');
    leaveOutRehearsals(statements, 'statement.programmeId');
    leaveOutRehearsals(statements, programmeOfEvent.getQuery());
  }
  if (about != null) {
    whereText(
      statements,
      '(statement.programmeId = :about OR statement.eventId = :about OR statement.organisationId = :about)',
      { about },
    );
  }
  if (kind != null) statements.andWhere('statement.kind = :kind', { kind });
  if (country != null) {
    const named = statements
      .subQuery()
      .select('named.statementId')
      .from(StatementCountry, 'named')
      .where('named.statementId = statement.id AND named.country = :country');
    statements.andWhere(`EXISTS ${named.getQuery()}`, { country });
  }
  if (search != null) textSearch.containsText(statements, 'searchText', search);
  return statements;
}

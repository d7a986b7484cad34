import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Programme } from '../entities/programme.entity.js';

/**
 * Leaves out what belongs to a rehearsal.
 * @param column that has the id of the programme; null in it is no programme
 */
export function leaveOutRehearsals<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  column: string,
): void {
  const rehearsals = query
    .subQuery()
    .select('rehearsal.id')
    .from(Programme, 'rehearsal')
    .where('rehearsal.isRehearsal');
  query.andWhere(`(${column} IS NULL OR ${column} NOT IN ${rehearsals.getQuery()})`);
}

import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Event } from '../entities/event.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { loadOne, type WithLoaders } from './load-related.js';

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

/** Whether a programme is a rehearsal. What belongs to no programme is real. */
export const isOfRehearsal = async (id: string | null, context: WithLoaders): Promise<boolean> =>
  (await loadOne(Programme, id, context))?.isRehearsal ?? false;

/** The events of no rehearsal, or all if the caller asks for them. */
export async function selectEvents(
  events: readonly Event[],
  rehearsals: boolean | null,
  context: WithLoaders,
): Promise<readonly Event[]> {
  if (rehearsals === true) return events;
  const areInvented = await Promise.all(
    events.map(({ programmeId }) => isOfRehearsal(programmeId, context)),
  );
  return events.filter((_, index) => !areInvented[index]);
}

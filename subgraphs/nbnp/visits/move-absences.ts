import { groupVisits } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { Absence, type Visit } from '../entities/visit.entity.js';
import type { Days } from './visit-overlaps.js';

async function moveAbsences(
  manager: EntityManager,
  { id: visitId }: Visit,
  move: (from: string) => string,
): Promise<void> {
  for (const { participantId, from } of await manager.findBy(Absence, { visitId }))
    await manager.update(Absence, { visitId, participantId }, { from: move(from) });
}

/** Moves the absences of a visit with it, by as many days, but not beyond its new end. */
export async function moveAbsencesWith(
  manager: EntityManager,
  visit: Visit,
  { startsOn, endsOn }: Days,
): Promise<void> {
  const shift = Date.parse(startsOn) - Date.parse(visit.startsOn ?? startsOn);
  await moveAbsences(manager, visit, (from) => {
    const moved = new Date(Date.parse(from) + shift).toISOString().slice(0, 10);
    return moved < endsOn ? moved : endsOn;
  });
}

/**
 * Somebody who misses the whole visit is absent from its departure on. So if the group departs
 * earlier than planned, the absence begins earlier too.
 */
export const moveAbsencesToDeparture = (
  manager: EntityManager,
  visit: Visit,
  departedOn: string,
): Promise<void> =>
  moveAbsences(manager, visit, (from) =>
    groupVisits.missesVisit(visit, from) && departedOn < from ? departedOn : from,
  );

import { dates } from '@hub/shared/graphql';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';

/**
 * Ids of groups, visits and programmes whose debriefing, return or signature an earlier version
 * accepted, although it breaks the rule TOO_LATE, or DATE_ORDER for a
 * return.
 */
export async function findLateRecords(manager: EntityManager): Promise<string[]> {
  const programmes = new Map((await manager.find(Programme)).map((one) => [one.id, one]));
  const isLate = (programmeId: string, on: string | null) =>
    on !== null && on > dates.lastPaperworkDay(programmes.get(programmeId) ?? {});
  const groups = new Map((await manager.find(Group)).map((one) => [one.id, one.programmeId]));
  const debriefings = await manager.findBy(GroupMeeting, { kind: 'DEBRIEFING' });
  const visits = await manager.findBy(Visit, { returnedOn: Not(IsNull()) });
  const signatures = await manager.find(EvaluationSignature);
  return [
    ...debriefings
      .filter(({ groupId, on }) => isLate(groups.get(groupId) ?? '', on))
      .map(({ groupId }) => groupId),
    ...visits
      .filter((one) => (one.returnedOn ?? '') > dates.lastReturnDay(one))
      .map(({ id }) => id),
    ...signatures
      .filter((one) => isLate(one.programmeId, one.signedOn))
      .map(({ programmeId }) => programmeId),
  ].toSorted();
}

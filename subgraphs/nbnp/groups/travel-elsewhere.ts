import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Visit } from '../entities/visit.entity.js';

/**
 * The visits of other groups that have one of these officers as a member, without cancelled visits
 * and groups.
 */
async function findVisitsElsewhere(
  manager: EntityManager,
  groupId: string,
  officerIds: readonly string[],
): Promise<Visit[]> {
  const accepted = await manager.findBy(OfficerNomination, {
    officerId: In([...officerIds]),
    groupId: Not(groupId),
    acceptedOn: Not(IsNull()),
    declinedOn: IsNull(),
    reserve: false,
  });
  const groups = await manager.findBy(Group, {
    id: In(accepted.map((nomination) => nomination.groupId)),
    cancelledOn: IsNull(),
  });
  return manager.findBy(Visit, {
    groupId: In(groups.map(({ id }) => id)),
    cancelledOn: IsNull(),
  });
}

/** A visit without dates overlaps nothing. */
const isDated = ({ startsOn, endsOn }: dates.Span): boolean => startsOn != null && endsOn != null;

/**
 * Refuses to let an officer travel in two groups at the same time.
 * @param spans the days of the group’s own visits
 * @throws HubError `RULE_VIOLATED` OVERLAPPING_GROUPS
 */
export async function checkTravelElsewhere(
  manager: EntityManager,
  groupId: string,
  officerIds: readonly string[],
  spans: readonly dates.Span[],
  argument: string,
): Promise<void> {
  const days = spans.filter(isDated);
  if (officerIds.length === 0 || days.length === 0) return;
  const elsewhere = (await findVisitsElsewhere(manager, groupId, officerIds)).filter(isDated);
  if (elsewhere.some((visit) => days.some((span) => dates.doOverlap(visit, span))))
    violateRule('OVERLAPPING_GROUPS', argument);
}

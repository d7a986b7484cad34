import { HubError, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { In, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { Group } from '../entities/group.entity.js';
import { ExpertAssignment, Visit } from '../entities/visit.entity.js';
import { checkTravelElsewhere, type GroupForChange } from '../groups/group-for-change.js';
import { findGroupSides } from '../sides/load-sides.js';

/**
 * The planned days of a visit. They decide overlaps, independent of the recorded departure and
 * return.
 */
export interface Days {
  readonly startsOn: string;
  readonly endsOn: string;
}

/**
 * The visits on any of these days, without cancelled visits and those of cancelled groups. A visit
 * without dates overlaps nothing.
 */
function findVisitsOn(
  manager: EntityManager,
  { startsOn, endsOn }: Days,
): SelectQueryBuilder<Visit> {
  return manager
    .createQueryBuilder(Visit, 'visit')
    .innerJoin(Group, 'travelling', 'travelling.id = visit.groupId')
    .where('travelling.cancelledOn IS NULL AND visit.cancelledOn IS NULL')
    .andWhere('visit.startsOn <= :endsOn AND visit.endsOn >= :startsOn', { startsOn, endsOn });
}

/** The other groups that may have the same delegates and travel on any of these days. */
async function findGroupsOn(manager: EntityManager, own: Group, days: Days): Promise<string[]> {
  const visits = await findVisitsOn(manager, days)
    .andWhere('visit.groupId <> :own', { own: own.id })
    .getMany();
  const groups = await manager.findBy(Group, { id: In(visits.map(({ groupId }) => groupId)) });
  const found: string[] = [];
  for (const group of groups)
    if (sides.sendsDelegates(await findGroupSides(manager, group))) found.push(group.id);
  return found;
}

/** The visits that a group makes, on their planned days. */
export interface TravellingOn {
  readonly visits: readonly Pick<Visit, 'id' | 'startsOn' | 'endsOn'>[];
}

/**
 * Refuses days on which the group is on another visit.
 * @param own the visit that is moved; undefined for a new one
 * @throws HubError `RULE_VIOLATED` OVERLAPPING_VISITS
 */
export function checkOneVisit({ visits }: TravellingOn, days: Days, own?: Visit): void {
  const others = visits.filter(
    ({ id, startsOn, endsOn }) => id !== own?.id && startsOn !== null && endsOn !== null,
  );
  if (others.some((other) => dates.doOverlap(other, days)))
    violateRule('OVERLAPPING_VISITS', 'input.startsOn');
}

/** The groups for which a group’s delegates are selected. Undefined if no request was necessary. */
export type DelegateGroups = ReadonlySet<string> | undefined;

interface DelegatesResponse {
  readonly delegates?:
    | readonly {
        readonly nominations?:
          | readonly {
              readonly status: string;
              readonly reserve?: boolean | null;
              readonly group: { readonly id: string } | null;
            }[]
          | null;
      }[]
    | null;
}

/**
 * Asks the offices for which groups the delegates of a group are selected. Sends a request only if
 * another group travels on these days.
 * @throws HubError `PARTNER_…`
 */
export async function askDelegateGroups(
  { source, askHub }: Pick<PartnerContext, 'source' | 'askHub'>,
  { group, sides: between }: GroupForChange,
  days: Days,
): Promise<DelegateGroups> {
  if (!sides.sendsDelegates(between)) return undefined;
  if ((await findGroupsOn(source.manager, group, days)).length === 0) return undefined;
  const response = await askHub(
    `query GroupsOfDelegates($id: ID!) {
      group(id: $id) { delegates { nominations { status reserve group { id } } } } }`,
    { id: group.id },
  );
  const { delegates } = (response['group'] ?? {}) as DelegatesResponse;
  if (!delegates) throw new HubError('PARTNER_UNAVAILABLE', { partner: codes.officesCode });
  const selected = delegates
    .flatMap(({ nominations }) => nominations ?? [])
    .filter(({ status, reserve }) => status === 'SELECTED' && !reserve);
  return new Set(selected.flatMap(({ group: one }) => one?.id ?? []));
}

/**
 * Refuses days on which one of a group’s members travels with another group.
 * @throws HubError `RULE_VIOLATED` OVERLAPPING_GROUPS; `CONFLICT` if another overlapping group has
 * appeared since the request
 */
export async function checkOneGroup(
  manager: EntityManager,
  { group, accepted, sides: between }: GroupForChange,
  days: Days,
  delegateGroups: DelegateGroups,
  argument = 'input.startsOn',
): Promise<void> {
  const officers = accepted.map(({ officerId }) => officerId);
  await checkTravelElsewhere(manager, group.id, officers, [days], argument);
  if (!sides.sendsDelegates(between)) return;
  const groups = await findGroupsOn(manager, group, days);
  if (groups.some((id) => delegateGroups?.has(id))) {
    violateRule('OVERLAPPING_GROUPS', argument);
  }
  if (groups.length > 0 && !delegateGroups) {
    throw new HubError('CONFLICT', {
      argument,
      message: 'Another group’s visit on these days was recorded in the meantime. Try again.',
    });
  }
}

/**
 * Refuses days on which one of the experts serves another visit.
 * @throws HubError `RULE_VIOLATED` EXPERT_ELSEWHERE with `argument`
 */
export async function checkExpertsFree(
  manager: EntityManager,
  expertIds: readonly string[],
  visitId: string,
  days: Days,
  argument: string,
): Promise<void> {
  if (expertIds.length === 0) return;
  const isElsewhere = await findVisitsOn(manager, days)
    .innerJoin(ExpertAssignment, 'assignment', 'assignment.visitId = visit.id')
    .andWhere('visit.id <> :visitId', { visitId })
    .andWhere('assignment.expertId IN (:...expertIds)', { expertIds })
    .getExists();
  if (isElsewhere) violateRule('EXPERT_ELSEWHERE', argument);
}

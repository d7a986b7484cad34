import { violateRule } from '@hub/shared/errors';
import { createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import {
  checkInProgramme,
  checkNotCancelled,
  checkNotSigned,
  findGroupForChange,
  hasReturned,
  type GroupForChange,
} from '../groups/group-for-change.js';
import { askMemberCountries } from '../network/ask-members.js';
import { answerHosts } from '../sides/answer-hosts.js';
import {
  askDelegateGroups,
  checkOneGroup,
  checkOneVisit,
  type TravellingOn,
} from './visit-overlaps.js';
import type { ScheduleVisitInput } from './visit.input.js';

/**
 * @param members the countries whose police force is in the network
 * @throws HubError `RULE_VIOLATED` HOST_COUNTRY
 */
export function checkHosts(
  hosts: readonly string[],
  group: sides.GroupSides,
  members: ReadonlySet<string>,
): void {
  const fault = sides.findHostFault(group, hosts, members);
  if (fault) violateRule('HOST_COUNTRY', 'input.hostCountries', fault);
}

/** The days and hosts of a new visit. */
export type NewVisit = Omit<ScheduleVisitInput, 'idempotencyKey'> &
  Partial<Pick<Visit, 'practicalInformation'>>;

/** Finds the group of a new visit, and checks the network’s own rules. */
export async function findScheduling(
  manager: EntityManager,
  plan: NewVisit,
  members: ReadonlySet<string>,
): Promise<GroupForChange> {
  const change = await findGroupForChange(manager, plan.group, 'input.group');
  checkNotCancelled(change, 'input.group');
  // The steps after a return (debriefing, reports) would have to be removed.
  if (hasReturned(change.visits)) violateRule('RETURNED', 'input.group');
  await checkNotSigned(manager, change.programme.id, 'input.group');
  checkNewVisit(change, plan, members);
  return change;
}

/**
 * Checks the days and hosts of a new visit.
 * @throws HubError `RULE_VIOLATED` HOST_COUNTRY, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS
 */
export function checkNewVisit(
  change: Pick<GroupForChange, 'programme' | 'sides'> & TravellingOn,
  plan: Pick<NewVisit, 'hostCountries' | 'startsOn' | 'endsOn'>,
  members: ReadonlySet<string>,
): void {
  checkHosts(plan.hostCountries, change.sides, members);
  checkInProgramme(plan.startsOn, change.programme, 'input.startsOn');
  checkInProgramme(plan.endsOn, change.programme, 'input.endsOn');
  checkOneVisit(change, plan);
}

/**
 * Plans a visit of a group.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED`
 * CANCELLED, RETURNED, EVALUATED, HOST_COUNTRY, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS,
 * OVERLAPPING_GROUPS
 */
export async function scheduleVisit(
  context: PartnerContext,
  input: ScheduleVisitInput,
): Promise<Visit> {
  return perform(context, {
    name: 'scheduleVisit',
    input,
    async ask() {
      const members = await askMemberCountries(context, input.hostCountries);
      const change = await findScheduling(context.source.manager, input, members);
      return { members, delegateGroups: await askDelegateGroups(context, change, input) };
    },
    async write(manager, { members, delegateGroups }) {
      const change = await findScheduling(manager, input, members);
      await checkOneGroup(manager, change, input, delegateGroups);
      const id = createId(context);
      const hosts = answerHosts(id, input.hostCountries, change.sides, members);
      return insertVisit(manager, id, input, hosts);
    },
    find: (manager, id) => manager.findOneBy(Visit, { id }),
  });
}

export async function insertVisit(
  manager: EntityManager,
  id: string,
  { group: groupId, title, startsOn, endsOn, practicalInformation }: NewVisit,
  hosts: readonly VisitHost[],
): Promise<Visit> {
  const days = { startsOn, endsOn };
  await manager.insert(Visit, { id, groupId, title, ...days, practicalInformation, version: 1 });
  await manager.insert(VisitHost, [...hosts]);
  return manager.findOneByOrFail(Visit, { id });
}

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
import { askDelegateGroups, checkOneGroup, checkOneVisit } from './visit-overlaps.js';
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

/** Finds the group of a new visit, and checks the network’s own rules. */
async function findScheduling(
  manager: EntityManager,
  input: ScheduleVisitInput,
  members: ReadonlySet<string>,
): Promise<GroupForChange> {
  const change = await findGroupForChange(manager, input.group, 'input.group');
  checkNotCancelled(change, 'input.group');
  // The steps after a return (debriefing, reports) would have to be removed.
  if (hasReturned(change.visits)) violateRule('RETURNED', 'input.group');
  await checkNotSigned(manager, change.programme.id, 'input.group');
  checkHosts(input.hostCountries, change.sides, members);
  checkInProgramme(input.startsOn, change.programme, 'input.startsOn');
  checkInProgramme(input.endsOn, change.programme, 'input.endsOn');
  checkOneVisit(change, input);
  return change;
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
      const visit = await insertVisit(manager, createId(context), input);
      const hosts = answerHosts(visit.id, input.hostCountries, change.sides, members);
      await manager.insert(VisitHost, hosts);
      return visit;
    },
    find: (manager, id) => manager.findOneBy(Visit, { id }),
  });
}

async function insertVisit(
  manager: EntityManager,
  id: string,
  { group: groupId, title, startsOn, endsOn }: ScheduleVisitInput,
): Promise<Visit> {
  await manager.insert(Visit, { id, groupId, title, startsOn, endsOn, version: 1 });
  return manager.findOneByOrFail(Visit, { id });
}

/** The hosts of a visit, in the order of the request, and who answers for each of them. */
export const answerHosts = (
  visitId: string,
  countries: readonly string[],
  group: sides.GroupSides,
  members: ReadonlySet<string>,
): VisitHost[] =>
  countries.map((country, position) => ({
    visitId,
    country,
    position,
    owner: sides.answererOf(group, country, members),
  }));

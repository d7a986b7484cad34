import { checkNotInvented, createId, findForChange, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { IsNull, type EntityManager } from 'typeorm';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side } from '../entities/side.entity.js';
import { Visit } from '../entities/visit.entity.js';
import {
  askOffice,
  checkCoordinatingOffice,
  checkHasDirection,
  isOpenFor,
  type CoordinatingOffice,
} from '../groups/coordinating-office.js';
import { findPlanning, insertGroup, type GroupPlan } from '../groups/create-group.js';
import type { GroupForChange } from '../groups/group-for-change.js';
import { askMemberCountries } from '../network/ask-members.js';
import { findGroupSides } from '../sides/load-sides.js';
import { checkNewVisit } from '../visits/schedule-visit.js';
import type { CopyGroupInput } from './copy.input.js';
import {
  askSites,
  findPlannedVisits,
  insertPlannedVisit,
  type PlannedVisit,
  type VisitFacts,
} from './planned-visit.js';
import { refuseCopyBy } from './refuse-copy.js';

interface Plan {
  readonly group: Required<GroupPlan>;
  readonly visits: readonly PlannedVisit[];
}

interface Facts extends VisitFacts {
  readonly plan: Plan;
  readonly office: CoordinatingOffice | null;
}

const standsFor = { hostCountries: 'group', site: 'group', endsOn: 'startsOn' };

/**
 * Copies a group and its visits to other days. Nobody travels with the copy yet.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED`
 * EVALUATED, PLANNED_SIZE, HOST_COUNTRY, CLOSED, REHEARSAL, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS,
 * SITE_ELSEWHERE
 */
export const copyGroup = (context: PartnerContext, input: CopyGroupInput): Promise<Group> =>
  refuseCopyBy(standsFor, () =>
    perform<Group, Facts>(context, {
      name: 'copyGroup',
      input,
      async ask() {
        const { manager } = context.source;
        const found = await findPlan(manager, input);
        const { programme, sides } = await findBetween(manager, found);
        const countries = found.visits.flatMap(({ hostCountries }) => hostCountries);
        const members = await askMemberCountries(context, countries);
        checkVisits(found, { programme, sides }, members);
        const { plan, office } = await findOffice(context, input, found, programme);
        const sites = await askSites(context, plan.visits, { programme, sides }, members);
        return { plan, members, office, sites };
      },
      async write(manager, { plan, office, ...facts }) {
        const between = await findBetween(manager, plan);
        checkVisits(plan, between, facts.members);
        checkCoordinatingOffice(office, between.programme, plan.visits);
        const group = await insertGroup(manager, createId(context), plan.group, between.programme);
        for (const visit of plan.visits)
          await insertPlannedVisit(manager, context, { ...between, group }, visit, facts);
        return group;
      },
      find: (manager, id) => manager.findOneBy(Group, { id }),
    }),
  );

/**
 * The compiler asks for each field that a group can plan.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`; `RULE_VIOLATED` REHEARSAL
 */
async function findPlan(manager: EntityManager, input: CopyGroupInput): Promise<Plan> {
  const copied = await findForChange(manager, Group, input.group, 'input.group');
  checkHasDirection(copied, input.coordinatingOffice);
  const programmeId = input.programme ?? copied.programmeId;
  const [own, next] = await Promise.all(
    [copied.programmeId, programmeId].map((id) =>
      findForChange(manager, Programme, id, 'input.programme'),
    ),
  );
  if (own && next) checkNotInvented(own, next, 'input.group');
  const { coordinatingOffice = copied.coordinatingOfficeId } = input;
  const group = {
    programme: programmeId,
    name: input.name,
    direction: copied.direction,
    from: await findSideOf(manager, programmeId, copied.fromSideId),
    to: await findSideOf(manager, programmeId, copied.toSideId),
    plannedSize: input.plannedSize ?? copied.plannedSize,
    coordinatingOffice: copied.direction === null ? null : coordinatingOffice,
  };
  const made = await manager.findBy(Visit, { groupId: copied.id, cancelledOn: IsNull() });
  const visits = await findPlannedVisits(manager, made, input.startsOn, 'input.group');
  return { group, visits };
}

/**
 * The side of a programme that has the name of this side, which may be its own.
 * @throws HubError `NOT_FOUND`
 */
async function findSideOf(
  manager: EntityManager,
  programmeId: string,
  id: string | null,
): Promise<string | null> {
  if (id === null) return null;
  const { name } = await manager.findOneByOrFail(Side, { id });
  const side = await manager.findOneBy(Side, { programmeId, name });
  return side?.id ?? notFound('input.programme');
}

/**
 * The office of the copy. One that the input does not name is the one that stays after a merge, and
 * none if that is closed by then.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
async function findOffice(
  context: PartnerContext,
  { coordinatingOffice: given }: CopyGroupInput,
  { group, visits }: Plan,
  programme: Programme,
): Promise<Pick<Facts, 'plan' | 'office'>> {
  const withOffice = (coordinatingOffice: string | null) => ({
    group: { ...group, coordinatingOffice },
    visits,
  });
  const named = group.coordinatingOffice ?? null;
  const office = await askOffice(context, named);
  if (given !== undefined || !office) return { plan: withOffice(named), office };
  const id = office.mergedInto?.id ?? named;
  const stays = office.mergedInto ? await askOffice(context, id) : office;
  return stays && isOpenFor(stays, programme, visits)
    ? { plan: withOffice(id), office: stays }
    : { plan: withOffice(null), office: null };
}

/** The programme of the new group, and its sides. Checks the network’s own rules. */
async function findBetween(
  manager: EntityManager,
  { group }: Plan,
): Promise<Pick<GroupForChange, 'programme' | 'sides'>> {
  const programme = await findPlanning(manager, group);
  const { direction, from: fromSideId, to: toSideId } = group;
  const between = { programmeId: programme.id, direction, fromSideId, toSideId };
  return { programme, sides: await findGroupSides(manager, between) };
}

/** @throws HubError `RULE_VIOLATED` HOST_COUNTRY, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS */
function checkVisits(
  { visits }: Plan,
  between: Pick<GroupForChange, 'programme' | 'sides'>,
  members: ReadonlySet<string>,
): void {
  for (const [index, visit] of visits.entries()) {
    const earlier = visits.slice(0, index).map((one, place) => ({ ...one, id: `${place}` }));
    checkNewVisit({ ...between, visits: earlier }, visit, members);
  }
}

import { createId, findForChange, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side } from '../entities/side.entity.js';
import { checkEnds } from '../sides/check-sides.js';
import { directionBetween } from '../sides/documented-sides.js';
import { findFirstOffice } from '../sides/load-sides.js';
import { askOffice, checkCoordinatingOffice, checkHasDirection } from './coordinating-office.js';
import { checkNotSigned, checkPlannedSize } from './group-for-change.js';
import { CreateGroupInput } from './group.input.js';

/** All that a new group plans. */
export type GroupPlan = Omit<CreateGroupInput, 'idempotencyKey'>;

/**
 * Plans a group of a programme. There may be more groups than the programme planned. The network’s
 * signature under the evaluation closes the programme for new groups, with or without the offices’
 * signature.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` EVALUATED,
 * PLANNED_SIZE, HOST_COUNTRY, CLOSED
 */
export function createGroup(context: PartnerContext, given: CreateGroupInput): Promise<Group> {
  checkEnds(given, 'input');
  const input = nameDirection(given);
  const officeId = input.coordinatingOffice ?? null;
  checkHasDirection(input, officeId);
  return perform(context, {
    name: 'createGroup',
    input,
    async ask() {
      await findPlanning(context.source.manager, input);
      return askOffice(context, officeId);
    },
    async write(manager, office) {
      const programme = await findPlanning(manager, input);
      checkCoordinatingOffice(office, programme);
      return insertGroup(manager, createId(context), input, programme);
    },
    find: (manager, id) => manager.findOneBy(Group, { id }),
  });
}

/** Documented sides are no records of their own: a group between two of them has their direction. */
function nameDirection(input: CreateGroupInput): CreateGroupInput {
  const { programme, from, to } = input;
  const direction = from != null && to != null ? directionBetween(programme, from, to) : null;
  if (direction === null) return input;
  return Object.assign(new CreateGroupInput(), input, { direction, from: null, to: null });
}

/** Writes a new group. Its office was checked, or is the one of its sides. */
export async function insertGroup(
  manager: EntityManager,
  id: string,
  plan: GroupPlan,
  programme: Programme,
): Promise<Group> {
  const group = Object.assign(new Group(), {
    id,
    name: plan.name,
    programmeId: programme.id,
    ...(await findEnds(manager, plan)),
    plannedSize: plan.plannedSize,
    cancelledOn: null,
    cancelReason: null,
    version: 1,
  });
  await manager.insert(Group, group);
  if (!programme.hasDocumentedGroups)
    await manager.update(Programme, { id: programme.id }, { hasDocumentedGroups: true });
  return group;
}

/**
 * Finds where a new group goes from and to, and the office that stands for it.
 * @throws HubError `NOT_FOUND` for a side that its programme does not have
 */
async function findEnds(
  manager: EntityManager,
  { programme: programmeId, direction = null, from, to, coordinatingOffice }: GroupPlan,
): Promise<Pick<Group, 'direction' | 'fromSideId' | 'toSideId' | 'coordinatingOfficeId'>> {
  if (from == null || to == null)
    return {
      direction,
      fromSideId: null,
      toSideId: null,
      coordinatingOfficeId: coordinatingOffice ?? null,
    };
  for (const [argument, id] of Object.entries({ 'input.from': from, 'input.to': to })) {
    const side = await findForChange(manager, Side, id, argument);
    if (side.programmeId !== programmeId) notFound(argument);
  }
  const coordinatingOfficeId = await findFirstOffice(manager, from, to);
  return { direction, fromSideId: from, toSideId: to, coordinatingOfficeId };
}

/** Finds the programme of a new group, and checks the network’s own rules. */
export async function findPlanning(
  manager: EntityManager,
  input: Pick<GroupPlan, 'programme' | 'plannedSize'>,
): Promise<Programme> {
  const programmeId = input.programme;
  const programme = await findForChange(manager, Programme, programmeId, 'input.programme');
  await checkNotSigned(manager, programmeId, 'input.programme');
  checkPlannedSize(input.plannedSize, programme);
  return programme;
}

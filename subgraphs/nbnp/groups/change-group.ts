import { checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import type { Group } from '../entities/group.entity.js';
import { askOffice, checkCoordinatingOffice, checkHasDirection } from './coordinating-office.js';
import {
  checkNotSigned,
  checkPlannedSize,
  checkPreparing,
  findGroupForChange,
  writeGroup,
  type GroupForChange,
} from './group-for-change.js';
import type { ChangeGroupInput } from './group.input.js';

/**
 * Changes the plan of a group before its departure. What is left out stays as it is.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` CANCELLED,
 * DEPARTED, EVALUATED, PLANNED_SIZE, HOST_COUNTRY, CLOSED
 */
export function changeGroup(context: PartnerContext, input: ChangeGroupInput): Promise<Group> {
  const officeId = input.coordinatingOffice;
  return perform(context, {
    name: 'changeGroup',
    input,
    async ask() {
      const { group } = await findChanging(context.source.manager, input);
      return askOffice(context, officeId === group.coordinatingOfficeId ? null : officeId);
    },
    async write(manager, office) {
      const { group, programme, visits } = await findChanging(manager, input);
      // The stored one is as if left out: it may have been merged or closed since.
      if (officeId !== group.coordinatingOfficeId)
        checkCoordinatingOffice(office, programme, visits);
      return writeGroup(manager, group, {
        name: input.name ?? group.name,
        plannedSize: input.plannedSize ?? group.plannedSize,
        ...(officeId !== undefined &&
          group.direction !== null && { coordinatingOfficeId: officeId }),
      });
    },
  });
}

/** Finds the group to change, and checks the network’s own rules. */
async function findChanging(
  manager: EntityManager,
  input: ChangeGroupInput,
): Promise<GroupForChange> {
  const change = await findGroupForChange(manager, input.group, 'input.group');
  checkHasDirection(change.group, input.coordinatingOffice);
  checkVersion(change.group, input.version);
  checkPreparing(change, 'input.group');
  await checkNotSigned(manager, change.programme.id, 'input.group');
  if (input.plannedSize != null) checkPlannedSize(input.plannedSize, change.programme);
  return change;
}

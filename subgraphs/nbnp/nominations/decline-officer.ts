import type { PartnerContext } from '@hub/shared/context';
import { violateRule } from '@hub/shared/errors';
import { checkText, checkVersion, perform } from '@hub/shared/mutations';
import type { EntityManager } from 'typeorm';
import type { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import {
  changeGroup,
  checkInProgramme,
  checkPreparing,
  checkSendsOfficers,
  findGroupForChange,
  type GroupForChange,
} from '../groups/group-for-change.js';
import { askOfficer, chooseNomination, type NominationForDecision } from './ask-nomination.js';
import type { DeclineOfficerInput } from './officer-nomination.input.js';

/**
 * Declines a nominee, or releases a member; her place is then free again.
 * @throws HubError `NOT_FOUND` `CONFLICT` `BAD_USER_INPUT` `PARTNER_…` `RULE_VIOLATED` CANCELLED, DEPARTED, DIRECTION,
 * WITHDRAWN, ALREADY_DECIDED, OUTSIDE_PROGRAMME, DATE_ORDER
 */
export function declineOfficer(
  context: PartnerContext,
  input: DeclineOfficerInput,
): Promise<Group> {
  checkText(input.reason, 'input.reason');
  return perform(context, {
    name: 'declineOfficer',
    input,
    async ask() {
      await findDeclining(context.source.manager, input);
      return askOfficer(context, input.officer);
    },
    async write(manager, officer) {
      const change = await findDeclining(manager, input);
      const nomination = chooseNomination(officer, input);
      const decided = await manager.findOneBy(OfficerNomination, { id: nomination.id });
      checkDecision(decided, nomination);
      checkInProgramme(input.on, change.programme);
      const earliest = decided?.acceptedOn ?? nomination.nominatedOn;
      if (input.on < earliest) violateRule('DATE_ORDER', 'input.on');
      const decision = {
        id: nomination.id,
        groupId: input.group,
        officerId: input.officer,
        acceptedOn: decided?.acceptedOn ?? null,
        declinedOn: input.on,
        declineReason: input.reason ?? null,
      };
      await manager.upsert(OfficerNomination, decision, ['id']);
      return changeGroup(manager, change.group, {});
    },
  });
}

/** The group that an officer is not to travel with, once the network’s own rules allow it. */
async function findDeclining(
  manager: EntityManager,
  input: DeclineOfficerInput,
): Promise<GroupForChange> {
  const change = await findGroupForChange(manager, input.group, 'input.group');
  checkVersion(change.group, input.version);
  checkPreparing(change, 'input.group');
  checkSendsOfficers(change, 'input.group');
  return change;
}

/** A member is released even where her police has withdrawn her meanwhile: both had asked before either wrote. */
function checkDecision(
  decided: OfficerNomination | null,
  { withdrawnOn }: NominationForDecision,
): void {
  if (decided && decided.declinedOn !== null) violateRule('ALREADY_DECIDED', 'input.nomination');
  if (!decided && withdrawnOn !== null) violateRule('WITHDRAWN', 'input.nomination');
}

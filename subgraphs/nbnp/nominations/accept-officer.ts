import type { PartnerContext } from '@hub/shared/context';
import { HubError, violateRule } from '@hub/shared/errors';
import { perform } from '@hub/shared/mutations';
import type { EntityManager } from 'typeorm';
import type { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { checkInProgramme, writeGroup, type GroupForChange } from '../groups/group-for-change.js';
import { checkTravelElsewhere } from '../groups/travel-elsewhere.js';
import { askOfficer, chooseNomination, type NominationForDecision } from './ask-nomination.js';
import { findGroupForDecision } from './find-group-for-decision.js';
import type { AcceptOfficerInput } from './officer-nomination.input.js';

/**
 * Accepts an officer whom her police force has nominated. The size of the group is checked before
 * its version, so that concurrent requests for the last place get `GROUP_FULL`.
 * @throws HubError `NOT_FOUND` `GROUP_FULL` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` CANCELLED,
 * DEPARTED, DIRECTION, WITHDRAWN, ALREADY_DECIDED, ALREADY_NOMINATED, TARGET_GROUP,
 * OUTSIDE_PROGRAMME, DATE_ORDER, OVERLAPPING_GROUPS
 */
export const acceptOfficer = (context: PartnerContext, input: AcceptOfficerInput): Promise<Group> =>
  perform(context, {
    name: 'acceptOfficer',
    input,
    async ask() {
      await findGroupForDecision(context.source.manager, input, checkPlace);
      return askOfficer(context, input.officer);
    },
    async write(manager, officer) {
      const change = await findGroupForDecision(manager, input, checkPlace);
      const nomination = chooseNomination(officer, input);
      await checkUndecided(manager, nomination);
      checkNoMember(change, input.officer);
      checkFits(change, nomination, input);
      await checkTravelElsewhere(
        manager,
        input.group,
        [input.officer],
        change.visits,
        'input.officer',
      );
      await manager.insert(OfficerNomination, {
        id: nomination.id,
        groupId: input.group,
        officerId: input.officer,
        acceptedOn: input.on,
      });
      return writeGroup(manager, change.group, {});
    },
  });

function checkPlace({ accepted, programme }: GroupForChange): void {
  if (accepted.length >= programme.groupSizeMax)
    throw new HubError('GROUP_FULL', { argument: 'input.group' });
}

/** A declined nomination stays declined. The police force must withdraw it and nominate again. */
async function checkUndecided(
  manager: EntityManager,
  { id, withdrawnOn }: NominationForDecision,
): Promise<void> {
  if (withdrawnOn !== null) violateRule('WITHDRAWN', 'input.nomination');
  if (await manager.existsBy(OfficerNomination, { id }))
    violateRule('ALREADY_DECIDED', 'input.nomination');
}

/**
 * A police force nominates nobody twice, unless it did not yet know the decision on the first
 * nomination.
 */
function checkNoMember({ accepted }: GroupForChange, officer: string): void {
  if (accepted.some(({ officerId }) => officerId === officer))
    violateRule('ALREADY_NOMINATED', 'input.officer');
}

function checkFits(
  { programme }: GroupForChange,
  { targetGroup, nominatedOn }: NominationForDecision,
  { on }: AcceptOfficerInput,
): void {
  if (targetGroup === null || !programme.targetGroups.includes(targetGroup))
    violateRule('TARGET_GROUP', 'input.officer');
  checkInProgramme(on, programme);
  if (on < nominatedOn) violateRule('DATE_ORDER', 'input.on');
}

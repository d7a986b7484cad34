import { violateRule } from '@hub/shared/errors';
import { perform, type Step } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { isDecided } from '../access/load-related.js';
import type { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { checkInProgramme, writeGroup } from '../groups/group-for-change.js';
import {
  askOfficer,
  checkDecidesOn,
  chooseNomination,
  findGroupForDecision,
  type DecisionFacts,
  type NominationForDecision,
} from './ask-nomination.js';
import type { DeclineOfficerInput } from './officer-nomination.input.js';

/**
 * Declines a nominee, or releases a member; her place is then free again.
 * @throws HubError `NOT_FOUND` `CONFLICT` `BAD_USER_INPUT` `PARTNER_…` `RULE_VIOLATED` CANCELLED,
 * DEPARTED, DIRECTION, WITHDRAWN, ALREADY_DECIDED, OUTSIDE_PROGRAMME, DATE_ORDER
 */
export const declineOfficer = (
  context: PartnerContext,
  input: DeclineOfficerInput,
): Promise<Group> =>
  perform(context, { name: 'declineOfficer', input, ...declining(context, input) });

/** What {@link declineOfficer} does, alone or among other decisions. */
export const declining = (
  context: PartnerContext,
  input: DeclineOfficerInput,
): Step<Pick<DecisionFacts, 'officer'>, Group> => ({
  check: (manager) => findGroupForDecision(manager, input),
  ask: async () => ({ officer: await askOfficer(context, input.officer) }),
  async write(manager, { officer }) {
    const change = await findGroupForDecision(manager, input);
    const nomination = chooseNomination(officer, input);
    const decided = await manager.findOneBy(OfficerNomination, { id: nomination.id });
    checkPending(decided, nomination);
    const decisionVersion = checkDecidesOn(nomination, decided, input);
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
      decisionVersion,
    };
    await manager.upsert(OfficerNomination, decision, ['id']);
    return writeGroup(manager, change.group, {});
  },
});

/**
 * A member can be released even if her police force has withdrawn her in the meantime: both may
 * have checked before either wrote.
 */
function checkPending(
  decided: OfficerNomination | null,
  { withdrawnOn }: NominationForDecision,
): void {
  if (decided && decided.declinedOn !== null) violateRule('ALREADY_DECIDED', 'input.nomination');
  if (!(decided && isDecided(decided)) && withdrawnOn !== null)
    violateRule('WITHDRAWN', 'input.nomination');
}

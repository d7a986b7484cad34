import { refuseInput } from '@hub/shared/errors';
import { Access } from '@hub/shared/identity';
import { ItemRefusal, performEach, type Step } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Field, ObjectType } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { acceptance, countDelegatesOnce } from './accept-officer.js';
import { findGroupForDecision, type DecisionFacts } from './ask-nomination.js';
import { declining } from './decline-officer.js';
import type { DecideOfficersInput, DecideOneOfficerInput } from './officer-nomination.input.js';

@ObjectType({ description: 'What became of one of several decisions on nominees.' })
@Access('coordinator')
export class OfficerDecisionResult {
  @Field(() => OfficerNomination, {
    nullable: true,
    description: 'The nomination that it is about; null if the police force has none such.',
  })
  nomination: OfficerNomination | null;

  @Field(() => ItemRefusal, {
    nullable: true,
    description: 'Why it was not written; null if it was.',
  })
  refusal: ItemRefusal | null;
}

@ObjectType({ description: 'What became of several decisions on nominees of a group.' })
@Access('coordinator')
export class OfficerDecisions {
  @Field(() => Group, { nullable: true, description: 'The group, as it is now.' })
  group: Group | null;

  @Field(() => [OfficerDecisionResult], {
    description: 'One for each decision, in the order of the input.',
  })
  results: OfficerDecisionResult[];
}

/** @throws HubError `BAD_USER_INPUT` for a field that belongs to another decision */
function checkFields(decisions: readonly DecideOneOfficerInput[]): void {
  const only = { replaces: 'ACCEPT', reason: 'DECLINE' } as const;
  for (const [place, one] of decisions.entries())
    for (const field of ['replaces', 'reason'] as const)
      if (one[field] != null && one.decision !== only[field])
        refuseInput(
          `input.decisions.${place}.${field}`,
          `\`${field}\` belongs to the decision ${only[field]}.`,
        );
}

/**
 * Decides on several nominees in one transaction. Each decision is written as if `acceptOfficer` or
 * `declineOfficer` had been called after those before it.
 * @throws HubError `NOT_FOUND` `CONFLICT` `BAD_USER_INPUT` `PARTNER_…` `RULE_VIOLATED` CANCELLED,
 * DEPARTED, DIRECTION, SIDE for what concerns all of them
 */
export async function decideOfficers(
  context: PartnerContext,
  input: DecideOfficersInput,
): Promise<OfficerDecisions> {
  const { group, decisions } = input;
  checkFields(decisions);
  const countDelegates = countDelegatesOnce(context, group);
  const results = await performEach(context, {
    name: 'decideOfficers',
    input,
    record: group,
    list: 'decisions',
    common: ['group', 'on'],
    check: (manager) => findGroupForDecision(manager, input),
    items: decisions.map((one) => ({
      id: one.officer,
      ...toStep(context, input, one, countDelegates),
    })),
  });
  const { loaders } = context;
  return {
    group: await loaders.one(Group).load(group),
    results: await Promise.all(
      results.map(async ({ refusal }, place) => {
        if (isUnknown(refusal)) return { nomination: null, refusal };
        const id = decisions[place]?.nomination ?? '';
        const decided = await loaders.one(OfficerNomination).load(id);
        // One without a decision has no row here: the police force has it.
        return { nomination: decided ?? Object.assign(new OfficerNomination(), { id }), refusal };
      }),
    ),
  };
}

/** Whether the police force has no such officer, or no such nomination of the officer. */
const isUnknown = (refusal: ItemRefusal | null): boolean =>
  refusal?.code === 'NOT_FOUND' && /\.(?:officer|nomination)$/.test(refusal.argument ?? '');

function toStep(
  context: PartnerContext,
  { group, on }: DecideOfficersInput,
  { decision, replaces, reason, ...one }: DecideOneOfficerInput,
  countDelegates: () => Promise<number>,
): Step<DecisionFacts> {
  if (decision === 'DECLINE') {
    const { ask, ...step } = declining(context, { ...one, group, on, reason });
    return { ...step, ask: async () => ({ ...(await ask()), delegates: 0 }) };
  }
  const reserve = decision === 'RESERVE';
  return acceptance(context, { ...one, group, on, replaces, reserve }, countDelegates);
}

import { refuseInput } from '@hub/shared/errors';
import { Access } from '@hub/shared/identity';
import { ItemRefusal, notFound, performEach, type Step } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Field, ObjectType } from 'type-graphql';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Group } from '../entities/references.js';
import { askGroup, type PlannedGroup } from '../groups/ask-group.js';
import { checkNotCancelled, checkNotDeparted } from '../groups/group-rules.js';
import { byNomination, ending, type AskGroupOf, type DecisionFacts } from './decide-nomination.js';
import type { DecideDelegatesInput, DecideOneDelegateInput } from './delegate-nomination.input.js';
import { askAuthority, checkAuthority } from './local-authority.js';
import { selection } from './select-delegate.js';

@ObjectType({ description: 'What became of one of several decisions on nominations.' })
@Access('coordinator')
export class DelegateDecisionResult {
  @Field(() => DelegateNomination, {
    nullable: true,
    description: 'The nomination that it is about, as it is now; null if there is none.',
  })
  nomination: DelegateNomination | null;

  @Field(() => ItemRefusal, {
    nullable: true,
    description: 'Why it was not written; null if it was.',
  })
  refusal: ItemRefusal | null;
}

@ObjectType({ description: 'What became of several decisions on nominations for a group.' })
@Access('coordinator')
export class DelegateDecisions {
  @Field(() => Group, { nullable: true, description: 'The group, as it is now.' })
  group: Group | null;

  @Field(() => [DelegateDecisionResult], {
    description: 'One for each decision, in the order of the input.',
  })
  results: DelegateDecisionResult[];
}

/** @throws HubError `BAD_USER_INPUT` */
function checkPlaces(decisions: readonly DecideOneDelegateInput[]): void {
  const place = decisions.findIndex(
    ({ decision, replaces }) => replaces != null && decision !== 'SELECT',
  );
  if (place < 0) return;
  refuseInput(`input.decisions.${place}.replaces`, '`replaces` belongs to the decision SELECT.');
}

/**
 * Decides on several nominations for a group in one transaction. Each decision is written as if
 * `selectDelegate`, `declineDelegate` or `withdrawDelegate` had been called after those before it.
 * @throws HubError `NOT_FOUND` `CONFLICT` `BAD_USER_INPUT` `PARTNER_…` `RULE_VIOLATED` CANCELLED,
 * DEPARTED, AUTHORITY for what concerns all of them
 */
export async function decideDelegates(
  context: PartnerContext,
  input: DecideDelegatesInput,
): Promise<DelegateDecisions> {
  const { group: id, decisions } = input;
  checkAuthority(input);
  checkPlaces(decisions);
  const asked: { group?: PlannedGroup } = {};
  const askGroupOf: AskGroupOf = ({ groupId }) =>
    Promise.resolve(groupId === id && asked.group ? asked.group : notFound(byNomination));
  const results = await performEach(context, {
    name: 'decideDelegates',
    input,
    record: id,
    list: 'decisions',
    common: ['group', 'on', 'localAuthority', 'authority'],
    async ask() {
      asked.group = await askGroup(context, id, 'input.group');
      checkNotCancelled(asked.group, 'input.group');
      checkNotDeparted(asked.group, 'input.group');
      await askAuthority(context, input.authority);
    },
    items: decisions.map((one) => ({
      id: one.nomination,
      ...toStep(context, input, one, askGroupOf),
    })),
  });
  const nominations = context.loaders.one(DelegateNomination);
  return {
    group: { id },
    results: await Promise.all(
      results.map(async ({ id: nomination, refusal }) => ({
        nomination: await nominations.load(nomination),
        refusal,
      })),
    ),
  };
}

function toStep(
  context: PartnerContext,
  { on, localAuthority, authority }: DecideDelegatesInput,
  { decision, replaces, ...one }: DecideOneDelegateInput,
  askGroupOf: AskGroupOf,
): Step<DecisionFacts> {
  const input = { ...one, on, localAuthority, authority };
  if (decision === 'DECLINE') return ending(context, input, 'DECLINED', askGroupOf);
  if (decision === 'WITHDRAW') return ending(context, input, 'WITHDRAWN', askGroupOf);
  return selection(context, { ...input, replaces, reserve: decision === 'RESERVE' }, askGroupOf);
}

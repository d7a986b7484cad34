import type { HubError } from '@hub/shared/errors';
import type { PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { isPast } from '../access/visible-visits.js';
import { settleMissing } from '../access/with-missing.js';
import { Group } from '../entities/group.entity.js';
import { countMembers } from '../groups/derive-group-state.js';
import { mayReadPeople } from '../sides/people.js';
import { deriveWarnings, keepShown } from './derive-warnings.js';
import { loadDeadlineWarnings } from './load-deadline-warnings.js';
import { loadHostingWarnings } from './load-hosting-warnings.js';
import { loadLoanWarnings } from './load-loan-warnings.js';
import { loadNominationWarnings } from './load-nomination-warnings.js';
import { loadOfficeWarnings } from './load-office-warnings.js';
import { loadVisitWarnings } from './load-visit-warnings.js';
import { loadWarningFacts } from './load-warning-facts.js';
import { Warning } from './warning.js';

@Resolver(() => Group)
export class GroupWarningsResolver {
  @FieldResolver(() => [Warning], {
    nullable: true,
    description:
      'What a co-ordinator should check, as far as the caller may read the facts: callers who may not see the people get no warning with a small number of people or reports, and none of open formalities. While a partner is unavailable, the response names it, and the warnings that depend on it are missing; `VISA_REFUSED` then counts the members who are known.',
  })
  async warnings(
    @Root() group: Group,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Warning[]> {
    const note = (error: HubError) => context.missing.note(error, info);
    const loading = loadWarningFacts(group, context, note);
    const [facts, { value: others, missing }] = await Promise.all([
      loading,
      settleMissing([
        loadVisitWarnings(group, loading, context),
        loadLoanWarnings(group, context, note),
        loadHostingWarnings(group, context, note),
        loadNominationWarnings(group, context, note),
        loadOfficeWarnings(group, context),
        loadDeadlineWarnings(group, context, note),
      ]),
    ]);
    missing.forEach(note);
    const derived = deriveWarnings(facts);
    const shown = (await mayReadPeople(context, group.id))
      ? derived
      : keepShown(derived, countMembers(facts), context);
    return [...shown, ...others.flatMap((some) => some ?? [])];
  }
}

@Resolver(() => Warning)
export class WarningResolver {
  @FieldResolver(() => Boolean, {
    description: 'True from the day after `dueOn`, in UTC.',
  })
  isOverdue(@Root() { dueOn }: Warning, @Ctx() context: PartnerContext): boolean {
    return isPast(dueOn, context);
  }
}

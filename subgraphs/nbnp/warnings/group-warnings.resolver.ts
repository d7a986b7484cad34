import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { isPast } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import { countMembers } from '../groups/derive-group-state.js';
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
      'What a co-ordinator should check, as far as the caller may read the facts: without a token no warning gives a small number of people, formalities or reports. Null with an error while a partner whose facts it needs is unavailable.',
  })
  async warnings(@Root() group: Group, @Ctx() context: PartnerContext): Promise<Warning[]> {
    const loading = loadWarningFacts(group, context);
    const [facts, ...others] = await Promise.all([
      loading,
      loadVisitWarnings(group, loading, context),
      loadLoanWarnings(group, context),
      loadHostingWarnings(group, context),
      loadNominationWarnings(group, context),
      loadOfficeWarnings(group, context),
      loadDeadlineWarnings(group, context),
    ]);
    return [...keepShown(deriveWarnings(facts), countMembers(facts), context), ...others.flat()];
  }
}

@Resolver(() => Warning)
export class WarningResolver {
  @FieldResolver(() => Boolean, {
    description: 'True from the day after `dueOn`, by the network’s day.',
  })
  isOverdue(@Root() { dueOn }: Warning, @Ctx() context: PartnerContext): boolean {
    return isPast(dueOn, context);
  }
}

import type { PartnerContext } from '@hub/shared/context';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { deriveWarnings } from './derive-warnings.js';
import { loadLoanWarnings } from './load-loan-warnings.js';
import { loadWarningFacts } from './load-warning-facts.js';

@Resolver(() => Group)
export class GroupWarningsResolver {
  @FieldResolver(() => [String], {
    description:
      'What a co-ordinator should check, in sentences: a size outside the programme’s, open formalities before the departure, a missing briefing or debriefing, outstanding reports, and for those who may read the plan of a visit how many members missed the briefing, and the experts who are not lent.',
  })
  async warnings(@Root() group: Group, @Ctx() context: PartnerContext): Promise<string[]> {
    const [facts, ofLoans] = await Promise.all([
      loadWarningFacts(group, context),
      loadLoanWarnings(group, context),
    ]);
    return [...deriveWarnings(facts), ...ofLoans];
  }
}

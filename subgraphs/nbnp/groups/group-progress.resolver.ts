import type { PartnerContext } from '@hub/shared/context';
import { DateScalar } from '@hub/shared/scalars';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { loadAccepted } from '../access/load-related.js';
import { mayKnowJourneys } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import { deriveWarnings } from './derive-warnings.js';
import { lastAcceptance } from './load-group-facts.js';
import { loadLoanWarnings } from './load-loan-warnings.js';
import { loadWarningFacts } from './load-warning-facts.js';

/** The progress of a group by the network’s own records. */
@Resolver(() => Group)
export class GroupProgressResolver {
  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: 'The day on which the network accepted its latest officer; null before the first.',
  })
  async officersAcceptedOn(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return lastAcceptance(await loadAccepted(id, context));
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: 'The day of the network’s briefing, for a Nordic-Baltic group; null before.',
  })
  async briefedOn(
    @Root() { id, briefedOn }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await mayKnowJourneys(id, context)) ? briefedOn : null;
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description:
      'The day of the network’s debriefing after the return, for a Nordic-Baltic group; null before.',
  })
  async debriefedOn(
    @Root() { id, debriefedOn }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await mayKnowJourneys(id, context)) ? debriefedOn : null;
  }

  /**
   * A briefing also raises the version. A caller who may not see it cannot write, and sees version
   * 0.
   */
  @FieldResolver(() => Int, {
    description:
      'The version of the network’s own record of the group, from 1. Send it back with a mutation.',
  })
  async version(@Root() { id, version }: Group, @Ctx() context: PartnerContext): Promise<number> {
    return (await mayKnowJourneys(id, context)) ? version : 0;
  }

  @FieldResolver(() => [String], {
    description:
      'What a co-ordinator should check, in sentences: a size outside the programme’s, open formalities before the departure, a missing briefing or debriefing, outstanding reports, and for those who may read the plan of a visit the experts who are not lent.',
  })
  async warnings(@Root() group: Group, @Ctx() context: PartnerContext): Promise<string[]> {
    const [facts, ofLoans] = await Promise.all([
      loadWarningFacts(group, context),
      loadLoanWarnings(group, context),
    ]);
    return [...deriveWarnings(facts), ...ofLoans];
  }
}

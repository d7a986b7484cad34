import type { PartnerContext } from '@hub/shared/context';
import { DateScalar } from '@hub/shared/scalars';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { loadAccepted } from '../access/load-related.js';
import { mayKnowJourneys } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import { deriveWarnings } from './derive-warnings.js';
import { lastAcceptance } from './load-group-facts.js';
import { loadWarningFacts } from './load-warning-facts.js';

/** How far a group has come, by what the network itself has recorded. */
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

  /** A briefing is a version too. Who may not know of it has nothing to write, and is told none. */
  @FieldResolver(() => Int, {
    description:
      'How often the network’s own record of the group was changed, from 1. Mutations take it.',
  })
  async version(@Root() { id, version }: Group, @Ctx() context: PartnerContext): Promise<number> {
    return (await mayKnowJourneys(id, context)) ? version : 0;
  }

  @FieldResolver(() => [String], {
    description:
      'What a co-ordinator should look at, in sentences: a size outside the programme’s, a missing briefing or debriefing, outstanding reports.',
  })
  async warnings(@Root() group: Group, @Ctx() context: PartnerContext): Promise<string[]> {
    return deriveWarnings(await loadWarningFacts(group, context));
  }
}

import { DateScalar } from '@hub/shared/graphql';
import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { loadAccepted } from '../access/load-related.js';
import { mayKnowJourneys } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import { lastAcceptance } from './load-group-facts.js';

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
}

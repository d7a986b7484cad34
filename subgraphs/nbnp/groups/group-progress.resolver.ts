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
  @FieldResolver(() => DateScalar, { nullable: true })
  async officersAcceptedOn(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return lastAcceptance(await loadAccepted(id, context));
  }

  @FieldResolver(() => DateScalar, { nullable: true })
  async briefedOn(
    @Root() { id, briefedOn }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await mayKnowJourneys(id, context)) ? briefedOn : null;
  }

  @FieldResolver(() => DateScalar, { nullable: true })
  async debriefedOn(
    @Root() { id, debriefedOn }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await mayKnowJourneys(id, context)) ? debriefedOn : null;
  }

  /** A briefing is a version too. Who may not know of it has nothing to write, and is told none. */
  @FieldResolver(() => Int)
  async version(@Root() { id, version }: Group, @Ctx() context: PartnerContext): Promise<number> {
    return (await mayKnowJourneys(id, context)) ? version : 0;
  }

  @FieldResolver(() => [String])
  async warnings(@Root() group: Group, @Ctx() context: PartnerContext): Promise<string[]> {
    return deriveWarnings(await loadWarningFacts(group, context));
  }
}

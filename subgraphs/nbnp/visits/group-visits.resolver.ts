import type { PartnerContext } from '@hub/shared/policy';
import { ownJourneys } from '@hub/shared/programme';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { loadVisibleVisits } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';

@Resolver(() => Group)
export class GroupVisitsResolver {
  @FieldResolver(() => [Visit], {
    nullable: true,
    description: 'Its visits, by first day, then id. Anonymous callers get those that have ended.',
  })
  async visits(@Root() { id }: Group, @Ctx() context: PartnerContext): Promise<Visit[]> {
    return loadVisibleVisits(id, context, await ownJourneys.isOnJourney(context, id));
  }
}

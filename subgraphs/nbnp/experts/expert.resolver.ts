import { Access, Self } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Expert } from '../entities/references.js';
import { ExpertAssignment } from '../entities/visit.entity.js';

@Resolver(() => Expert)
export class ExpertResolver {
  @FieldResolver(() => [ExpertAssignment], {
    nullable: true,
    description:
      'The visits for which the network has asked for the expert and not released them, by id.',
  })
  @Access('itinerary')
  @Self()
  assignments(
    @Root() { id }: Expert,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<ExpertAssignment[]> {
    return loaders.many(ExpertAssignment, 'expertId').load(id);
  }
}

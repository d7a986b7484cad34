import { Access, Self } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Visit } from '../entities/references.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';

@Resolver(() => Visit)
export class VisitResolver {
  @FieldResolver(() => [RegionalHosting], {
    nullable: true,
    description: 'The offers of offices to arrange the visit, where the offices host it, by id.',
  })
  @Access('itinerary')
  @Self()
  regionalHostings(
    @Root() { id }: Visit,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<RegionalHosting[]> {
    return loaders.many(RegionalHosting, 'visitId').load(id);
  }
}

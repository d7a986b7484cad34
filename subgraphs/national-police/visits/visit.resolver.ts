import { Access, Self } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Hosting } from '../entities/hosting.entity.js';
import { Visit } from '../entities/visit.reference.js';

@Resolver(() => Visit)
export class VisitResolver {
  @FieldResolver(() => [Hosting], {
    nullable: true,
    description: 'The offers of police units to host the visit, of all police forces, by id.',
  })
  @Access('itinerary')
  @Self()
  hostings(@Root() { id }: Visit, @Ctx() { loaders }: PartnerContext): Promise<Hosting[]> {
    return loaders.many(Hosting, 'visitId').load(id);
  }
}

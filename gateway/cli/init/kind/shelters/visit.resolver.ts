import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Shelter } from '../entities/shelter.entity.js';
import { Visit } from '../entities/visit.reference.js';

/** What this organisation adds to the visits of another partner. */
@Resolver(() => Visit)
export class VisitResolver {
  @FieldResolver(() => [Shelter], {
    nullable: true,
    description: 'What is kept for the visit, by id.',
  })
  shelters(@Root() { id }: Visit, @Ctx() { loaders }: PartnerContext): Promise<Shelter[]> {
    return loaders.many(Shelter, 'visitId').load(id);
  }
}

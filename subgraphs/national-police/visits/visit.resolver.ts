import { Access, Self } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { ownJourneys } from '@hub/shared/programme';
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
  async hostings(@Root() { id }: Visit, @Ctx() context: PartnerContext): Promise<Hosting[]> {
    const { loaders, reader } = context;
    if (reader.kind === 'participant' && !(await ownJourneys.isOnVisit(context, id))) return [];
    return loaders.many(Hosting, 'visitId').load(id);
  }
}

import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Event } from '../entities/event.entity.js';
import { Representation } from '../entities/representation.entity.js';

@Resolver(() => Event)
export class EventRepresentationsResolver {
  @FieldResolver(() => [Representation], {
    description:
      'Who took part, for a body or a country, in the order of the source. Empty if no source states anybody.',
  })
  represented(
    @Root() { id }: Event,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Representation[]> {
    const orderBy = [{ property: 'position' }, { property: 'id' }];
    return loaders.many(Representation, 'eventId', { orderBy }).load(id);
  }
}

import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Event } from '../entities/event.entity.js';
import { Outcome } from '../entities/outcome.entity.js';

@Resolver(() => Event)
export class EventOutcomesResolver {
  @FieldResolver(() => [Outcome], {
    description: 'What the event led to, by id. Empty if no source states anything.',
  })
  outcomes(@Root() { id }: Event, @Ctx() { loaders }: PartnerContext): Promise<Outcome[]> {
    return loaders.many(Outcome, 'eventId').load(id);
  }
}

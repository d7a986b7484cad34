import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { loadOne, loadParty } from '../access/load-related.js';
import { Event } from '../entities/event.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { Party } from '../entities/party.interface.js';

@Resolver(() => Outcome)
export class OutcomeResolver {
  @FieldResolver(() => Event, { description: 'The event that led to it.' })
  event(@Root() { eventId }: Outcome, @Ctx() context: PartnerContext): Promise<Event | null> {
    return loadOne(Event, eventId, context);
  }

  @FieldResolver(() => [Party], {
    nullable: 'items',
    description:
      'The parties to which it gives a task, in the order of the source. Empty if it gives none.',
  })
  async mandated(
    @Root() { id }: Outcome,
    @Ctx() context: PartnerContext,
  ): Promise<(object | null)[]> {
    const orderBy = [{ property: 'position' }];
    const mandates = context.loaders.many(OutcomeMandate, 'outcomeId', { orderBy });
    return Promise.all((await mandates.load(id)).map(({ partyId }) => loadParty(partyId, context)));
  }

  @FieldResolver(() => Event, {
    nullable: true,
    description: 'The event that continued it. Null if no source states one.',
  })
  leadsTo(@Root() { leadsToId }: Outcome, @Ctx() context: PartnerContext): Promise<Event | null> {
    return loadOne(Event, leadsToId, context);
  }
}

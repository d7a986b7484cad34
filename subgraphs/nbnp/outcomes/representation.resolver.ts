import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { loadParty } from '../access/load-related.js';
import { Party } from '../entities/party.interface.js';
import { Representation } from '../entities/representation.entity.js';

@Resolver(() => Representation)
export class RepresentationResolver {
  @FieldResolver(() => Party, {
    nullable: true,
    description: 'The body that was represented. Null if the source names none that the graph has.',
  })
  party(
    @Root() { partyId }: Representation,
    @Ctx() context: PartnerContext,
  ): Promise<object | null> {
    return loadParty(partyId, context);
  }
}

import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { loadParty } from '../access/load-related.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Party } from '../entities/party.interface.js';

@Resolver(() => PartyRole)
export class PartyRoleResolver {
  @FieldResolver(() => Party, {
    nullable: true,
    description: 'The body. Its name is null while its owner is unavailable.',
  })
  party(@Root() { partyId }: PartyRole, @Ctx() context: PartnerContext): Promise<object | null> {
    return loadParty(partyId, context);
  }
}

import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { loadClaims } from '../access/load-related.js';
import { Claim } from '../entities/claim.entity.js';
import { Membership, membershipSubject } from '../entities/network.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => PoliceUnit, {
    nullable: true,
    description: 'The police unit to contact in that country.',
  })
  contact(@Root() { contactId }: Membership): Pick<PoliceUnit, 'id'> | null {
    return contactId === null ? null : { id: contactId };
  }

  @FieldResolver(() => [Claim], {
    description: 'What individual sources say about the membership.',
  })
  claims(@Root() { country }: Membership, @Ctx() context: PartnerContext): Promise<Claim[]> {
    return loadClaims(membershipSubject(country), context);
  }
}

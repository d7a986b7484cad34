import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { loadClaims } from '../access/load-related.js';
import { Claim } from '../entities/claim.entity.js';
import { Membership, membershipSubject } from '../entities/network.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { changeMembership } from './change-membership.js';
import { ChangeMembershipInput } from './membership.input.js';

@Resolver(() => Membership)
export class MembershipResolver {
  @Mutation(() => Membership, {
    nullable: true,
    description:
      'Changes whom to contact in a member country, and since when it is one. `NOT_FOUND` for a country that is no member, and for a contact that is no unit of its police. Rules: MERGED.',
  })
  @Access('coordinator')
  changeMembership(
    @Arg('input', () => ChangeMembershipInput, { description: words.Input.input })
    input: ChangeMembershipInput,
    @Ctx() context: PartnerContext,
  ): Promise<Membership> {
    return changeMembership(context, input);
  }

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

import type { PartnerContext } from '@hub/shared/context';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';

@Resolver(() => OfficerNomination)
export class OfficerNominationResolver {
  @Directive('@requires(fields: "groupId")')
  @FieldResolver(() => Group, {
    nullable: true,
    description: 'The group that the officer is proposed for.',
  })
  async group(
    @Root() { groupId }: Partial<OfficerNomination>,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Group | null> {
    return groupId == null ? null : loaders.one(Group).load(groupId);
  }
}

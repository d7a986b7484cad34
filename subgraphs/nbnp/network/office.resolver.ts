import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { Office } from '../entities/office.reference.js';

@Resolver(() => Office)
export class OfficeResolver {
  @FieldResolver(() => [Group], {
    nullable: true,
    description: 'The groups that the office co-ordinates on the Russian side, by id.',
  })
  coordinatedGroups(@Root() { id }: Office, @Ctx() { loaders }: PartnerContext): Promise<Group[]> {
    return loaders.many(Group, 'coordinatingOfficeId').load(id);
  }
}

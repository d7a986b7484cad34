import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { Office } from '../entities/office.reference.js';
import { SideParty } from '../entities/side.entity.js';

@Resolver(() => Office)
export class OfficeResolver {
  @FieldResolver(() => [Group], {
    nullable: true,
    description:
      'The groups that the office co-ordinates, alone or as one of those of a side, by id.',
  })
  async coordinatedGroups(
    @Root() { id }: Office,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Group[]> {
    const parties = await loaders
      .many(SideParty, 'partyId', {
        where: { part: 'COORDINATOR' },
        orderBy: [{ property: 'sideId' }],
      })
      .load(id);
    const found = await Promise.all([
      loaders.many(Group, 'coordinatingOfficeId').load(id),
      ...parties.flatMap(({ sideId }) => [
        loaders.many(Group, 'fromSideId').load(sideId),
        loaders.many(Group, 'toSideId').load(sideId),
      ]),
    ]);
    const groups = new Map(found.flat().map((group) => [group.id, group]));
    return [...groups.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }
}

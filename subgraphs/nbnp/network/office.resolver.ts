import type { PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { Office } from '../entities/office.reference.js';
import { SideParty } from '../entities/side.entity.js';
import { loadNamesOf } from './merged-offices.js';

@Resolver(() => Office)
export class OfficeResolver {
  @FieldResolver(() => [Group], {
    nullable: true,
    description:
      'The groups that the office co-ordinates, alone or as one of those of a side, by id. Those of an office that was merged into it, too.',
  })
  async coordinatedGroups(
    @Root() { id }: Office,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Group[]> {
    const { loaders } = context;
    const names = await loadNamesOf(id, context, (error) => context.missing.note(error, info));
    const coordinators = loaders.many(SideParty, 'partyId', {
      where: { part: 'COORDINATOR' },
      orderBy: [{ property: 'sideId' }],
    });
    const parties = await Promise.all(names.map((name) => coordinators.load(name)));
    const found = await Promise.all([
      ...names.map((name) => loaders.many(Group, 'coordinatingOfficeId').load(name)),
      ...parties
        .flat()
        .flatMap(({ sideId }) => [
          loaders.many(Group, 'fromSideId').load(sideId),
          loaders.many(Group, 'toSideId').load(sideId),
        ]),
    ]);
    const groups = new Map(found.flat().map((group) => [group.id, group]));
    return [...groups.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }
}

import { pagination } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import { visibleIfEndedBy } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import { Office } from '../entities/office.reference.js';
import { Programme } from '../entities/programme.entity.js';
import { Side } from '../entities/side.entity.js';
import { GroupOrder } from '../entities/vocabulary.js';
import { loadNamesOf } from '../network/merged-offices.js';
import { loadEnd, loadGroupSides } from '../sides/load-sides.js';
import { cancelGroup } from './cancel-group.js';
import { changeGroup } from './change-group.js';
import { createGroup } from './create-group.js';
import { findGroups } from './find-groups.js';
import { keepStates, pageGroups } from './group-state.js';
import {
  CancelGroupInput,
  ChangeGroupInput,
  CreateGroupInput,
  GroupFilter,
  RemoveGroupInput,
} from './group.input.js';
import { areGroupsKnown, loadProgramme } from './load-group-facts.js';
import { removeGroup } from './remove-group.js';

const { ConnectionType: GroupConnection } = pagination.createConnectionTypes(Group, 'Group', {
  counts: 'exact',
  access: 'open',
});

/** Groups as planned. */
@Resolver(() => Group)
export class GroupResolver {
  @Query(() => Group, {
    nullable: true,
    description: 'One group; null if no group has this id.',
  })
  @Access('open')
  group(
    @Arg('id', () => ID, { description: 'Id of the group: `nbnp:…`.' }) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Group | null> {
    return loaders.one(Group).load(id);
  }

  @Query(() => GroupConnection, {
    nullable: true,
    description: 'Groups, by id, or as `orderBy` says.',
  })
  @Access('open')
  async groups(
    @Arg('filter', () => GroupFilter, { nullable: true, description: 'All groups if left out.' })
    filter: GroupFilter | null,
    @Arg('orderBy', () => GroupOrder, {
      nullable: true,
      defaultValue: 'ID',
      description:
        'How the list is sorted. `BAD_USER_INPUT` for a cursor of another order; `QUERY_TOO_COMPLEX` for `DEPARTS_ON`, `DEPARTS_ON_DESCENDING` or `STATE` with more than 500 groups.',
    })
    orderBy: GroupOrder | null,
    @pagination.Paged() page: pagination.PageArguments,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<pagination.Connection<Group> | null> {
    const { coordinatingOffice } = filter ?? {};
    const offices =
      coordinatingOffice == null
        ? undefined
        : await loadNamesOf(coordinatingOffice, context, (error) =>
            context.missing.note(error, info),
          );
    const meant = { offices, endedBy: visibleIfEndedBy(context) };
    const groups = findGroups(context.source, filter ?? {}, meant);
    if (filter?.state != null) await keepStates(groups, filter.state, context, info);
    const found = await pageGroups(groups, orderBy, page, context, info);
    return (await areGroupsKnown(filter?.programme, context)) ? found : null;
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Plans a group of a programme, between two of its sides or in a documented direction. The office of a direction must be in Russia and open at some time of the programme. `NOT_FOUND` for a side that the programme does not have. Rules: PLANNED_SIZE, REHEARSAL, MERGED, HOST_COUNTRY, CLOSED, EVALUATED once the network has signed. `NOT_FOUND` for an unknown office.',
  })
  @Access('coordinator')
  createGroup(
    @Arg('input', () => CreateGroupInput, { description: words.Input.input })
    input: CreateGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return createGroup(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Changes a group’s name, planned size or co-ordinating office before its departure. Rules: CANCELLED, DEPARTED, EVALUATED once the network has signed, PLANNED_SIZE, REHEARSAL, MERGED, HOST_COUNTRY, CLOSED. `NOT_FOUND` for an unknown office.',
  })
  @Access('coordinator')
  changeGroup(
    @Arg('input', () => ChangeGroupInput, { description: words.Input.input })
    input: ChangeGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return changeGroup(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Cancels a group that is neither on a visit nor back from all of them. Rules: CANCELLED, RETURNED, DEPARTED, OUTSIDE_PROGRAMME.',
  })
  @Access('coordinator')
  cancelGroup(
    @Arg('input', () => CancelGroupInput, { description: words.Input.input })
    input: CancelGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return cancelGroup(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes a mistaken group, if nothing refers to it: no visit, nomination, meeting or report of any organisation. Its reason is kept in the changes. True once it is gone. Rules: REFERRED_TO, EVALUATED.',
  })
  @Access('coordinator')
  removeGroup(
    @Arg('input', () => RemoveGroupInput, { description: words.Input.input })
    input: RemoveGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return removeGroup(context, input);
  }

  @FieldResolver(() => Programme, { description: 'The programme that the group travels in.' })
  programme(@Root() group: Group, @Ctx() context: PartnerContext): Promise<Programme> {
    return loadProgramme(group, context);
  }

  @FieldResolver(() => Side, { description: 'Where its members come from.' })
  from(@Root() group: Group, @Ctx() context: PartnerContext): Promise<Side> {
    return loadEnd(group, 'from', context);
  }

  @FieldResolver(() => Side, { description: 'Where it goes.' })
  to(@Root() group: Group, @Ctx() context: PartnerContext): Promise<Side> {
    return loadEnd(group, 'to', context);
  }

  @FieldResolver(() => Boolean, {
    description:
      'False for the Nordic-Baltic groups of the founding document alone: it asks for a briefing before visits to the Nordic countries.',
  })
  async isBriefingDue(@Root() group: Group, @Ctx() context: PartnerContext): Promise<boolean> {
    return sides.isBriefingDue(await loadGroupSides(group, context));
  }

  @FieldResolver(() => Office, {
    nullable: true,
    description:
      'The NCM office that co-ordinates the group: of those of its sides the first; null while the network does.',
  })
  coordinatingOffice(@Root() { coordinatingOfficeId }: Group): Pick<Office, 'id'> | null {
    return coordinatingOfficeId === null ? null : { id: coordinatingOfficeId };
  }
}

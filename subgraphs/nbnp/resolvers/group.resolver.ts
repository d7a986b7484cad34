import { byId, readPage } from '@hub/shared/database';
import { createConnectionTypes, type Connection } from '@hub/shared/pagination';
import { DateScalar } from '@hub/shared/scalars';
import type { PartnerContext } from '@hub/shared/server';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { Office } from '../entities/office.reference.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { deriveWarnings } from './derive-warnings.js';
import { findGroups } from './find-groups.js';
import { GroupFilter } from './group.input.js';
import { areGroupsKnown, lastAcceptance, loadAccepted, loadProgramme } from './load-group-facts.js';
import { loadWarningFacts } from './load-warning-facts.js';
import { Page } from './page.input.js';
import { loadVisibleVisits } from './visible-visits.js';

const { ConnectionType: GroupConnection } = createConnectionTypes(Group, 'Group', 'exact');

/** What the network alone answers about a group. */
@Resolver(() => Group)
export class GroupResolver {
  @Query(() => Group, { nullable: true })
  group(
    @Arg('id', () => ID) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Group | null> {
    return loaders.one(Group).load(id);
  }

  @Query(() => GroupConnection, { nullable: true })
  async groups(
    @Arg('filter', () => GroupFilter, { nullable: true }) filter: GroupFilter | null,
    @Args(() => Page) page: Page,
    @Ctx() context: PartnerContext,
  ): Promise<Connection<Group> | null> {
    const found = await readPage(findGroups(context.source, filter ?? {}), byId, page);
    return (await areGroupsKnown(filter?.programme, context)) ? found : null;
  }

  @FieldResolver(() => Programme)
  programme(@Root() group: Group, @Ctx() context: PartnerContext): Promise<Programme> {
    return loadProgramme(group, context);
  }

  @FieldResolver(() => Office, {
    nullable: true,
    description: 'The NCM office that co-ordinates the group on the Russian side.',
  })
  coordinatingOffice(@Root() { coordinatingOfficeId }: Group): Pick<Office, 'id'> | null {
    return coordinatingOfficeId === null ? null : { id: coordinatingOfficeId };
  }

  @FieldResolver(() => [Visit], { nullable: true })
  visits(@Root() { id }: Group, @Ctx() context: PartnerContext): Promise<Visit[]> {
    return loadVisibleVisits(id, context);
  }

  @FieldResolver(() => DateScalar, { nullable: true })
  async officersAcceptedOn(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return lastAcceptance(await loadAccepted(id, context));
  }

  @FieldResolver(() => [String])
  async warnings(@Root() group: Group, @Ctx() context: PartnerContext): Promise<string[]> {
    return deriveWarnings(await loadWarningFacts(group, context));
  }
}

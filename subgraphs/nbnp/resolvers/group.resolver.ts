import { byId, readPage } from '@hub/shared/database';
import { createConnectionTypes, IsCounted, type Connection } from '@hub/shared/pagination';
import { DateScalar } from '@hub/shared/scalars';
import type { PartnerContext } from '@hub/shared/server';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
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
import { loadVisibleVisits, mayKnowJourneys } from './visible-visits.js';

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
    @IsCounted() isCounted: boolean,
    @Ctx() context: PartnerContext,
  ): Promise<Connection<Group> | null> {
    const counted = Object.assign(page, { isCounted });
    const found = await readPage(findGroups(context.source, filter ?? {}), byId, counted);
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

  @FieldResolver(() => DateScalar, { nullable: true })
  async briefedOn(
    @Root() { id, briefedOn }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await mayKnowJourneys(id, context)) ? briefedOn : null;
  }

  @FieldResolver(() => DateScalar, { nullable: true })
  async debriefedOn(
    @Root() { id, debriefedOn }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await mayKnowJourneys(id, context)) ? debriefedOn : null;
  }

  /** A briefing is a version too. Who may not know of it has nothing to write, and is told none. */
  @FieldResolver(() => Int)
  async version(@Root() { id, version }: Group, @Ctx() context: PartnerContext): Promise<number> {
    return (await mayKnowJourneys(id, context)) ? version : 0;
  }

  @FieldResolver(() => [String])
  async warnings(@Root() group: Group, @Ctx() context: PartnerContext): Promise<string[]> {
    return deriveWarnings(await loadWarningFacts(group, context));
  }
}

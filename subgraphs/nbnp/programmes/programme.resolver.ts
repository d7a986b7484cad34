import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Event } from '../entities/event.entity.js';
import { Group } from '../entities/group.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Deadline, Programme } from '../entities/programme.entity.js';
import { Region } from '../entities/references.js';
import { Side } from '../entities/side.entity.js';
import { Direction } from '../entities/vocabulary.js';
import { sectorsFor } from '../sides/documented-sides.js';
import { loadEnd, loadSides } from '../sides/load-sides.js';
import { changeProgramme } from './change-programme.js';
import { createProgramme } from './create-programme.js';
import {
  ChangeProgrammeInput,
  CreateProgrammeInput,
  RemoveProgrammeInput,
} from './programme.input.js';
import { removeProgramme } from './remove-programme.js';

@Resolver(() => Programme)
export class ProgrammeResolver {
  @Query(() => [Programme], { nullable: true, description: 'All mobility programmes, by id.' })
  @Access('open')
  programmes(@Ctx() { source }: PartnerContext): Promise<Programme[]> {
    return source.getRepository(Programme).find({ order: { id: 'ASC' } });
  }

  @Query(() => Programme, {
    nullable: true,
    description: 'One programme; null if no programme has this id.',
  })
  @Access('open')
  programme(
    @Arg('id', () => ID, {
      description: 'Id of the programme: `nbnp:mobility-programme-2009-2010`.',
    })
    id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Programme | null> {
    return loaders.one(Programme).load(id);
  }

  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Plans a programme: its years, group sizes, target groups, sectors, aims, journeys, sides, and who runs it. `NOT_FOUND` for an unknown party or region. Rules: REHEARSAL, MERGED; SIDE, CLOSED for its sides.',
  })
  @Access('coordinator')
  createProgramme(
    @Arg('input', () => CreateProgrammeInput, { description: words.Input.input })
    input: CreateProgrammeInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return createProgramme(context, input);
  }

  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Changes the plan of a programme until the network signs its evaluation. `CONFLICT` with `currentVersion` if it has changed since; `NOT_FOUND` for an unknown party or region. Its target groups and group sizes can be changed until the first nomination. Rules: EVALUATED; REHEARSAL, if it has a group or an invented party; MERGED; NOMINATED; PLANNED_SIZE, if a group is planned for another size; OUTSIDE_PROGRAMME, if a visit would be outside the new years; DOCUMENTED, SIDE, CLOSED for its sides; a side that a group uses keeps its place and selectors after the first nomination (NOMINATED), its hosts and co-ordinators after the first departure (DEPARTED), and stays (REFERRED_TO). A side keeps a party that was merged or has closed since, or has the one that stays. Who answers for visits that have not departed is decided anew.',
  })
  @Access('coordinator')
  changeProgramme(
    @Arg('input', () => ChangeProgrammeInput, { description: words.Input.input })
    input: ChangeProgrammeInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return changeProgramme(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes a mistaken programme with its plan, if nothing refers to it: no group, event or evaluation. Its reason is kept in the changes. True once it is gone. Rules: REFERRED_TO.',
  })
  @Access('coordinator')
  removeProgramme(
    @Arg('input', () => RemoveProgrammeInput, { description: words.Input.input })
    input: RemoveProgrammeInput,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return removeProgramme(context, input);
  }

  @FieldResolver(() => [PartyRole], {
    description: 'The bodies that run it, with their roles, in the order of the source.',
  })
  roles(@Root() { id }: Programme, @Ctx() { loaders }: PartnerContext): Promise<PartyRole[]> {
    const orderBy = [{ property: 'position' }, { property: 'id' }];
    return loaders.many(PartyRole, 'programmeId', { orderBy }).load(id);
  }

  @FieldResolver(() => [Group], {
    nullable: true,
    description: 'Its groups, by id. Null if the programme’s groups are not documented.',
  })
  async groups(
    @Root() { id, hasDocumentedGroups }: Programme,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Group[] | null> {
    return hasDocumentedGroups ? loaders.many(Group, 'programmeId').load(id) : null;
  }

  @FieldResolver(() => [Region], {
    nullable: true,
    description: 'The regions that it plans to reach in addition to those of its offices.',
  })
  areasToInvolve(@Root() { areaCodes }: Programme): Region[] | null {
    return areaCodes?.map((code) => ({ code })) ?? null;
  }

  @FieldResolver(() => [PlannedJourney], {
    description: 'The journeys that the programme plans, one from each side to another.',
  })
  plannedJourneys(
    @Root() { id }: Programme,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<PlannedJourney[]> {
    const orderBy = [{ property: 'position' }, { property: 'id' }];
    return loaders.many(PlannedJourney, 'programmeId', { orderBy }).load(id);
  }

  @FieldResolver(() => [vocabulary.Sector], {
    description:
      'The sectors that groups of this direction should see: all of `sectorsToShow` if the programme does not distinguish directions.',
    deprecationReason: 'Use `Side.sectorsToShow`.',
  })
  sectorsFor(
    @Root() programme: Programme,
    @Arg('direction', () => Direction, { description: 'From where to where the groups travel.' })
    direction: Direction,
  ): readonly vocabulary.Sector[] {
    return sectorsFor(programme, direction);
  }

  @FieldResolver(() => [Side], {
    description:
      'The sides that its journeys go between: those that the network planned, in their order, and the documented ones of its journeys and groups.',
  })
  sides(@Root() { id }: Programme, @Ctx() context: PartnerContext): Promise<Side[]> {
    return loadSides(id, context);
  }

  @FieldResolver(() => [Deadline], {
    description:
      'By when it wants things done, as its plan lists them. Empty if it states nothing.',
  })
  deadlines(@Root() { deadlines }: Programme): Deadline[] {
    return deadlines ?? [];
  }

  @FieldResolver(() => [Event], { description: 'Its events, by id.' })
  events(@Root() { id }: Programme, @Ctx() { loaders }: PartnerContext): Promise<Event[]> {
    return loaders.many(Event, 'programmeId').load(id);
  }
}

@Resolver(() => PlannedJourney)
export class PlannedJourneyResolver {
  @FieldResolver(() => Side, { description: 'Where its groups come from.' })
  from(@Root() journey: PlannedJourney, @Ctx() context: PartnerContext): Promise<Side> {
    return loadEnd(journey, 'from', context);
  }

  @FieldResolver(() => Side, { description: 'Where its groups go.' })
  to(@Root() journey: PlannedJourney, @Ctx() context: PartnerContext): Promise<Side> {
    return loadEnd(journey, 'to', context);
  }
}

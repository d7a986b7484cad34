import { Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { isOfRehearsal } from '../access/leave-out-rehearsals.js';
import type { WithLoaders } from '../access/load-related.js';
import { Event } from '../entities/event.entity.js';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { ExpertAssignment, Visit } from '../entities/visit.entity.js';

async function isGroupOfRehearsal(id: string, context: WithLoaders): Promise<boolean> {
  const group = await context.loaders.one(Group).load(id);
  return isOfRehearsal(group?.programmeId ?? null, context);
}

async function isVisitOfRehearsal(id: string, context: WithLoaders): Promise<boolean> {
  const visit = await context.loaders.one(Visit).load(id);
  return visit !== null && isGroupOfRehearsal(visit.groupId, context);
}

const description = words.Rehearsal.inherited;

// Whatever belongs to a programme is a rehearsal if the programme is one.

@Resolver(() => Group)
export class GroupRehearsalResolver {
  @FieldResolver(() => Boolean, { description })
  isRehearsal(@Root() { programmeId }: Group, @Ctx() context: PartnerContext): Promise<boolean> {
    return isOfRehearsal(programmeId, context);
  }
}

@Resolver(() => Visit)
export class VisitRehearsalResolver {
  @FieldResolver(() => Boolean, { description })
  @Self()
  isRehearsal(@Root() { groupId }: Visit, @Ctx() context: PartnerContext): Promise<boolean> {
    return isGroupOfRehearsal(groupId, context);
  }
}

@Resolver(() => ItineraryStop)
export class StopRehearsalResolver {
  @FieldResolver(() => Boolean, { description })
  @Self()
  isRehearsal(
    @Root() { visitId }: ItineraryStop,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return isVisitOfRehearsal(visitId, context);
  }
}

@Resolver(() => ExpertAssignment)
export class AssignmentRehearsalResolver {
  @FieldResolver(() => Boolean, { description })
  isRehearsal(
    @Root() { visitId }: ExpertAssignment,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return isVisitOfRehearsal(visitId, context);
  }
}

@Resolver(() => Event)
export class EventRehearsalResolver {
  @FieldResolver(() => Boolean, { description })
  isRehearsal(@Root() { programmeId }: Event, @Ctx() context: PartnerContext): Promise<boolean> {
    return isOfRehearsal(programmeId, context);
  }
}

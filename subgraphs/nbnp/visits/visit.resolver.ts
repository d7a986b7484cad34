import { pagination, readOrdered } from '@hub/shared/database';
import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { hostOrder, stopOrder } from '../access/load-related.js';
import { visibleIfEndedBy } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { EarlierPlan, VisitPlan } from '../entities/visit-plan.entity.js';
import { ExpertAssignment, Visit, VisitHost } from '../entities/visit.entity.js';
import { countedStatuses, VisitOrder } from '../entities/vocabulary.js';
import { areGroupsKnown } from '../groups/load-group-facts.js';
import { RecordDateInput } from '../groups/record-date.input.js';
import { loadEnd, loadSectorsOf } from '../sides/load-sides.js';
import { cancelVisit } from './cancel-visit.js';
import { changeVisit } from './change-visit.js';
import { findMissingSectors } from './find-missing-sectors.js';
import { findVisits, visitOrders } from './find-visits.js';
import { recordDeparture } from './record-departure.js';
import { recordReturn } from './record-return.js';
import { rescheduleVisit } from './reschedule-visit.js';
import { scheduleVisit } from './schedule-visit.js';
import {
  CancelVisitInput,
  ChangeVisitInput,
  RescheduleVisitInput,
  ScheduleVisitInput,
  VisitFilter,
} from './visit.input.js';

/** The plans of a visit, oldest first. The last one is the present plan. */
async function loadPlans(
  { id, startsOn, endsOn }: Visit,
  { loaders }: Pick<PartnerContext, 'loaders'>,
): Promise<VisitPlan[]> {
  const byVersion = { orderBy: [{ property: 'untilVersion' }] };
  const [earlier, hosts] = await Promise.all([
    loaders.many(EarlierPlan, 'visitId', byVersion).load(id),
    loaders.many(VisitHost, 'visitId', { orderBy: hostOrder }).load(id),
  ]);
  const plans = [
    ...earlier,
    { startsOn, endsOn, hostCountries: hosts.map(({ country }) => country) },
  ];
  return plans.map((plan, index) =>
    Object.assign(plan, { fromVersion: (earlier[index - 1]?.untilVersion ?? 0) + 1 }),
  );
}

const { ConnectionType: VisitConnection } = pagination.createConnectionTypes(Visit, 'Visit', {
  counts: 'exact',
  access: 'open',
});

@Resolver(() => Visit)
export class VisitResolver {
  @Query(() => Visit, {
    nullable: true,
    description: 'One visit; null if no visit has this id.',
  })
  @Access('open')
  visit(
    @Arg('id', () => ID, { description: 'Id of the visit: `nbnp:…`.' }) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Visit | null> {
    return loaders.one(Visit).load(id);
  }

  @Query(() => VisitConnection, {
    nullable: true,
    description:
      'Visits, by id, or as `orderBy` says. Anonymous callers get those that have ended. Null for a programme whose groups are not documented.',
  })
  @Access('open')
  async visits(
    @Arg('filter', () => VisitFilter, { nullable: true, description: 'All visits if left out.' })
    filter: VisitFilter | null,
    @Arg('orderBy', () => VisitOrder, {
      nullable: true,
      defaultValue: 'ID',
      description: words.List.orderBy,
    })
    orderBy: VisitOrder | null,
    @pagination.Paged() page: pagination.PageArguments,
    @Ctx() context: PartnerContext,
  ): Promise<pagination.Connection<Visit> | null> {
    const visits = findVisits(context.source, filter ?? {}, visibleIfEndedBy(context));
    const found = await readOrdered(visits, visitOrders, orderBy, page);
    return (await areGroupsKnown(filter?.programme, context)) ? found : null;
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Plans a visit of a group that is not back yet. Rules: CANCELLED, RETURNED, EVALUATED, HOST_COUNTRY, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS, OVERLAPPING_GROUPS.',
  })
  @Access('coordinator')
  scheduleVisit(
    @Arg('input', () => ScheduleVisitInput, { description: words.Input.input })
    input: ScheduleVisitInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return scheduleVisit(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Moves a visit whose group has not departed. Its stops must be within the new days. Puts each loan of an expert back to `REQUESTED`, and each confirmed hosting back to `OFFERED`, if the new days are outside those for which it was given; within them they stand. Rules: DEPARTED, CANCELLED, OUTSIDE_PROGRAMME, OUTSIDE_VISIT, OVERLAPPING_VISITS, OVERLAPPING_GROUPS, EXPERT_ELSEWHERE.',
  })
  @Access('coordinator')
  rescheduleVisit(
    @Arg('input', () => RescheduleVisitInput, { description: words.Input.input })
    input: RescheduleVisitInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return rescheduleVisit(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Changes a visit until the return of its group, but not its days. Puts each confirmed hosting of a country that hosts no more back to `OFFERED`. Rules: CANCELLED, RETURNED, HOST_COUNTRY.',
  })
  @Access('coordinator')
  changeVisit(
    @Arg('input', () => ChangeVisitInput, { description: words.Input.input })
    input: ChangeVisitInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return changeVisit(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Cancels a visit before the departure. The visit stays, with its reason, and counts nowhere. Its group may make another. Rules: CANCELLED, RETURNED, DEPARTED, OUTSIDE_PROGRAMME.',
  })
  @Access('coordinator')
  cancelVisit(
    @Arg('input', () => CancelVisitInput, { description: words.Input.input })
    input: CancelVisitInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return cancelVisit(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Records the day on which the group set out, or corrects it: at most two days before the visit’s first day, and not after its last, nor after a stop that took place. Rules: CANCELLED, RETURNED, NOT_SELECTED, NOT_BRIEFED, UNCONFIRMED_STOP, OVERLAPPING_VISITS, OVERLAPPING_GROUPS, DATE_ORDER, OUTSIDE_PROGRAMME.',
  })
  @Access('coordinator')
  recordDeparture(
    @Arg('input', () => RecordDateInput, { description: words.Input.input }) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return recordDeparture(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Records the day on which the group came back, or corrects it: at most 30 days after the visit’s last day, and not before a stop that took place. Rules: CANCELLED, NOT_DEPARTED, DATE_ORDER, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS, EVALUATED.',
  })
  @Access('coordinator')
  recordReturn(
    @Arg('input', () => RecordDateInput, { description: words.Input.input }) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return recordReturn(context, input);
  }

  @FieldResolver(() => Group, { description: 'The group that makes the visit.' })
  @Self()
  group(@Root() { groupId }: Visit, @Ctx() { loaders }: PartnerContext): Promise<Group | null> {
    return loaders.one(Group).load(groupId);
  }

  @FieldResolver(() => [CountryCodeScalar], {
    nullable: true,
    description: 'The countries that host it, in the order of the request that planned it.',
  })
  @Self()
  async hostCountries(
    @Root() { id }: Visit,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<string[]> {
    const hosts = loaders.many(VisitHost, 'visitId', { orderBy: hostOrder });
    return (await hosts.load(id)).map(({ country }) => country);
  }

  @FieldResolver(() => [VisitHost], {
    nullable: true,
    description: 'The same countries, each with the organisation that answers for it.',
  })
  @Self()
  hosts(@Root() { id }: Visit, @Ctx() { loaders }: PartnerContext): Promise<VisitHost[]> {
    return loaders.many(VisitHost, 'visitId', { orderBy: hostOrder }).load(id);
  }

  @FieldResolver(() => [VisitPlan], {
    nullable: true,
    description:
      'Its days and hosts since each change of them, oldest first; the last are those of now.',
  })
  plans(@Root() visit: Visit, @Ctx() context: PartnerContext): Promise<VisitPlan[]> {
    return loadPlans(visit, context);
  }

  @FieldResolver(() => [ItineraryStop], {
    nullable: true,
    description: 'Its stops, by day, time and id.',
  })
  @Access('itinerary')
  @Self()
  stops(@Root() { id }: Visit, @Ctx() { loaders }: PartnerContext): Promise<ItineraryStop[]> {
    return loaders.many(ItineraryStop, 'visitId', { orderBy: stopOrder }).load(id);
  }

  @FieldResolver(() => [vocabulary.Sector], {
    nullable: true,
    description:
      'Sectors that the group should see by the programme, and that no planned or held stop of this visit covers. A `SOCIAL` stop covers `HEALTH` too.',
  })
  @Access('itinerary')
  async missingSectors(
    @Root() visit: Visit,
    @Ctx() context: PartnerContext,
  ): Promise<vocabulary.Sector[]> {
    const { loaders } = context;
    const [stops, group] = await Promise.all([
      loaders.many(ItineraryStop, 'visitId').load(visit.id),
      loaders.one(Group).load(visit.groupId),
    ]);
    return findMissingSectors(
      group ? await loadSectorsOf(await loadEnd(group, 'to', context), context) : [],
      stops.flatMap(({ sector, status }) => (countedStatuses.includes(status) ? sector : [])),
    );
  }

  @FieldResolver(() => [ExpertAssignment], {
    nullable: true,
    description: 'The experts for whom the network has asked, each in one role.',
  })
  @Access('itinerary')
  experts(@Root() { id }: Visit, @Ctx() { loaders }: PartnerContext): Promise<ExpertAssignment[]> {
    return loaders.many(ExpertAssignment, 'visitId').load(id);
  }
}

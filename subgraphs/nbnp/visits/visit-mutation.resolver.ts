import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Visit } from '../entities/visit.entity.js';
import { rescheduleVisit } from './reschedule-visit.js';
import { scheduleVisit } from './schedule-visit.js';
import { RescheduleVisitInput, ScheduleVisitInput } from './visit.input.js';

/** Plans visits. */
@Resolver()
export class VisitMutationResolver {
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
      'Moves a visit that has not departed. Its stops must be within the new days. Rules: DEPARTED, CANCELLED, OUTSIDE_PROGRAMME, OUTSIDE_VISIT, OVERLAPPING_VISITS, OVERLAPPING_GROUPS, EXPERT_ELSEWHERE.',
  })
  @Access('coordinator')
  rescheduleVisit(
    @Arg('input', () => RescheduleVisitInput, { description: words.Input.input })
    input: RescheduleVisitInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return rescheduleVisit(context, input);
  }
}

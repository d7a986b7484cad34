import type { PartnerContext } from '@hub/shared/server';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Visit } from '../entities/visit.entity.js';
import { assignExpert, releaseExpert } from './assign-expert.js';
import { AssignExpertInput, ReleaseExpertInput } from './expert-assignment.input.js';
import { RecordDateInput } from './record-date.input.js';
import { recordDeparture } from './record-departure.js';
import { recordReturn } from './record-return.js';
import { rescheduleVisit } from './reschedule-visit.js';
import { scheduleVisit } from './schedule-visit.js';
import { RescheduleVisitInput, ScheduleVisitInput } from './visit.input.js';

/** What is planned of a visit, who serves it, and when the group left and came back. */
@Resolver()
export class VisitMutationResolver {
  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Plans a visit of a group that is not back yet. Rules: CANCELLED, RETURNED, EVALUATED, HOST_COUNTRY, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS, OVERLAPPING_GROUPS.',
  })
  scheduleVisit(
    @Arg('input', () => ScheduleVisitInput) input: ScheduleVisitInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return scheduleVisit(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Moves a visit that has not departed; its stops stay inside it. Rules: DEPARTED, CANCELLED, OUTSIDE_PROGRAMME, OUTSIDE_VISIT, OVERLAPPING_VISITS, OVERLAPPING_GROUPS, EXPERT_ELSEWHERE.',
  })
  rescheduleVisit(
    @Arg('input', () => RescheduleVisitInput) input: RescheduleVisitInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return rescheduleVisit(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      "Assigns a police's expert to a visit in one role. Rules: CANCELLED, RETURNED, ALREADY_ASSIGNED, EXPERT_ELSEWHERE, EXPERT_ROLE, EXPERT_LANGUAGES.",
  })
  assignExpert(
    @Arg('input', () => AssignExpertInput) input: AssignExpertInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return assignExpert(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description: 'Takes an assignment back. Rules: CANCELLED, RETURNED.',
  })
  releaseExpert(
    @Arg('input', () => ReleaseExpertInput) input: ReleaseExpertInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return releaseExpert(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'The day on which the group set out, whatever was planned. Rules: CANCELLED, RETURNED, NOT_SELECTED, NOT_BRIEFED, UNCONFIRMED_STOP, OVERLAPPING_VISITS, DATE_ORDER, OUTSIDE_PROGRAMME.',
  })
  recordDeparture(
    @Arg('input', () => RecordDateInput) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return recordDeparture(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'The day on which the group came back. Rules: CANCELLED, NOT_DEPARTED, DATE_ORDER, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS, EVALUATED.',
  })
  recordReturn(
    @Arg('input', () => RecordDateInput) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return recordReturn(context, input);
  }
}

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
  @Mutation(() => Visit, { nullable: true })
  scheduleVisit(
    @Arg('input', () => ScheduleVisitInput) input: ScheduleVisitInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return scheduleVisit(context, input);
  }

  @Mutation(() => Visit, { nullable: true })
  rescheduleVisit(
    @Arg('input', () => RescheduleVisitInput) input: RescheduleVisitInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return rescheduleVisit(context, input);
  }

  @Mutation(() => Visit, { nullable: true })
  assignExpert(
    @Arg('input', () => AssignExpertInput) input: AssignExpertInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return assignExpert(context, input);
  }

  @Mutation(() => Visit, { nullable: true })
  releaseExpert(
    @Arg('input', () => ReleaseExpertInput) input: ReleaseExpertInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return releaseExpert(context, input);
  }

  @Mutation(() => Visit, { nullable: true })
  recordDeparture(
    @Arg('input', () => RecordDateInput) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return recordDeparture(context, input);
  }

  @Mutation(() => Visit, { nullable: true })
  recordReturn(
    @Arg('input', () => RecordDateInput) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return recordReturn(context, input);
  }
}

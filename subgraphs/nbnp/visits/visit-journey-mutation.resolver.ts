import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Visit } from '../entities/visit.entity.js';
import { RecordDateInput } from '../groups/record-date.input.js';
import { recordDeparture } from './record-departure.js';
import { recordReturn } from './record-return.js';

/** Records when a group left for a visit and when it returned. */
@Resolver()
export class VisitJourneyMutationResolver {
  @Mutation(() => Visit, {
    nullable: true,
    description:
      'The day on which the group set out, whatever was planned. Rules: CANCELLED, RETURNED, NOT_SELECTED, NOT_BRIEFED, UNCONFIRMED_STOP, OVERLAPPING_VISITS, DATE_ORDER, OUTSIDE_PROGRAMME.',
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
      'The day on which the group came back. Rules: CANCELLED, NOT_DEPARTED, DATE_ORDER, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS, EVALUATED.',
  })
  @Access('coordinator')
  recordReturn(
    @Arg('input', () => RecordDateInput, { description: words.Input.input }) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return recordReturn(context, input);
  }
}

import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { correctDelegateReport } from './correct-delegate-report.js';
import { handInDelegateReport } from './hand-in-delegate-report.js';
import { HandInDelegateReportInput } from './participant-report.input.js';

@Resolver(() => ParticipantReport)
export class ParticipantReportResolver {
  @Mutation(() => ParticipantReport, {
    nullable: true,
    description:
      "Accepts a delegate's report of a visit: the first until two years after the programme's end, further ones until the programme has been evaluated. Rules: NOT_TRAVELLED, NOT_RETURNED, DATE_ORDER, TOO_LATE, CANCELLED, EVALUATED, ERASED.",
  })
  @Access('coordinator')
  @Self()
  handInDelegateReport(
    @Arg('input', () => HandInDelegateReportInput, { description: words.Input.input })
    input: HandInDelegateReportInput,
    @Ctx() context: PartnerContext,
  ): Promise<ParticipantReport> {
    return handInDelegateReport(context, input);
  }

  @Mutation(() => ParticipantReport, {
    nullable: true,
    description:
      'Corrects a delegate’s latest report of a visit, until the programme has been evaluated. The changes record it. `NOT_FOUND` if there is no report of the visit. Rules: NOT_TRAVELLED, NOT_RETURNED, DATE_ORDER, TOO_LATE, CANCELLED, EVALUATED, ERASED.',
  })
  @Access('coordinator')
  @Self()
  correctDelegateReport(
    @Arg('input', () => HandInDelegateReportInput, { description: words.Input.input })
    input: HandInDelegateReportInput,
    @Ctx() context: PartnerContext,
  ): Promise<ParticipantReport> {
    return correctDelegateReport(context, input);
  }

  @FieldResolver(() => Boolean, { description: words.Rehearsal.inherited })
  @Self()
  async isRehearsal(
    @Root() { delegateId }: ParticipantReport,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<boolean> {
    return (await loaders.one(Delegate).load(delegateId))?.isRehearsal ?? false;
  }
}

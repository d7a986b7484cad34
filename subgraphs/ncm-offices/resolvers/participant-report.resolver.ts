import type { PartnerContext } from '@hub/shared/server';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { handInDelegateReport } from './hand-in-delegate-report.js';
import { HandInDelegateReportInput } from './participant-report.input.js';

@Resolver(() => ParticipantReport)
export class ParticipantReportResolver {
  @Mutation(() => ParticipantReport, { nullable: true })
  handInDelegateReport(
    @Arg('input', () => HandInDelegateReportInput) input: HandInDelegateReportInput,
    @Ctx() context: PartnerContext,
  ): Promise<ParticipantReport> {
    return handInDelegateReport(context, input);
  }
}

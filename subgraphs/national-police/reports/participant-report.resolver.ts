import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { correctOfficerReport } from './correct-officer-report.js';
import { handInOfficerReport } from './hand-in-officer-report.js';
import { HandInOfficerReportInput } from './participant-report.input.js';

@Resolver(() => ParticipantReport)
export class ParticipantReportResolver {
  @Mutation(() => ParticipantReport, {
    nullable: true,
    description:
      'Accepts an officer’s report of a visit: the first until two years after the programme’s end, further ones until the programme has been evaluated. Rules: NOT_TRAVELLED, NOT_RETURNED, DATE_ORDER, TOO_LATE, CANCELLED, EVALUATED, ERASED.',
  })
  @Access('coordinator')
  @Self()
  handInOfficerReport(
    @Arg('input', () => HandInOfficerReportInput, { description: words.Input.input })
    input: HandInOfficerReportInput,
    @Ctx() context: PartnerContext,
  ): Promise<ParticipantReport> {
    return handInOfficerReport(context, input);
  }

  @Mutation(() => ParticipantReport, {
    nullable: true,
    description:
      'Corrects an officer’s latest report of a visit, until the programme has been evaluated. The changes record it. `NOT_FOUND` if there is no report of the visit. Rules: NOT_TRAVELLED, NOT_RETURNED, DATE_ORDER, TOO_LATE, CANCELLED, EVALUATED, ERASED.',
  })
  @Access('coordinator')
  @Self()
  correctOfficerReport(
    @Arg('input', () => HandInOfficerReportInput, { description: words.Input.input })
    input: HandInOfficerReportInput,
    @Ctx() context: PartnerContext,
  ): Promise<ParticipantReport> {
    return correctOfficerReport(context, input);
  }

  @FieldResolver(() => Boolean, { description: words.Rehearsal.inherited })
  @Self()
  async isRehearsal(
    @Root() { officerId }: ParticipantReport,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<boolean> {
    return (await loaders.one(Officer).load(officerId))?.isRehearsal ?? false;
  }
}

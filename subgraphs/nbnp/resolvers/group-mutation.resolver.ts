import type { PartnerContext } from '@hub/shared/server';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { acceptOfficer } from './accept-officer.js';
import { cancelGroup } from './cancel-group.js';
import { createGroup } from './create-group.js';
import { declineOfficer } from './decline-officer.js';
import { CancelGroupInput, CreateGroupInput } from './group.input.js';
import { AcceptOfficerInput, DeclineOfficerInput } from './officer-nomination.input.js';
import { RecordDateInput } from './record-date.input.js';
import { recordGroupBriefing } from './record-group-briefing.js';
import { recordGroupDebriefing } from './record-group-debriefing.js';

@Resolver(() => Group)
export class GroupMutationResolver {
  @Mutation(() => Group, { nullable: true })
  createGroup(
    @Arg('input', () => CreateGroupInput) input: CreateGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return createGroup(context, input);
  }

  @Mutation(() => Group, { nullable: true })
  cancelGroup(
    @Arg('input', () => CancelGroupInput) input: CancelGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return cancelGroup(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      "Accepts a police unit's nominee into a Nordic-Baltic group. Refused with GROUP_FULL above the programme's largest group size.",
  })
  acceptOfficer(
    @Arg('input', () => AcceptOfficerInput) input: AcceptOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return acceptOfficer(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description: 'Declines a nominee, or releases one who had been accepted.',
  })
  declineOfficer(
    @Arg('input', () => DeclineOfficerInput) input: DeclineOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return declineOfficer(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'For Nordic-Baltic groups; the office records it for groups from North-West Russia.',
  })
  recordGroupBriefing(
    @Arg('input', () => RecordDateInput) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordGroupBriefing(context, input);
  }

  @Mutation(() => Group, { nullable: true })
  recordGroupDebriefing(
    @Arg('input', () => RecordDateInput) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordGroupDebriefing(context, input);
  }
}

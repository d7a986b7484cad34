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
  @Mutation(() => Group, {
    nullable: true,
    description:
      'Plans a group of a programme. Rules: PLANNED_SIZE, EVALUATED once the network has signed. `NOT_FOUND` for an office that is not there.',
  })
  createGroup(
    @Arg('input', () => CreateGroupInput) input: CreateGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return createGroup(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Cancels a group in any state before its return. Rules: CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
  })
  cancelGroup(
    @Arg('input', () => CancelGroupInput) input: CancelGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return cancelGroup(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      "Accepts a police unit's nominee into a Nordic-Baltic group. Refused with GROUP_FULL above the programme's largest group size. Rules: CANCELLED, DEPARTED, DIRECTION, WITHDRAWN, ALREADY_DECIDED, ALREADY_NOMINATED, TARGET_GROUP, OUTSIDE_PROGRAMME, DATE_ORDER, OVERLAPPING_GROUPS.",
  })
  acceptOfficer(
    @Arg('input', () => AcceptOfficerInput) input: AcceptOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return acceptOfficer(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Declines a nominee, or releases one who had been accepted. Rules: CANCELLED, DEPARTED, DIRECTION, WITHDRAWN, ALREADY_DECIDED, OUTSIDE_PROGRAMME, DATE_ORDER.',
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
      'For Nordic-Baltic groups; the office records it for groups from North-West Russia. Rules: DIRECTION, NOT_SELECTED, CANCELLED, DEPARTED, OUTSIDE_PROGRAMME.',
  })
  recordGroupBriefing(
    @Arg('input', () => RecordDateInput) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordGroupBriefing(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'The meeting after the return, of a Nordic-Baltic group. Rules: DIRECTION, NOT_RETURNED, DATE_ORDER, CANCELLED, EVALUATED.',
  })
  recordGroupDebriefing(
    @Arg('input', () => RecordDateInput) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordGroupDebriefing(context, input);
  }
}

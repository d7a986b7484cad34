import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { RecordDateInput } from './record-date.input.js';
import { recordGroupBriefing } from './record-group-briefing.js';
import { recordGroupDebriefing } from './record-group-debriefing.js';

/** Records the meetings of a group before and after its journey. */
@Resolver(() => Group)
export class GroupMeetingMutationResolver {
  @Mutation(() => Group, {
    nullable: true,
    description:
      'For Nordic-Baltic groups; the office records it for groups from North-West Russia. Rules: DIRECTION, NOT_SELECTED, CANCELLED, DEPARTED, OUTSIDE_PROGRAMME.',
  })
  @Access('coordinator')
  recordGroupBriefing(
    @Arg('input', () => RecordDateInput, { description: words.Input.input }) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordGroupBriefing(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'The meeting after the return, of a Nordic-Baltic group. Rules: DIRECTION, NOT_RETURNED, DATE_ORDER, CANCELLED, EVALUATED.',
  })
  @Access('coordinator')
  recordGroupDebriefing(
    @Arg('input', () => RecordDateInput, { description: words.Input.input }) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordGroupDebriefing(context, input);
  }
}

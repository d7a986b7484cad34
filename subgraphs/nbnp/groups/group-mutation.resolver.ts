import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { cancelGroup } from './cancel-group.js';
import { createGroup } from './create-group.js';
import { CancelGroupInput, CreateGroupInput } from './group.input.js';

/** Plans and cancels groups. */
@Resolver(() => Group)
export class GroupMutationResolver {
  @Mutation(() => Group, {
    nullable: true,
    description:
      'Plans a group of a programme. Rules: PLANNED_SIZE, EVALUATED once the network has signed. `NOT_FOUND` for an unknown office.',
  })
  @Access('coordinator')
  createGroup(
    @Arg('input', () => CreateGroupInput, { description: words.Input.input })
    input: CreateGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return createGroup(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Cancels a group in any state before its return. Rules: CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
  })
  @Access('coordinator')
  cancelGroup(
    @Arg('input', () => CancelGroupInput, { description: words.Input.input })
    input: CancelGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return cancelGroup(context, input);
  }
}

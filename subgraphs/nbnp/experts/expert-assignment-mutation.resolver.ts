import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Visit } from '../entities/visit.entity.js';
import { assignExpert, releaseExpert } from './assign-expert.js';
import { AssignExpertInput, ReleaseExpertInput } from './expert-assignment.input.js';

/** Assigns experts to visits. */
@Resolver()
export class ExpertAssignmentMutationResolver {
  @Mutation(() => Visit, {
    nullable: true,
    description:
      "Assigns a police force's expert to a visit in one role. Rules: CANCELLED, RETURNED, ALREADY_ASSIGNED, EXPERT_ELSEWHERE, EXPERT_ROLE, EXPERT_LANGUAGES.",
  })
  @Access('coordinator')
  assignExpert(
    @Arg('input', () => AssignExpertInput, { description: words.Input.input })
    input: AssignExpertInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return assignExpert(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description: 'Removes an assignment. Rules: CANCELLED, RETURNED.',
  })
  @Access('coordinator')
  releaseExpert(
    @Arg('input', () => ReleaseExpertInput, { description: words.Input.input })
    input: ReleaseExpertInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return releaseExpert(context, input);
  }
}

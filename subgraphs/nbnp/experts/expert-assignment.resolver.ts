import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Expert } from '../entities/references.js';
import { ExpertAssignment, Visit } from '../entities/visit.entity.js';
import { assignExpert, releaseExpert } from './assign-expert.js';
import { AssignExpertInput, ReleaseExpertInput } from './expert-assignment.input.js';

@Resolver(() => ExpertAssignment)
export class ExpertAssignmentResolver {
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

  @FieldResolver(() => Expert, {
    nullable: true,
    description: 'The expert, from the police force that offers the expert.',
  })
  expert(@Root() { expertId }: ExpertAssignment): Expert {
    return { id: expertId };
  }
}

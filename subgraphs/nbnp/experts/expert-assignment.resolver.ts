import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Expert } from '../entities/references.js';
import { ExpertAssignment, Visit } from '../entities/visit.entity.js';
import { LoanStatus } from '../entities/vocabulary.js';
import { assignExpert, releaseExpert } from './assign-expert.js';
import { AssignExpertInput, ReleaseExpertInput } from './expert-assignment.input.js';

@Resolver(() => ExpertAssignment)
export class ExpertAssignmentResolver {
  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Asks a police force for its expert, for a visit and in one role. The police force decides with `decideExpertLoan`. Rules: CANCELLED, RETURNED, ALREADY_ASSIGNED, EXPERT_ELSEWHERE, EXPERT_ROLE, EXPERT_LANGUAGES, REHEARSAL.',
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
    description:
      'Removes an assignment, whether the expert was lent, refused or not decided on. Rules: CANCELLED, RETURNED.',
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

  @FieldResolver(() => Visit, {
    nullable: true,
    description: 'The journey of a group on which the expert is to serve.',
  })
  @Self()
  visit(
    @Root() { visitId }: ExpertAssignment,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Visit | null> {
    return loaders.one(Visit).load(visitId);
  }

  @Directive('@requires(fields: "loanGranted loanWithdrawnOn isLoanPutBack")')
  @FieldResolver(() => LoanStatus, {
    nullable: true,
    description:
      'Requested by the network, or decided by the police force that offers the expert; null while that is unavailable.',
  })
  @Self()
  status(
    @Root() { loanGranted, loanWithdrawnOn, isLoanPutBack }: ExpertAssignment,
  ): LoanStatus | null {
    if (isLoanPutBack == null) return null;
    if (loanWithdrawnOn != null) return LoanStatus.WITHDRAWN;
    if (loanGranted == null) return LoanStatus.REQUESTED;
    return loanGranted ? LoanStatus.LENT : LoanStatus.REFUSED;
  }
}

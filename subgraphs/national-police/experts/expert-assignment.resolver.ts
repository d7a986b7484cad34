import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { DateScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { isOwn } from '../access/entity.reference.js';
import { ExpertAssignment } from '../entities/expert-assignment.reference.js';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { decideExpertLoan } from './decide-expert-loan.js';
import { DecideExpertLoanInput } from './expert-assignment.input.js';

/** This police force’s decision on its own expert; null before. */
async function findLoan(
  { id, expertId }: ExpertAssignment,
  { partner, loaders }: PartnerContext,
): Promise<ExpertLoan | null> {
  if (!isOwn(partner, expertId)) return null;
  const loan = await loaders.one(ExpertLoan, 'assignmentId').load(id);
  return loan?.expertId === expertId ? loan : null;
}

@Resolver(() => ExpertAssignment)
export class ExpertAssignmentResolver {
  @Mutation(() => ExpertAssignment, {
    nullable: true,
    description:
      'Lends an expert for a visit, or refuses. A decision is final; the network can release the expert and ask again. Rules: NOT_ASSIGNED, CANCELLED, RETURNED, OUTSIDE_PROGRAMME, ALREADY_DECIDED, ERASED.',
  })
  @Access('coordinator')
  decideExpertLoan(
    @Arg('input', () => DecideExpertLoanInput, { description: words.Input.input })
    input: DecideExpertLoanInput,
    @Ctx() context: PartnerContext,
  ): Promise<ExpertAssignment> {
    return decideExpertLoan(context, input);
  }

  @Directive('@requires(fields: "expertId")')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: words.ExpertAssignment.loanGranted,
  })
  @Access('itinerary')
  async loanGranted(
    @Root() assignment: ExpertAssignment,
    @Ctx() context: PartnerContext,
  ): Promise<boolean | null> {
    return (await findLoan(assignment, context))?.loanGranted ?? null;
  }

  @Directive('@requires(fields: "expertId")')
  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: 'The day on which her police force decided; null before.',
  })
  @Access('itinerary')
  async loanDecidedOn(
    @Root() assignment: ExpertAssignment,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await findLoan(assignment, context))?.loanDecidedOn ?? null;
  }

  @Directive('@requires(fields: "expertId")')
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Why her police force decided so. Null before the decision, without a reason, and after the erasure of the expert.',
  })
  @Access('identity')
  async loanReason(
    @Root() assignment: ExpertAssignment,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await findLoan(assignment, context))?.loanReason ?? null;
  }
}

import { DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { consents } from '@hub/shared/programme';
import { Arg, Ctx, Directive, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { isOwn } from '../access/entity.reference.js';
import { ExpertAssignment } from '../entities/expert-assignment.reference.js';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { decideExpertLoan, withdrawExpertLoan } from './decide-expert-loan.js';
import { DecideExpertLoanInput, WithdrawExpertLoanInput } from './expert-assignment.input.js';

/** What this police force recorded of its own expert; null before its first decision. */
async function findRecorded(
  { id, expertId }: ExpertAssignment,
  { partner, loaders }: PartnerContext,
): Promise<ExpertLoan | null> {
  if (!isOwn(partner, expertId)) return null;
  const loan = await loaders.one(ExpertLoan, 'assignmentId').load(id);
  return loan?.expertId === expertId ? loan : null;
}

/** This police force’s decision; null before, and while it must decide again. */
async function findLoan(
  assignment: ExpertAssignment,
  context: PartnerContext,
): Promise<ExpertLoan | null> {
  const loan = await findRecorded(assignment, context);
  return loan && !(await consents.isLoanPutBack(context, loan)) ? loan : null;
}

@Resolver(() => ExpertAssignment)
export class ExpertAssignmentResolver {
  @Mutation(() => ExpertAssignment, {
    nullable: true,
    description:
      'Lends an expert for a visit and its present days, or refuses. A decision is final, unless the visit moves outside these days; the network can release the expert and ask again. `CONFLICT` with the visit’s `currentVersion` if its days have changed since `visitVersion`. Rules: NOT_ASSIGNED, REHEARSAL, CANCELLED, RETURNED, OUTSIDE_PROGRAMME, ALREADY_DECIDED, ERASED.',
  })
  @Access('coordinator')
  decideExpertLoan(
    @Arg('input', () => DecideExpertLoanInput, { description: words.Input.input })
    input: DecideExpertLoanInput,
    @Ctx() context: PartnerContext,
  ): Promise<ExpertAssignment> {
    return decideExpertLoan(context, input);
  }

  @Mutation(() => ExpertAssignment, {
    nullable: true,
    description:
      'Takes back an expert who was lent, until the group has returned: the expert is ill, or needed elsewhere. The network can release them and ask for another. Rules: NOT_ASSIGNED, CANCELLED, RETURNED, OUTSIDE_PROGRAMME, WITHDRAWN, NOT_LENT, DATE_ORDER, ERASED.',
  })
  @Access('coordinator')
  withdrawExpertLoan(
    @Arg('input', () => WithdrawExpertLoanInput, { description: words.Input.input })
    input: WithdrawExpertLoanInput,
    @Ctx() context: PartnerContext,
  ): Promise<ExpertAssignment> {
    return withdrawExpertLoan(context, input);
  }

  @Directive('@requires(fields: "expertId")')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: words.ExpertAssignment.loanGranted,
    deprecationReason: 'Use `ExpertAssignment.status`.',
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
    description: 'The day on which the police force decided; null before.',
  })
  @Access('itinerary')
  async loanDecidedOn(
    @Root() assignment: ExpertAssignment,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await findLoan(assignment, context))?.loanDecidedOn ?? null;
  }

  @Directive('@requires(fields: "expertId")')
  @FieldResolver(() => Int, {
    nullable: true,
    description: words.ExpertAssignment.loanGrantedVersion,
  })
  @Access('itinerary')
  async loanGrantedVersion(
    @Root() assignment: ExpertAssignment,
    @Ctx() context: PartnerContext,
  ): Promise<number | null> {
    const loan = await findLoan(assignment, context);
    return loan?.loanGranted ? loan.grantedVersion : null;
  }

  @Directive('@requires(fields: "expertId")')
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Why the police force decided so, or took the expert back. Null before the decision, without a reason, and after the erasure of the expert.',
  })
  @Access('identity')
  async loanReason(
    @Root() assignment: ExpertAssignment,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    const loan = await findLoan(assignment, context);
    return loan?.withdrawReason ?? loan?.loanReason ?? null;
  }

  @Directive('@requires(fields: "expertId")')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: words.ExpertAssignment.isLoanPutBack,
  })
  @Access('itinerary')
  async isLoanPutBack(
    @Root() assignment: ExpertAssignment,
    @Ctx() context: PartnerContext,
  ): Promise<boolean | null> {
    const loan = await findRecorded(assignment, context);
    return isOwn(context.partner, assignment.expertId)
      ? loan !== null && consents.isLoanPutBack(context, loan)
      : null;
  }

  @Directive('@requires(fields: "expertId")')
  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: words.ExpertAssignment.loanWithdrawnOn,
  })
  @Access('itinerary')
  async loanWithdrawnOn(
    @Root() assignment: ExpertAssignment,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await findRecorded(assignment, context))?.withdrawnOn ?? null;
  }
}

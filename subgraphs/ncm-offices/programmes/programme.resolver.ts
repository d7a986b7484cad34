import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { DateScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { Programme } from '../entities/references.js';
import { mayKnowSignature } from './programme-facts.js';
import { SignOfficeEvaluationInput } from './programme.input.js';
import { signOfficeEvaluation } from './sign-office-evaluation.js';

/** The offices’ signature, for a caller who may see it. */
const loadSignature = async (
  context: PartnerContext,
  programmeId: string,
): Promise<ProgrammeSignature | null> =>
  (await mayKnowSignature(context, programmeId))
    ? context.loaders.one(ProgrammeSignature, 'programmeId').load(programmeId)
    : null;

@Resolver(() => Programme)
export class ProgrammeResolver {
  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Signs for the offices; NBNP signs in its own subgraph (`signEvaluation`). Rules: UNDER_WAY, ALREADY_SIGNED, OUTSIDE_PROGRAMME, DATE_ORDER.',
  })
  @Access('coordinator')
  signOfficeEvaluation(
    @Arg('input', () => SignOfficeEvaluationInput, { description: words.Input.input })
    input: SignOfficeEvaluationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return signOfficeEvaluation(context, input);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: words.Programme.officeSignedOn })
  async officeSignedOn(
    @Root() { id }: Programme,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await loadSignature(context, id))?.signedOn ?? null;
  }

  @FieldResolver(() => Int, { nullable: true, description: words.Programme.officeSignatureCount })
  async officeSignatureCount(
    @Root() { id }: Programme,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    return (await loadSignature(context, id)) === null ? 0 : 1;
  }
}

import { DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { EvaluationText, OfficeEvaluation } from '../entities/evaluation-text.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { Programme } from '../entities/references.js';
import { draftOfficeEvaluation } from './draft-office-evaluation.js';
import { mayKnowSignature, mayReadText } from './programme-facts.js';
import { DraftOfficeEvaluationInput, SignOfficeEvaluationInput } from './programme.input.js';
import { signOfficeEvaluation } from './sign-office-evaluation.js';
import { withdrawOfficeSignature } from './withdraw-office-signature.js';

/** The offices’ signature, for a caller who may see it. */
const loadSignature = async (
  context: PartnerContext,
  programmeId: string,
): Promise<ProgrammeSignature | null> =>
  (await mayKnowSignature(context, programmeId))
    ? context.loaders.one(ProgrammeSignature, 'programmeId').load(programmeId)
    : null;

/** The offices’ part of the evaluation, for a caller who may read it. */
const loadText = async (
  context: PartnerContext,
  programmeId: string,
): Promise<EvaluationText | null> =>
  (await mayReadText(context, programmeId))
    ? context.loaders.one(EvaluationText, 'programmeId').load(programmeId)
    : null;

@Resolver(() => Programme)
export class ProgrammeResolver {
  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Writes the offices’ part of the evaluation. Only NBNP and the offices read it until both have signed. Rules: ALREADY_SIGNED.',
  })
  @Access('coordinator')
  draftOfficeEvaluation(
    @Arg('input', () => DraftOfficeEvaluationInput, { description: words.Input.input })
    input: DraftOfficeEvaluationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return draftOfficeEvaluation(context, input);
  }

  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Signs for the offices; NBNP signs in its own subgraph (`signEvaluation`). Rules: UNDER_WAY, ALREADY_SIGNED, OUTSIDE_PROGRAMME, DATE_ORDER, TOO_LATE.',
  })
  @Access('coordinator')
  signOfficeEvaluation(
    @Arg('input', () => SignOfficeEvaluationInput, { description: words.Input.input })
    input: SignOfficeEvaluationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return signOfficeEvaluation(context, input);
  }

  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Withdraws the offices’ signature, until NBNP has signed. Rules: NOT_SIGNED, DATE_ORDER, EVALUATED.',
  })
  @Access('coordinator')
  withdrawOfficeSignature(
    @Arg('input', () => SignOfficeEvaluationInput, { description: words.Input.input })
    input: SignOfficeEvaluationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return withdrawOfficeSignature(context, input);
  }

  @FieldResolver(() => OfficeEvaluation, {
    nullable: true,
    description:
      'The offices’ part of the evaluation, and their signature; null before the first of them. A draft without a signature is null for most callers.',
  })
  async officeEvaluation(
    @Root() { id }: Programme,
    @Ctx() context: PartnerContext,
  ): Promise<OfficeEvaluation | null> {
    const [mayRead, text, signature] = await Promise.all([
      mayReadText(context, id),
      loadText(context, id),
      loadSignature(context, id),
    ]);
    if (!text && !signature) return null;
    const { summary = null, version = 0 } = text ?? {};
    const { findings, recommendations } = text ?? { findings: [], recommendations: [] };
    const lists = mayRead
      ? { findings, recommendations }
      : { findings: null, recommendations: null };
    return { summary, ...lists, version, signedOn: signature?.signedOn ?? null };
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The offices’ assessment in words; null without one. Before both have signed, only co-ordinators and liaisons of NBNP and co-ordinators of the offices read it; it is null for others, without an error.',
    deprecationReason: 'Use `officeEvaluation.summary`.',
  })
  async officeEvaluationSummary(
    @Root() { id }: Programme,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await loadText(context, id))?.summary ?? null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Grows by one with every draft of the offices. Send it back with the next draft. Null without a draft, and for those who may not read it.',
    deprecationReason: 'Use `officeEvaluation.version`.',
  })
  async officeEvaluationVersion(
    @Root() { id }: Programme,
    @Ctx() context: PartnerContext,
  ): Promise<number | null> {
    return (await loadText(context, id))?.version ?? null;
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

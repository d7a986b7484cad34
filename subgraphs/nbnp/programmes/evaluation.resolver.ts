import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Evaluation, EvaluationSignature, EvaluationText } from '../entities/evaluation.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { RecordDateInput } from '../groups/record-date.input.js';
import { deriveEvaluation } from './derive-evaluation.js';
import { draftEvaluation } from './draft-evaluation.js';
import { DraftEvaluationInput, SignEvaluationInput } from './evaluation.input.js';
import { showEvaluation } from './show-evaluation.js';
import { signEvaluation } from './sign-evaluation.js';
import { withdrawEvaluationSignature } from './withdraw-evaluation-signature.js';

@Resolver(() => Programme)
export class EvaluationResolver {
  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Writes NBNP’s part of the evaluation. Only NBNP and the offices read it until both have signed. Rules: ALREADY_SIGNED.',
  })
  @Access('coordinator')
  draftEvaluation(
    @Arg('input', () => DraftEvaluationInput, { description: words.Input.input })
    input: DraftEvaluationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return draftEvaluation(context, input);
  }

  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Signs for NBNP; the offices sign in their own subgraph (`signOfficeEvaluation`). Rules: UNDER_WAY, ALREADY_SIGNED, OUTSIDE_PROGRAMME, DATE_ORDER, TOO_LATE.',
  })
  @Access('coordinator')
  signEvaluation(
    @Arg('input', () => SignEvaluationInput, { description: words.Input.input })
    input: SignEvaluationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return signEvaluation(context, input);
  }

  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Withdraws NBNP’s signature, until the offices have signed. `id` is the programme’s, `version` the evaluation’s. Rules: NOT_SIGNED, DATE_ORDER, EVALUATED.',
  })
  @Access('coordinator')
  withdrawEvaluationSignature(
    @Arg('input', () => RecordDateInput, { description: words.Input.input })
    input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return withdrawEvaluationSignature(context, input);
  }

  @Directive('@requires(fields: "officeSignedOn officeSignatureCount")')
  @FieldResolver(() => Evaluation, {
    nullable: true,
    description:
      'The assessment and its signatures; null before the first. A draft without a signature is null for most callers.',
  })
  async evaluation(
    @Root() programme: Programme,
    @Ctx() context: PartnerContext,
  ): Promise<Evaluation | null> {
    const { loaders } = context;
    const [signature, text] = await Promise.all([
      loaders.one(EvaluationSignature, 'programmeId').load(programme.id),
      loaders.one(EvaluationText, 'programmeId').load(programme.id),
    ]);
    return showEvaluation(deriveEvaluation({ signature, text }, programme), programme.id, context);
  }
}

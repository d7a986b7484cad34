import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Programme } from '../entities/programme.entity.js';
import { createProgramme } from './create-programme.js';
import { CreateProgrammeInput, SignEvaluationInput } from './programme.input.js';
import { signEvaluation } from './sign-evaluation.js';

@Resolver(() => Programme)
export class ProgrammeMutationResolver {
  @Mutation(() => Programme, {
    nullable: true,
    description: 'Plans a programme: its years, group sizes, target groups and sectors.',
  })
  @Access('coordinator')
  createProgramme(
    @Arg('input', () => CreateProgrammeInput, { description: words.Input.input })
    input: CreateProgrammeInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return createProgramme(context, input);
  }

  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Signs for NBNP; the offices sign in their own subgraph (`signOfficeEvaluation`). Rules: UNDER_WAY, ALREADY_SIGNED, OUTSIDE_PROGRAMME, DATE_ORDER.',
  })
  @Access('coordinator')
  signEvaluation(
    @Arg('input', () => SignEvaluationInput, { description: words.Input.input })
    input: SignEvaluationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return signEvaluation(context, input);
  }
}

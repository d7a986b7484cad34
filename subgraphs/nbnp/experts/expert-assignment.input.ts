import { LanguageTagScalar } from '@hub/shared/graphql';
import { Distinct, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType('AssignExpertInput', { description: 'An expert for a visit.' })
export class AssignExpertInput {
  @Field(() => ID, { description: 'Id of the visit.' })
  visit: string;

  @Field(() => ID, { description: 'Id of the expert: `fi:…`.' })
  expert: string;

  @Field(() => vocabulary.SupportRole, {
    description: 'What the expert does there: one of the expert’s roles.',
  })
  role: vocabulary.SupportRole;

  @Field(() => [LanguageTagScalar], {
    description: 'The languages that the expert works in there; the expert speaks them.',
  })
  @Distinct()
  languages: string[];

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('ReleaseExpertInput', { description: 'An assignment to remove.' })
export class ReleaseExpertInput {
  @Field(() => ID, { description: 'Id of the assignment.' })
  assignment: string;
}

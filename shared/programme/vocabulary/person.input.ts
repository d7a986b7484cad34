import { Field, ID, InputType, Int } from 'type-graphql';
import { EmailAddressScalar, LanguageTagScalar } from '../../graphql/scalars/scalars.js';
import { Distinct, NotNull } from '../../partner/mutations/input-rules.js';
import { words } from '../../partner/words.js';

const name = 'The full name.';
const email = 'Where the person can be reached.';
const languages = 'All languages that the person speaks.';

/** A new person of an organisation. The partners’ inputs extend it. */
@InputType('RegisterPersonInput')
export abstract class RegisterPersonInput {
  @Field(() => String, { description: name })
  name: string;

  @Field(() => EmailAddressScalar, { nullable: true, description: email })
  email?: string | null;

  @Field(() => [LanguageTagScalar], { description: languages })
  @Distinct()
  languages: string[];

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: words.Rehearsal.given,
  })
  isRehearsal?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

/** A change of the record of a person. The partners’ inputs extend it. */
@InputType('ChangePersonInput')
export abstract class ChangePersonInput {
  @Field(() => String, { nullable: true, description: name })
  @NotNull()
  name?: string | null;

  @Field(() => EmailAddressScalar, { nullable: true, description: email })
  email?: string | null;

  @Field(() => [LanguageTagScalar], { nullable: true, description: languages })
  @NotNull()
  @Distinct()
  languages?: string[] | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;
}

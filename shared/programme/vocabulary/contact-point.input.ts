import { Field, ID, InputType, Int } from 'type-graphql';
import {
  DateScalar,
  EmailAddressScalar,
  LanguageTagScalar,
  UrlScalar,
} from '../../graphql/scalars/scalars.js';
import { Distinct, Happened, Must } from '../../partner/mutations/input-rules.js';
import { words } from '../../partner/words.js';

/** Whether a text is an international telephone number. */
export const isTelephone = (text: unknown): boolean => /^\+\d(?: ?\d){5,14}$/.test(String(text));

@InputType('ContactPointInput', { description: words.ContactPoint.input })
export class ContactPointInput {
  @Field(() => String, { nullable: true, description: words.ContactPoint.function })
  function?: string | null;

  @Field(() => EmailAddressScalar, { nullable: true, description: words.ContactPoint.mailbox })
  mailbox?: string | null;

  @Field(() => String, { nullable: true, description: words.ContactPoint.telephone })
  @Must('A number must be of the form `+371 6707 5000`: a plus, then 6 to 15 digits.', isTelephone)
  telephone?: string | null;

  @Field(() => String, { nullable: true, description: words.ContactPoint.openingHours })
  openingHours?: string | null;

  @Field(() => [LanguageTagScalar], { nullable: true, description: words.ContactPoint.languages })
  @Distinct()
  languages?: string[] | null;

  @Field(() => UrlScalar, { description: words.ContactPoint.source })
  source: string;

  @Field(() => DateScalar, { description: words.ContactPoint.checkedOn })
  @Happened()
  checkedOn: string;
}

/** A contact point of a body. The inputs extend it by the body. */
@InputType('SetContactPointInput')
export abstract class SetContactPointInput {
  @Field(() => ID, { nullable: true, description: words.ContactPoint.added })
  contactPoint?: string | null;

  @Field(() => ContactPointInput, { description: words.ContactPoint.set })
  set: ContactPointInput;

  @Field(() => Int, { nullable: true, description: words.Input.versionOrNone })
  version?: number | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

/** A contact point that ends. The inputs extend it by the body. */
@InputType('RemoveContactPointInput')
export abstract class RemoveContactPointInput {
  @Field(() => ID, { description: words.ContactPoint.removed })
  contactPoint: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

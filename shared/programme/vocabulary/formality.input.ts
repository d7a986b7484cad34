import { Field, ID, InputType, Int } from 'type-graphql';
import { DateScalar } from '../../graphql/scalars/scalars.js';
import { Happened } from '../../partner/mutations/input-rules.js';
import { words } from '../../partner/words.js';
import { FormalityKind, FormalityStatus } from './enums.js';

/** A formality of a member of a group that is named elsewhere. The inputs extend it by the person. */
@InputType('OneFormalityInput')
export abstract class OneFormalityInput {
  @Field(() => FormalityKind, { description: words.Formality.kind })
  kind: FormalityKind;

  @Field(() => FormalityStatus, { description: words.Formality.status })
  status: FormalityStatus;

  @Field(() => DateScalar, {
    description: 'The day since which it has this status, within the years of the programme.',
  })
  @Happened()
  on: string;

  @Field(() => String, { nullable: true, description: words.Formality.note })
  note?: string | null;

  @Field(() => Int, { nullable: true, description: words.Input.versionOrNone })
  version?: number | null;
}

/** A formality of a member of a group. The partners’ inputs extend it by the person. */
@InputType('FormalityInput')
export abstract class FormalityInput extends OneFormalityInput {
  @Field(() => ID, { description: 'Id of the group with which the person travels: `nbnp:…`.' })
  group: string;
}

/** What both kinds of partners publish of what people say of their own formalities. */
export const sayDone =
  'The person says that one of their own formalities for a group is done, for the sending side to record it. One that is not recorded yet is now requested. Rules: NOT_MEMBER, CANCELLED, OUTSIDE_PROGRAMME, ALREADY_DECIDED, ERASED.';

/** What a person says of a formality of her own. The partners’ inputs extend it by the person. */
@InputType('SaidFormalityInput')
export abstract class SaidFormalityInput {
  @Field(() => ID, { description: 'Id of the group with which the person travels: `nbnp:…`.' })
  group: string;

  @Field(() => FormalityKind, { description: words.Formality.kind })
  kind: FormalityKind;

  @Field(() => String, { nullable: true, description: 'What the person writes about it, as text.' })
  note?: string | null;

  @Field(() => Int, { nullable: true, description: words.Input.versionOrNone })
  version?: number | null;
}

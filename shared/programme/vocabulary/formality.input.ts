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

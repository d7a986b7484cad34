import { Field, InputType, Int } from 'type-graphql';
import { DateScalar, UrlScalar } from '../../graphql/scalars/scalars.js';
import { Happened } from '../../partner/mutations/input-rules.js';
import { words } from '../../partner/words.js';

/** What a page states, and when somebody read it. The inputs extend it. */
@InputType('StatedInput')
export abstract class StatedInput {
  @Field(() => UrlScalar, { description: words.Input.source })
  source: string;

  @Field(() => DateScalar, { description: words.Input.checkedOn })
  @Happened()
  on: string;
}

/** A change of a record by what a page states. */
@InputType('StatedChangeInput')
export abstract class StatedChangeInput extends StatedInput {
  @Field(() => Int, { description: words.Input.version })
  version: number;
}

import { DateScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('ConfirmStopInput', { description: 'A host’s confirmation of a stop.' })
export class ConfirmStopInput {
  @Field(() => ID, { description: 'Id of the hosting police unit that confirms.' })
  unit: string;

  @Field(() => ID, { description: 'Id of the stop: `nbnp:…`.' })
  stop: string;

  @Field(() => DateScalar, { description: 'The day of the confirmation.' })
  @Happened()
  on: string;

  @Field(() => Int, { description: words.Input.stopVersion })
  stopVersion: number;

  @Field(() => DateScalar, { nullable: true, description: words.Input.recordedOn })
  recordedOn?: string | null;
}

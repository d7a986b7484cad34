import { DateScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'An office’s confirmation of a stop that the offices host.' })
export class ConfirmRegionalStopInput {
  @Field(() => ID, { description: 'Id of the stop: `nbnp:…`.' })
  stop: string;

  @Field(() => ID, { description: 'Id of the office that confirms.' })
  office: string;

  @Field(() => DateScalar, { description: 'The day of the confirmation.' })
  @Happened()
  on: string;

  @Field(() => Int, { description: words.Input.stopVersion })
  stopVersion: number;

  @Field(() => DateScalar, { nullable: true, description: words.Input.recordedOn })
  recordedOn?: string | null;
}

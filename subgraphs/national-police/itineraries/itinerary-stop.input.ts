import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('ConfirmStopInput', { description: 'A host’s confirmation of a stop.' })
export class ConfirmStopInput {
  @Field(() => ID, { description: 'Id of the hosting police unit that confirms.' })
  unit: string;

  @Field(() => ID, { description: 'Id of the stop: `nbnp:…`.' })
  stop: string;

  @Field(() => DateScalar, { description: 'The day of the confirmation.' })
  on: string;

  @Field(() => Int, {
    description:
      'The version of the stop that is confirmed: `ItineraryStop.version` as the caller read it.',
  })
  stopVersion: number;
}

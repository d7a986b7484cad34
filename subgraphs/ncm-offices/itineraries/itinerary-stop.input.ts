import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'An office’s word that a stop in Russia takes place.' })
export class ConfirmRegionalStopInput {
  @Field(() => ID, { description: 'Id of the stop: `nbnp:…`.' })
  stop: string;

  @Field(() => ID, { description: 'Id of the office that confirms.' })
  office: string;

  @Field(() => DateScalar, { description: 'The day of the confirmation.' })
  on: string;

  @Field(() => Int, {
    description:
      'The version of the stop that is confirmed: `ItineraryStop.version` as it was read.',
  })
  stopVersion: number;
}

import { CountryCodeScalar, DateScalar } from '@hub/shared/scalars';
import { Sector } from '@hub/shared/vocabulary';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('AddItineraryStopInput')
export class AddItineraryStopInput {
  @Field(() => ID)
  visit: string;

  @Field(() => CountryCodeScalar)
  hostCountry: string;

  @Field(() => DateScalar)
  day: string;

  @Field(() => String, { nullable: true })
  from?: string | null;

  @Field(() => String, { nullable: true })
  to?: string | null;

  @Field(() => String)
  title: string;

  @Field(() => Sector)
  sector: Sector;

  @Field(() => ID, { nullable: true })
  site?: string | null;

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType('MoveItineraryStopInput')
export class MoveItineraryStopInput {
  @Field(() => ID)
  stop: string;

  @Field(() => DateScalar)
  day: string;

  @Field(() => String, { nullable: true })
  from?: string | null;

  @Field(() => String, { nullable: true })
  to?: string | null;

  @Field(() => Int)
  version: number;
}

@InputType('RemoveItineraryStopInput')
export class RemoveItineraryStopInput {
  @Field(() => ID)
  stop: string;

  @Field(() => Int)
  version: number;
}

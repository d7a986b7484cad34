import { CountryCodeScalar, DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('VisitFilter')
export class VisitFilter {
  @Field(() => ID, { nullable: true })
  programme?: string | null;

  @Field(() => ID, { nullable: true })
  group?: string | null;

  @Field(() => CountryCodeScalar, { nullable: true })
  hostCountry?: string | null;

  @Field(() => DateScalar, { nullable: true })
  from?: string | null;

  @Field(() => DateScalar, { nullable: true })
  to?: string | null;
}

@InputType('ScheduleVisitInput')
export class ScheduleVisitInput {
  @Field(() => ID)
  group: string;

  @Field(() => String)
  title: string;

  @Field(() => [CountryCodeScalar])
  hostCountries: string[];

  @Field(() => DateScalar)
  startsOn: string;

  @Field(() => DateScalar)
  endsOn: string;

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType('RescheduleVisitInput')
export class RescheduleVisitInput {
  @Field(() => ID)
  visit: string;

  @Field(() => DateScalar)
  startsOn: string;

  @Field(() => DateScalar)
  endsOn: string;

  @Field(() => Int)
  version: number;
}

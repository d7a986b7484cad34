import { CountryCodeScalar, DateScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('AddItineraryStopInput', { description: 'A new stop of a visit.' })
export class AddItineraryStopInput {
  @Field(() => ID, { description: 'Id of the visit.' })
  visit: string;

  @Field(() => CountryCodeScalar, {
    description: 'The country that hosts the stop: one of the visit’s.',
  })
  hostCountry: string;

  @Field(() => DateScalar, { description: 'The day, within the visit.' })
  day: string;

  @Field(() => String, {
    nullable: true,
    description: 'When it begins, in local time: `09:30`, or in words: `after lunch`.',
  })
  from?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'When it ends, in local time or in words. A time must not be before that of `from`.',
  })
  to?: string | null;

  @Field(() => String, { description: 'What the group does there.' })
  title: string;

  @Field(() => vocabulary.Sector, { description: 'The sector that the stop shows.' })
  sector: vocabulary.Sector;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the institution, if it is a known site of the host country.',
  })
  site?: string | null;

  @Field(() => String, { nullable: true, description: 'The address of the place.' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'English name of the city.' })
  city?: string | null;

  @Field(() => String, { nullable: true, description: 'Where the group is met.' })
  meetingPoint?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who receives the group there: a name and a number.',
  })
  contactOnTheSpot?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What else those who travel have to know.',
  })
  note?: string | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('MoveItineraryStopInput', { description: 'A new time for a stop.' })
export class MoveItineraryStopInput {
  @Field(() => ID, { description: 'Id of the stop.' })
  stop: string;

  @Field(() => DateScalar, { description: 'The new day, within the visit.' })
  day: string;

  @Field(() => String, {
    nullable: true,
    description: 'When it begins, in local time or in words; not set if left out.',
  })
  from?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'When it ends, in local time or in words; not set if left out.',
  })
  to?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('RemoveItineraryStopInput', { description: 'A stop to remove from its visit.' })
export class RemoveItineraryStopInput {
  @Field(() => ID, { description: 'Id of the stop.' })
  stop: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('ConfirmNetworkStopInput', {
  description: 'The network’s confirmation of a stop, for a host that has no partner.',
})
export class ConfirmNetworkStopInput {
  @Field(() => ID, { description: 'Id of the stop.' })
  stop: string;

  @Field(() => DateScalar, { description: 'The day of the confirmation.' })
  @Happened()
  on: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the organisation of the directory that confirmed to the network; none if left out.',
  })
  organisation?: string | null;

  @Field(() => Int, { description: words.Input.stopVersion })
  stopVersion: number;

  @Field(() => DateScalar, { nullable: true, description: words.Input.recordedOn })
  recordedOn?: string | null;
}

import { DateScalar } from '@hub/shared/graphql';
import { Happened, NotNull, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';
import { SiteContactStatus } from '../entities/vocabulary.js';

@InputType('ChangeItineraryStopInput', {
  description:
    'What is changed at a stop. A field that is left out keeps its value; null removes it.',
})
export class ChangeItineraryStopInput {
  @Field(() => ID, { description: 'Id of the stop.' })
  stop: string;

  @Field(() => String, { nullable: true, description: 'What the group does there.' })
  @NotNull()
  title?: string | null;

  @Field(() => vocabulary.Sector, {
    nullable: true,
    description: 'The sector that the stop shows.',
  })
  @NotNull()
  sector?: vocabulary.Sector | null;

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

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('CallOffItineraryStopInput', {
  description: 'Why and when it was decided that a stop does not take place.',
})
export class CallOffItineraryStopInput {
  @Field(() => ID, { description: 'Id of the stop.' })
  stop: string;

  @Field(() => DateScalar, { description: 'The day of the decision.' })
  @Happened()
  on: string;

  @Field(() => String, { description: 'The reason, without anything about a person.' })
  reason: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('RecordStopHeldInput', { description: 'Whether a stop took place.' })
export class RecordStopHeldInput {
  @Field(() => ID, { description: 'Id of the stop.' })
  stop: string;

  @Field(() => Boolean, { description: 'True if it took place.' })
  held: boolean;

  @Field(() => String, { nullable: true, description: 'Why it did not take place.' })
  reason?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('RecordSiteContactInput', {
  description: 'The latest contact with the institution that a stop visits.',
})
export class RecordSiteContactInput {
  @Field(() => ID, { description: 'Id of the stop.' })
  stop: string;

  @Field(() => SiteContactStatus, { description: 'How far the network has come with it.' })
  status: SiteContactStatus;

  @Field(() => DateScalar, {
    description: 'The day of the contact; of a thank-you not before the stop.',
  })
  @Happened()
  on: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('ResumeItineraryStopInput', { description: 'A stop that was called off by mistake.' })
export class ResumeItineraryStopInput {
  @Field(() => ID, { description: 'Id of the stop.' })
  stop: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

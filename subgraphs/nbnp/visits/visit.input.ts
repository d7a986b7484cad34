import { CountryCodeScalar, DateScalar } from '@hub/shared/graphql';
import { Distinct, Happened, NotBefore, NotNull, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('VisitFilter', {
  description: 'Selects visits. All given conditions must hold. An unknown date excludes nothing.',
})
export class VisitFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the programme that its group travels in.',
  })
  programme?: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the group that makes it.' })
  group?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'A country that hosts it, alone or among others.',
  })
  hostCountry?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The visit takes place on or after this day, at least in part.',
  })
  from?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The visit takes place on or before this day, at least in part.',
  })
  @NotBefore('from')
  to?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description:
      'False to leave out those of rehearsals. Each of these says so by its `isRehearsal`.',
  })
  rehearsals?: boolean | null;
}

@InputType('ScheduleVisitInput', { description: 'A new visit of a group.' })
export class ScheduleVisitInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => String, { description: 'What the visit is called.' })
  title: string;

  @Field(() => [CountryCodeScalar], {
    description: 'The countries that host it: of where the group travels, and on the way.',
  })
  @Distinct(1)
  hostCountries: string[];

  @Field(() => DateScalar, { description: 'First day as planned.' })
  startsOn: string;

  @Field(() => DateScalar, { description: 'Last day as planned.' })
  @NotBefore('startsOn')
  endsOn: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('ChangeVisitInput', {
  description:
    'What is changed at a visit. A field that is left out keeps its value; null removes it.',
})
export class ChangeVisitInput {
  @Field(() => ID, { description: 'Id of the visit.' })
  visit: string;

  @Field(() => String, { nullable: true, description: 'What the visit is called.' })
  @NotNull()
  title?: string | null;

  @Field(() => [CountryCodeScalar], {
    nullable: true,
    description: 'The countries that host it, with those that host its stops.',
  })
  @NotNull()
  @Distinct(1)
  hostCountries?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'What participants have to know before they set out.',
  })
  practicalInformation?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('CancelVisitInput', {
  description: 'Why and when it was decided that a visit never takes place.',
})
export class CancelVisitInput {
  @Field(() => ID, { description: 'Id of the visit.' })
  visit: string;

  @Field(() => DateScalar, { description: 'The day of the decision.' })
  @Happened()
  on: string;

  @Field(() => String, { description: 'The reason, without anything about a person.' })
  reason: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('RescheduleVisitInput', { description: 'New days for a visit that has not set out.' })
export class RescheduleVisitInput {
  @Field(() => ID, { description: 'Id of the visit.' })
  visit: string;

  @Field(() => DateScalar, { description: 'The new first day.' })
  startsOn: string;

  @Field(() => DateScalar, { description: 'The new last day.' })
  @NotBefore('startsOn')
  endsOn: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

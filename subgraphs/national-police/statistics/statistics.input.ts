import { CountryCodeScalar } from '@hub/shared/graphql';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType('OfficerStatisticsFilter', {
  description: 'Selects the officers to count. All given conditions must hold.',
})
export class OfficerStatisticsFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country of the police force that sends them.',
  })
  country?: string | null;

  @Field(() => [ID], { nullable: true, description: 'At most 1,000.' })
  groups?: string[] | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;
}

@InputType('ExpertStatisticsFilter', {
  description: 'Selects the experts to count. All given conditions must hold.',
})
export class ExpertStatisticsFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country of the police force that offers them.',
  })
  country?: string | null;

  @Field(() => vocabulary.SupportRole, {
    nullable: true,
    description: 'What they can do for a visit. For signed-in callers.',
  })
  role?: vocabulary.SupportRole | null;

  @Field(() => vocabulary.Sector, {
    nullable: true,
    description: 'A sector that they know. For signed-in callers.',
  })
  field?: vocabulary.Sector | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;
}

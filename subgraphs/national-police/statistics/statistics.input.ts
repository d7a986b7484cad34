import { CountryCodeScalar } from '@hub/shared/graphql';
import { Sector, SupportRole, takenRehearsals } from '@hub/shared/programme';
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

  @Field(() => Boolean, takenRehearsals)
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

  @Field(() => SupportRole, {
    nullable: true,
    description: 'What they can do for a visit. For signed-in callers.',
  })
  role?: SupportRole | null;

  @Field(() => Sector, {
    nullable: true,
    description: 'A sector that they know. For signed-in callers.',
  })
  field?: Sector | null;

  @Field(() => Boolean, takenRehearsals)
  rehearsals?: boolean | null;
}

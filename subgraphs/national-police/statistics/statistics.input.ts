import { CountryCodeScalar } from '@hub/shared/scalars';
import { Sector, SupportRole } from '@hub/shared/vocabulary';
import { Field, ID, InputType } from 'type-graphql';

@InputType('OfficerStatisticsFilter')
export class OfficerStatisticsFilter {
  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => [ID], { nullable: true, description: 'At most 1,000.' })
  groups?: string[] | null;
}

@InputType('ExpertStatisticsFilter')
export class ExpertStatisticsFilter {
  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => SupportRole, { nullable: true })
  role?: SupportRole | null;

  @Field(() => Sector, { nullable: true })
  field?: Sector | null;
}

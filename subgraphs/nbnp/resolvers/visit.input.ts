import { CountryCodeScalar, DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

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

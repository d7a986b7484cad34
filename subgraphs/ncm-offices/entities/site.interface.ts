import { CountryCodeScalar } from '@hub/shared/scalars';
import { Sector } from '@hub/shared/vocabulary';
import { Field, ID, InterfaceType } from 'type-graphql';

/** A place that a group can visit, whoever keeps it. */
@InterfaceType({ autoRegisterImplementations: false })
export abstract class Site {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  name: string;

  @Field(() => Sector, { nullable: true })
  sector: Sector;

  @Field(() => String, { nullable: true })
  city: string | null;

  @Field(() => CountryCodeScalar, { nullable: true })
  country: string;
}

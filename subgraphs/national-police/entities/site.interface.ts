import { CountryCodeScalar } from '@hub/shared/scalars';
import { Sector } from '@hub/shared/vocabulary';
import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Site', { autoRegisterImplementations: false })
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

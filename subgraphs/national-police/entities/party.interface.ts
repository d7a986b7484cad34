import { CountryCodeScalar } from '@hub/shared/scalars';
import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Party', { autoRegisterImplementations: false })
export abstract class Party {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  name: string;

  @Field(() => CountryCodeScalar, { nullable: true })
  country: string | null;
}

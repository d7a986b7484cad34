import { CountryCodeScalar } from '@hub/shared/scalars';
import { Field, ID, InterfaceType } from 'type-graphql';

/** Any organisation in the graph. Another slice's implementations must not join this one by being loaded beside it. */
@InterfaceType({ autoRegisterImplementations: false })
export abstract class Party {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  name: string;

  @Field(() => CountryCodeScalar, { nullable: true })
  country: string | null;
}

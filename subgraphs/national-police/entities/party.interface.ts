import { CountryCodeScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Party', { autoRegisterImplementations: false, description: words.Party.about })
export abstract class Party {
  @Field(() => ID, { description: words.Party.id })
  id: string;

  @Field(() => String, { nullable: true, description: words.Party.name })
  name: string;

  @Field(() => CountryCodeScalar, { nullable: true, description: words.Party.country })
  country: string | null;
}

import { CountryCodeScalar } from '@hub/shared/scalars';
import { Sector, words } from '@hub/shared/vocabulary';
import { Field, ID, InterfaceType } from 'type-graphql';

/** A place that a group can visit, whoever keeps it. */
@InterfaceType({ autoRegisterImplementations: false, description: words.Site.about })
export abstract class Site {
  @Field(() => ID, { description: words.Site.id })
  id: string;

  @Field(() => String, { nullable: true, description: words.Site.name })
  name: string;

  @Field(() => Sector, { nullable: true, description: words.Site.sector })
  sector: Sector;

  @Field(() => String, { nullable: true, description: words.Site.city })
  city: string | null;

  @Field(() => CountryCodeScalar, { nullable: true, description: words.Site.country })
  country: string;
}

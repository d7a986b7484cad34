import { CountryCodeScalar, DateScalar } from '@hub/shared/graphql';
import { words } from '@hub/shared/partner';
import { network, vocabulary } from '@hub/shared/programme';
import { Field, InputType } from 'type-graphql';

@InputType('NationalSiteFilter', {
  description: 'Selects sites. All given conditions must hold.',
})
export class NationalSiteFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'Only sites in this country, by its ISO code: `EE`.',
  })
  country?: string | null;

  @Field(() => vocabulary.Sector, { nullable: true, description: 'The field that it works in.' })
  sector?: vocabulary.Sector | null;

  @Field(() => DateScalar, { nullable: true, description: words.Site.openOn })
  openOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Part of its name. Case and marks are ignored: `bodo` finds Bodø.',
  })
  search?: string | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;

  @Field(() => Boolean, network.takenMerged)
  merged?: boolean | null;
}

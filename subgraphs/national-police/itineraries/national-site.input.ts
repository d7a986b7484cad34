import { CountryCodeScalar, DateScalar, PartialDateScalar, UrlScalar } from '@hub/shared/graphql';
import { Happened, NotNull, words } from '@hub/shared/partner';
import { takenMerged, vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

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

  @Field(() => String, {
    nullable: true,
    description: 'Part of its name. Case and marks are ignored: `bodo` finds Bodø.',
  })
  search?: string | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;

  @Field(() => Boolean, takenMerged)
  merged?: boolean | null;
}

/** Who states something about a site, and when somebody read it. */
@InputType('StatedSite')
abstract class StatedSite {
  @Field(() => UrlScalar, { description: words.Input.source })
  source: string;

  @Field(() => DateScalar, { description: words.Input.checkedOn })
  @Happened()
  on: string;
}

/** What may be left out of a site. */
@InputType('NationalSiteDetails')
abstract class NationalSiteDetails extends StatedSite {
  @Field(() => String, { nullable: true, description: words.Site.city })
  city?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the unit of this police force that arranges visits to it.',
  })
  unit?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the organisation of the network’s directory to which it belongs.',
  })
  organisation?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What kind of institution it is: `shelter`.',
  })
  kind?: string | null;

  @Field(() => PartialDateScalar, { nullable: true, description: words.Site.visitedOn })
  @Happened()
  visitedOn?: string | null;

  @Field(() => String, { nullable: true, description: words.Site.note })
  note?: string | null;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;
}

const site = 'Id of the site.';

@InputType({ description: 'A new site that groups can visit, and the page that states it.' })
export class RegisterNationalSiteInput extends NationalSiteDetails {
  @Field(() => CountryCodeScalar, { description: 'The country of the police force: `LV`.' })
  country: string;

  @Field(() => String, { description: words.Site.name })
  name: string;

  @Field(() => vocabulary.Sector, { description: words.Site.sector })
  sector: vocabulary.Sector;

  @Field(() => vocabulary.SiteEvidence, { description: words.Site.evidence })
  evidence: vocabulary.SiteEvidence;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: words.Rehearsal.given,
  })
  isRehearsal?: boolean | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({
  description: 'A change of a site. What is left out stays as it is; null removes a value.',
})
export class ChangeNationalSiteInput extends NationalSiteDetails {
  @Field(() => ID, { description: site })
  site: string;

  @Field(() => String, { nullable: true, description: words.Site.name })
  @NotNull()
  name?: string | null;

  @Field(() => vocabulary.Sector, { nullable: true, description: words.Site.sector })
  @NotNull()
  sector?: vocabulary.Sector | null;

  @Field(() => vocabulary.SiteEvidence, { nullable: true, description: words.Site.evidence })
  @NotNull()
  evidence?: vocabulary.SiteEvidence | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({ description: 'The end of visits to a site, and the page that states it.' })
export class CloseNationalSiteInput extends StatedSite {
  @Field(() => ID, { description: site })
  site: string;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description:
      'Day, month or year since which no group can visit it. Null, or left out, if groups can.',
  })
  closedOn?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

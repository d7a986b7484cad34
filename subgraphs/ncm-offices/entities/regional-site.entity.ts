import { CountryCodeScalar, DateScalar, PartialDateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Region } from './region.entity.js';
import { Site } from './site.interface.js';

@Entity({ name: 'regional_sites' })
@Directive('@key(fields: "id")')
@ObjectType({ implements: Site, description: words.RegionalSite.about })
@Access('open')
@MaxAge('reference')
export class RegionalSite implements Site {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Site.id })
  id: string;

  @Column({ type: 'varchar' })
  @Field(() => String, { nullable: true, description: words.Site.name })
  name: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Index('regional_sites_by_sector')
  @Field(() => vocabulary.Sector, { nullable: true, description: words.Site.sector })
  sector: vocabulary.Sector;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => String, { nullable: true, description: words.Site.city })
  city: string | null;

  @Column({ type: 'varchar' })
  @Field(() => CountryCodeScalar, { nullable: true, description: words.Site.country })
  country: string;

  @Column({ type: 'varchar', name: 'region_code', collation: 'C', nullable: true })
  @Index('regional_sites_by_region')
  @ForeignKey(() => Region, { name: 'regional_sites_region' })
  regionCode: string | null;

  @Column({ type: 'varchar', name: 'organisation_id', nullable: true })
  organisationId: string | null;

  @Column({ type: 'varchar', name: 'event_id', nullable: true })
  eventId: string | null;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What kind of institution it is, as the facts name it: `shelter`.',
  })
  kind: string | null;

  @Column({ type: 'varchar', name: 'visited_on', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true, description: words.Site.visitedOn })
  visitedOn: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Site.note })
  note: string | null;

  @Column({ type: 'varchar' })
  @Field(() => vocabulary.SiteEvidence, { nullable: true, description: words.Site.evidence })
  evidence: vocabulary.SiteEvidence;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => UrlScalar, { nullable: true, description: words.Site.source })
  source: string | null;

  @Column({ name: 'closed_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true, description: words.Site.closedOn })
  closedOn: string | null;

  @Column({ name: 'checked_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: words.Party.checkedOn })
  checkedOn: string | null;

  @Column({ name: 'merged_into_id', type: 'varchar', collation: 'C', nullable: true })
  @Index('regional_sites_by_merging')
  mergedIntoId: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { nullable: true, description: words.Party.version })
  version: number;

  @Column({ name: 'is_rehearsal', type: 'boolean', default: false })
  @Field(() => Boolean, { description: words.Rehearsal.made })
  isRehearsal: boolean;
}

@Entity({ name: 'site_claims' })
@PartOf('claims', 'siteId')
export class SiteClaim extends vocabulary.ClaimFields {
  @PrimaryColumn({ name: 'site_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => RegionalSite, { name: 'site_claims_site' })
  siteId: string;

  @PrimaryColumn({ type: 'integer' })
  position: number;
}

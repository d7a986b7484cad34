import { CountryCodeScalar, DateScalar, PartialDateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PoliceUnit } from './police-unit.entity.js';
import { Site } from './site.interface.js';

@Entity({ name: 'national_sites' })
@Index('ix_national_sites_order', ['country', 'name', 'id'])
@Index('ix_national_sites_sector', ['sector'])
@Index('ix_national_sites_unit', ['unitId'])
@Index('ix_national_sites_merged', ['mergedIntoId'])
@Directive('@key(fields: "id")')
@ObjectType('NationalSite', { implements: Site, description: words.NationalSite.about })
@Access('open')
@MaxAge('reference')
export class NationalSite extends Site {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Site.id })
  override id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { nullable: true, description: words.Site.name })
  override name: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => vocabulary.Sector, { nullable: true, description: words.Site.sector })
  override sector: vocabulary.Sector;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: words.Site.city })
  override city: string | null;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar, { nullable: true, description: words.Site.country })
  override country: string;

  @Column({ name: 'unit_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => PoliceUnit, { name: 'fk_national_sites_unit' })
  unitId: string | null;

  /** The network’s organisation at this place, if it is not a police unit. */
  @Column({ name: 'organisation_id', type: 'varchar', collation: 'C', nullable: true })
  organisationId: string | null;

  @Column({ name: 'event_id', type: 'varchar', collation: 'C', nullable: true })
  eventId: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What kind of institution it is, as the facts name it: `prosecutor_office`.',
  })
  kind: string | null;

  @Column({ name: 'visited_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true, description: words.Site.visitedOn })
  visitedOn: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Site.note })
  note: string | null;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => vocabulary.SiteEvidence, { nullable: true, description: words.Site.evidence })
  evidence: vocabulary.SiteEvidence;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true, description: words.Site.source })
  source: string | null;

  @Column({ name: 'closed_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true, description: words.Site.closedOn })
  closedOn: string | null;

  @Column({ name: 'checked_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: words.Party.checkedOn })
  checkedOn: string | null;

  @Column({ name: 'merged_into_id', type: 'varchar', collation: 'C', nullable: true })
  mergedIntoId: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { nullable: true, description: words.Party.version })
  version: number;

  @Column({ name: 'is_rehearsal', type: 'boolean', default: false })
  @Field(() => Boolean, { description: words.Rehearsal.made })
  isRehearsal: boolean;

  @Column({ name: 'search_text', type: 'text' })
  @Index('national_sites_search', { synchronize: false })
  searchText: string;
}

@Entity({ name: 'site_claims' })
@PartOf('claims', 'siteId')
export class SiteClaim extends vocabulary.ClaimFields {
  @PrimaryColumn({ name: 'site_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => NationalSite, { name: 'fk_site_claims_site' })
  siteId: string;

  @PrimaryColumn({ type: 'integer' })
  position: number;
}

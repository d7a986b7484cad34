import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { CountryCodeScalar, PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import { Sector, SiteEvidence } from '@hub/shared/vocabulary';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Region } from './region.entity.js';
import { Site } from './site.interface.js';

@Entity({ name: 'regional_sites' })
@Directive('@key(fields: "id")')
@ObjectType({ implements: Site })
@Access('open')
@MaxAge(maxAges.reference)
export class RegionalSite implements Site {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID)
  id: string;

  @Column({ type: 'varchar' })
  @Field(() => String, { nullable: true })
  name: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Index('regional_sites_by_sector')
  @Field(() => Sector, { nullable: true })
  sector: Sector;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => String, { nullable: true })
  city: string | null;

  @Column({ type: 'varchar' })
  @Field(() => CountryCodeScalar, { nullable: true })
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
  @Field(() => String, { nullable: true })
  kind: string | null;

  @Column({ type: 'varchar', name: 'visited_on', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true })
  visitedOn: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  note: string | null;

  @Column({ type: 'varchar' })
  @Field(() => SiteEvidence, { nullable: true })
  evidence: SiteEvidence;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => UrlScalar, { nullable: true })
  source: string | null;
}

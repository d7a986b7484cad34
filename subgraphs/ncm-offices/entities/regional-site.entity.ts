import { CountryCodeScalar, PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Region } from './region.entity.js';
import { Site } from './site.interface.js';
import { Sector, SiteEvidence } from './vocabulary.js';

@Directive('@key(fields: "id")')
@ObjectType({ implements: Site })
@Entity({ name: 'regional_sites' })
export class RegionalSite implements Site {
  @Field(() => ID)
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Field(() => String)
  @Column({ type: 'varchar' })
  name: string;

  @Field(() => Sector)
  @Index('regional_sites_by_sector')
  @Column({ type: 'varchar', collation: 'C' })
  sector: Sector;

  @Field(() => String, { nullable: true })
  @Column({ type: 'varchar', nullable: true })
  city: string | null;

  @Field(() => CountryCodeScalar)
  @Column({ type: 'varchar' })
  country: string;

  @ForeignKey(() => Region, { name: 'regional_sites_region' })
  @Index('regional_sites_by_region')
  @Column({ type: 'varchar', name: 'region_code', collation: 'C', nullable: true })
  regionCode: string | null;

  @Column({ type: 'varchar', name: 'organisation_id', nullable: true })
  organisationId: string | null;

  @Column({ type: 'varchar', name: 'event_id', nullable: true })
  eventId: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: 'varchar', nullable: true })
  kind: string | null;

  @Field(() => PartialDateScalar, { nullable: true })
  @Column({ type: 'varchar', name: 'visited_on', nullable: true })
  visitedOn: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Field(() => SiteEvidence)
  @Column({ type: 'varchar' })
  evidence: SiteEvidence;

  @Field(() => UrlScalar, { nullable: true })
  @Column({ type: 'varchar', nullable: true })
  source: string | null;
}

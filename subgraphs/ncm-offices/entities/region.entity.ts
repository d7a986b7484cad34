import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';

@Entity({ name: 'regions' })
@Directive('@key(fields: "code")')
@ObjectType({ description: words.Region.about })
@Access('open')
@MaxAge('reference')
export class Region {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Region.code })
  code: string;

  @Column({ type: 'varchar' })
  @Field(() => String, { description: 'Its English name.' })
  name: string;

  @Column({ type: 'simple-json' })
  @Field(() => [String], { description: 'Other names and spellings that sources use.' })
  variants: string[];

  @Column({ type: 'varchar' })
  @Field(() => CountryCodeScalar, { description: 'The country of the region: `RU`.' })
  country: string;

  /** The office that covers the region. Its contact centres work there as its branches. */
  @Column({ type: 'varchar', name: 'office_id', collation: 'C', nullable: true })
  @Index('regions_by_office')
  @ForeignKey(() => Office, { name: 'regions_office' })
  officeId: string | null;

  /** Whether a source states that this office covers the region. */
  @Column({ type: 'boolean', name: 'coverage_is_stated', default: false })
  coverageIsStated: boolean;

  @Column({ type: 'varchar', name: 'coverage_source', nullable: true })
  coverageSource: string | null;

  /** The day on which somebody last read that page, or decided without one. */
  @Column({ type: 'varchar', name: 'coverage_checked_on', collation: 'C', nullable: true })
  coverageCheckedOn: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { nullable: true, description: words.Party.version })
  version: number;
}

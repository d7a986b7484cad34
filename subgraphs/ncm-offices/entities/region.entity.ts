import { CountryCodeScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';

@Directive('@key(fields: "code")')
@ObjectType()
@Entity({ name: 'regions' })
export class Region {
  @Field(() => ID, { description: 'ISO 3166-2.' })
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  code: string;

  @Field(() => String)
  @Column({ type: 'varchar' })
  name: string;

  @Field(() => [String])
  @Column({ type: 'simple-json' })
  variants: string[];

  @Field(() => CountryCodeScalar)
  @Column({ type: 'varchar' })
  country: string;

  /** The office that covers the region; what its contact centres do there, they do as its branches. */
  @ForeignKey(() => Office, { name: 'regions_office' })
  @Index('regions_by_office')
  @Column({ type: 'varchar', name: 'office_id', collation: 'C', nullable: true })
  officeId: string | null;
}

import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { CountryCodeScalar, PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Party } from './party.interface.js';

@Entity({ name: 'police_units' })
@Index('ix_police_units_order', ['country', 'name', 'id'])
@Index('ix_police_units_parent', ['parentId'])
@Index('ix_police_units_successor', ['successorId'])
@Directive('@key(fields: "id")')
@ObjectType('PoliceUnit', { implements: Party })
@Access('open')
@MaxAge(maxAges.reference)
export class PoliceUnit extends Party {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID)
  override id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { nullable: true })
  override name: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  acronym: string | null;

  @Column({ type: 'simple-json' })
  @Field(() => [String], { nullable: true })
  variants: string[];

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar, { nullable: true })
  override country: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  city: string | null;

  @Column({ name: 'valid_from', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true })
  validFrom: string | null;

  @Column({ name: 'valid_to', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true })
  validTo: string | null;

  @Column({ name: 'successor_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => PoliceUnit, { name: 'fk_police_units_successor' })
  successorId: string | null;

  /** The parent where it is a police unit; a ministry above a police is the network’s to tell. */
  @Column({ name: 'parent_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => PoliceUnit, { name: 'fk_police_units_parent' })
  parentId: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  kind: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  note: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true })
  source: string | null;

  @Column({ name: 'search_text', type: 'text' })
  searchText: string;
}

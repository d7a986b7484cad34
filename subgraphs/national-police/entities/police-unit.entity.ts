import { CountryCodeScalar, DateScalar, PartialDateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Party } from './party.interface.js';

@Entity({ name: 'police_units' })
@Index('ix_police_units_order', ['country', 'name', 'id'])
@Index('ix_police_units_parent', ['parentId'])
@Index('ix_police_units_successor', ['successorId'])
@Index('ix_police_units_merged', ['mergedIntoId'])
@Directive('@key(fields: "id")')
@ObjectType('PoliceUnit', { implements: Party, description: words.PoliceUnit.about })
@Access('open')
@MaxAge('reference')
export class PoliceUnit extends Party {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.PoliceUnit.id })
  override id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { nullable: true, description: words.PoliceUnit.name })
  override name: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: words.Party.acronym })
  acronym: string | null;

  @Column({ type: 'simple-json' })
  @Field(() => [String], { nullable: true, description: words.Party.variants })
  variants: string[];

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar, { nullable: true, description: words.PoliceUnit.country })
  override country: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: words.Party.city })
  city: string | null;

  @Column({ name: 'valid_from', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'When it was founded; null if no source says.',
  })
  validFrom: string | null;

  @Column({ name: 'valid_to', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'When it ended; null while it exists and if no source says.',
  })
  validTo: string | null;

  @Column({ name: 'successor_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => PoliceUnit, { name: 'fk_police_units_successor' })
  successorId: string | null;

  /** The parent if it is a police unit. The network knows the ministry above a police force. */
  @Column({ name: 'parent_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => PoliceUnit, { name: 'fk_police_units_parent' })
  parentId: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What it is, as the facts name it: `police`, `police_unit`.',
  })
  kind: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'A note by the police force, open to everybody.',
  })
  note: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true, description: words.Party.source })
  source: string | null;

  @Column({ name: 'checked_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: words.Party.checkedOn })
  checkedOn: string | null;

  @Column({ name: 'merged_into_id', type: 'varchar', collation: 'C', nullable: true })
  mergedIntoId: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { nullable: true, description: words.Party.version })
  version: number;

  @Column({ name: 'search_text', type: 'text' })
  @Index('police_units_search', { synchronize: false })
  searchText: string;
}

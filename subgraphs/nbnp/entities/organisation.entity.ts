import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { CountryCodeScalar, PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Party } from './party.interface.js';

@Entity({ name: 'organisations' })
@Index('ix_organisations_country', ['country', 'id'])
@Index('ix_organisations_kind', ['kind', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('Organisation', { implements: Party })
@Access('open')
@MaxAge(maxAges.reference)
export class Organisation implements Party {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID)
  id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { nullable: true })
  name: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  acronym: string | null;

  @Column({ type: 'simple-json' })
  @Field(() => [String], { nullable: true })
  variants: string[];

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { nullable: true })
  kind: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => CountryCodeScalar, { nullable: true })
  country: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  city: string | null;

  @Column({ name: 'founded_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true })
  foundedOn: string | null;

  /** A party of any kind, so no foreign key. */
  @Column({ name: 'parent_id', type: 'varchar', collation: 'C', nullable: true })
  parentId: string | null;

  @Column({ name: 'role_in_field', type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  roleInField: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  note: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true })
  source: string | null;

  /** Name, acronym and variants as a search looks through them. */
  @Column({ name: 'search_text', type: 'text' })
  searchText: string;
}

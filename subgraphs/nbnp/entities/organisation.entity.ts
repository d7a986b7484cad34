import { textSearch } from '@hub/shared/database';
import { CountryCodeScalar, DateScalar, PartialDateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Party } from './party.interface.js';

@Entity({ name: 'organisations' })
@Index('ix_organisations_country', ['country', 'id'])
@Index('ix_organisations_city', ['searchCity', 'id'])
@Index('ix_organisations_kind', ['kind', 'id'])
@Index('ix_organisations_merged', ['mergedIntoId'])
@Directive('@key(fields: "id")')
@ObjectType('Organisation', { implements: Party, description: words.Organisation.about })
@Access('open')
@MaxAge('reference')
export class Organisation implements Party {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Organisation.id })
  id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { nullable: true, description: words.Party.name })
  name: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: words.Party.acronym })
  acronym: string | null;

  @Column({ type: 'simple-json' })
  @Field(() => [String], { nullable: true, description: words.Party.variants })
  variants: string[];

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, {
    nullable: true,
    description:
      'What kind of body it is, as the directory names it: `intergovernmental`, `professional_network`.',
  })
  kind: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => CountryCodeScalar, { nullable: true, description: words.Party.country })
  country: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: words.Party.city })
  city: string | null;

  @Column({ name: 'founded_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Day, month or year of its founding; null if no source says.',
  })
  foundedOn: string | null;

  @Column({ name: 'closed_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Day, month or year of its end; null while it exists and if no source says.',
  })
  closedOn: string | null;

  /** Any kind of party, so there is no foreign key. */
  @Column({ name: 'parent_id', type: 'varchar', collation: 'C', nullable: true })
  parentId: string | null;

  @Column({ name: 'role_in_field', type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What it does in the programme or in the field, in words.',
  })
  roleInField: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What the directory adds.' })
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

  /** Name, acronym and variants in the form that searches use. */
  @Column({ name: 'search_text', type: 'text' })
  @Index('organisations_search', { synchronize: false })
  searchText: string;
  /** The city in that form; empty if none is known. */
  @Column({ name: 'city_text', type: 'varchar', collation: 'C', default: '' })
  searchCity: string;
}

/** The stored columns of an organisation that searches use. */
export const deriveOrganisationColumns = ({
  name,
  acronym,
  variants,
  city,
}: Pick<Organisation, 'name' | 'acronym' | 'variants' | 'city'>): Pick<
  Organisation,
  'searchText' | 'searchCity'
> => ({
  searchText: textSearch.toSearchText(name, acronym, ...variants),
  searchCity: textSearch.toSearchText(city),
});

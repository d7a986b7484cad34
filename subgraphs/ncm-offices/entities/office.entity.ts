import type { textSearch } from '@hub/shared/database';
import { CountryCodeScalar, DateScalar, PartialDateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { network } from '@hub/shared/programme';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Party } from './party.interface.js';
import { OfficeKind } from './vocabulary.js';

/** What the sources say about how well a date is known. */
export type DatePrecision = 'YEAR' | 'DAY' | 'SEASON_SPRING' | 'YEAR_EARLY' | 'DECISION_DAY';

@Entity({ name: 'offices' })
@Index('offices_by_merging', ['mergedIntoId'])
@Directive('@key(fields: "id")')
@ObjectType({ implements: Party, description: words.Office.about })
@Access('open')
@MaxAge('reference')
export class Office implements Party {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Office.id })
  id: string;

  @Column({ type: 'varchar' })
  @Field(() => String, { nullable: true, description: words.Office.name })
  name: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Index('offices_by_kind')
  @Field(() => OfficeKind, {
    nullable: true,
    description: 'The kind of office: a secretariat, an office, a branch.',
  })
  kind: OfficeKind;

  @Column({ type: 'varchar' })
  @Field(() => String, { nullable: true, description: 'The English name of its city.' })
  city: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Index('offices_by_country')
  @Field(() => CountryCodeScalar, { nullable: true, description: words.Office.country })
  country: string | null;

  @Column({ type: 'varchar', name: 'opened_on', collation: 'C', nullable: true })
  @Index('offices_by_opening')
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Day, month or year of its opening; null if no source says.',
  })
  openedOn: string | null;

  @Column({ type: 'varchar', name: 'opened_precision', nullable: true })
  openedPrecision: DatePrecision | null;

  @Column({ type: 'varchar', name: 'closed_on', collation: 'C', nullable: true })
  @Index('offices_by_closing')
  @Field(() => PartialDateScalar, {
    nullable: true,
    description:
      'Day, month or year of its closing; null while it is open and where no source says.',
  })
  closedOn: string | null;

  @Column({ type: 'varchar', name: 'closed_precision', nullable: true })
  closedPrecision: DatePrecision | null;

  @Column({ type: 'varchar', name: 'parent_id', collation: 'C', nullable: true })
  @Index('offices_by_parent')
  @ForeignKey(() => Office, { name: 'offices_parent' })
  parentId: string | null;

  @Column({ type: 'simple-json' })
  @Field(() => [String], {
    nullable: true,
    description: 'Other names that sources use, in English and other languages.',
  })
  variants: string[];

  @Column({ type: 'varchar', nullable: true })
  @Field(() => UrlScalar, { nullable: true, description: words.Party.source })
  source: string | null;

  @Column({ type: 'varchar', name: 'checked_on', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: words.Party.checkedOn })
  checkedOn: string | null;

  @Column({ type: 'varchar', name: 'merged_into_id', collation: 'C', nullable: true })
  mergedIntoId: string | null;

  @Column({ type: 'text', name: 'role', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What the office does in this field, in the words of its sources.',
  })
  roleInField: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What the sources say in addition to the other fields, with references.',
  })
  note: string | null;

  @Column({ name: 'is_rehearsal', type: 'boolean', default: false })
  @Field(() => Boolean, { description: words.Rehearsal.made })
  isRehearsal: boolean;

  /** The text that `OfficeFilter.search` searches: the name and its variants, folded. */
  @Column({ type: 'text', name: 'search_text', collation: 'C' })
  @Index('offices_search', { synchronize: false })
  searchText: string;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { nullable: true, description: words.Party.version })
  version: number;
}

/** An office is the same if name, city and country are: in any case, without marks or punctuation. */
export const sameOffice: textSearch.Sameness = network.sameBy('country', 'city');

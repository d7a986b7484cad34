import { CountryCodeScalar, PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Party } from './party.interface.js';
import { OfficeKind } from './vocabulary.js';

/** What the sources say about how well a date is known. */
export type DatePrecision = 'YEAR' | 'DAY' | 'SEASON_SPRING' | 'YEAR_EARLY' | 'DECISION_DAY';

@Directive('@key(fields: "id")')
@ObjectType({ implements: Party })
@Entity({ name: 'offices' })
export class Office implements Party {
  @Field(() => ID)
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Field(() => String)
  @Column({ type: 'varchar' })
  name: string;

  @Field(() => OfficeKind)
  @Index('offices_by_kind')
  @Column({ type: 'varchar', collation: 'C' })
  kind: OfficeKind;

  @Field(() => String)
  @Column({ type: 'varchar' })
  city: string;

  @Field(() => CountryCodeScalar, { nullable: true })
  @Index('offices_by_country')
  @Column({ type: 'varchar', collation: 'C', nullable: true })
  country: string | null;

  @Field(() => PartialDateScalar, { nullable: true })
  @Index('offices_by_opening')
  @Column({ type: 'varchar', name: 'opened_on', collation: 'C', nullable: true })
  openedOn: string | null;

  @Column({ type: 'varchar', name: 'opened_precision', nullable: true })
  openedPrecision: DatePrecision | null;

  @Field(() => PartialDateScalar, { nullable: true })
  @Index('offices_by_closing')
  @Column({ type: 'varchar', name: 'closed_on', collation: 'C', nullable: true })
  closedOn: string | null;

  @Column({ type: 'varchar', name: 'closed_precision', nullable: true })
  closedPrecision: DatePrecision | null;

  @ForeignKey(() => Office, { name: 'offices_parent' })
  @Index('offices_by_parent')
  @Column({ type: 'varchar', name: 'parent_id', collation: 'C', nullable: true })
  parentId: string | null;

  @Field(() => [String])
  @Column({ type: 'simple-json' })
  variants: string[];

  @Field(() => UrlScalar, { nullable: true })
  @Column({ type: 'varchar', nullable: true })
  source: string | null;

  /** What the office does, in the words of the sources. */
  @Column({ type: 'text', nullable: true })
  role: string | null;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  /** What `OfficeFilter.search` looks through: the name and its variants, folded. */
  @Column({ type: 'text', name: 'search_text', collation: 'C' })
  searchText: string;
}

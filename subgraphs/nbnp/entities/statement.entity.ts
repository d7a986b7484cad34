import { textSearch } from '@hub/shared/database';
import { DateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { PartOf } from '@hub/shared/records';
import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Event } from './event.entity.js';
import { Organisation } from './organisation.entity.js';
import { Programme } from './programme.entity.js';
import { StatementKind, TraffickingRole } from './vocabulary.js';

@Entity({ name: 'statements' })
@PartOf('statements', 'programmeId', 'eventId', 'organisationId')
@Index('ix_statements_programme', ['programmeId', 'id'])
@Index('ix_statements_event', ['eventId', 'id'])
@Index('ix_statements_organisation', ['organisationId', 'id'])
@Index('ix_statements_kind', ['kind', 'id'])
@ObjectType('Statement', {
  description:
    'What a source states in words. `text` keeps to the source, misprints included. Open to everybody. From the public sources, which `source` names, or from the network: the aims that it gives a programme.',
})
@Access('open')
@MaxAge('reference')
export class Statement {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, {
    description: '`nbnp:` and a local name: for a statement of the facts, its id there.',
  })
  id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => StatementKind, {
    description: 'What the statement is for: an aim, a task and so on.',
  })
  kind: StatementKind;

  @Column({ type: 'text' })
  @Field(() => String, {
    description: 'The statement. Words in quotation marks are the source’s own.',
  })
  text: string;

  /** The subject is one of the next three columns, or none. */
  @Column({ name: 'programme_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Programme, { name: 'fk_statements_programme' })
  programmeId: string | null;

  @Column({ name: 'event_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Event, { name: 'fk_statements_event' })
  eventId: string | null;

  @Column({ name: 'organisation_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Organisation, { name: 'fk_statements_organisation' })
  organisationId: string | null;

  @Column({ name: 'trafficking_roles', type: 'simple-json' })
  @Field(() => [TraffickingRole], {
    description:
      'Of a statement about countries: what part they have in trafficking. A country of exit counts as `ORIGIN`. Empty for other statements.',
  })
  traffickingRoles: TraffickingRole[];

  @Column({ name: 'primary_role', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => TraffickingRole, {
    nullable: true,
    description:
      'The role that the source calls primary. Null if it calls none or two of them primary.',
  })
  primaryRole: TraffickingRole | null;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => UrlScalar, {
    description:
      'The page that states it. For an aim that the network gave a programme here: the address of the network.',
  })
  source: string;

  @Column({ name: 'checked_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: words.Party.checkedOn })
  checkedOn: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Where in the source, for instance the sentence of the founding document.',
  })
  place: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: 'Grows by one with every change.' })
  version: number;

  /** The text in the form that searches use. */
  @Column({ name: 'search_text', type: 'text' })
  @Index('statements_search', { synchronize: false })
  searchText: string;
}

/** A country that a statement names. */
@Entity({ name: 'statement_countries' })
@PartOf('countries', 'statementId')
@Index('ix_statement_countries_country', ['country', 'statementId'])
export class StatementCountry {
  @PrimaryColumn({ name: 'statement_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Statement, { name: 'fk_statement_countries_statement', onDelete: 'CASCADE' })
  statementId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  country: string;

  @Column({ type: 'integer' })
  position: number;
}

export const StatementSubject = createUnionType({
  name: 'StatementSubject',
  description:
    'What a statement is about: a record of the network, never an office or a police unit.',
  types: () => [Programme, Event, Organisation] as const,
  resolveType: (value: object) =>
    [Programme, Event, Organisation].find((type) => value instanceof type)?.name,
});

/** The stored columns of a statement that searches use. */
export const deriveStatementColumns = ({
  text,
}: Pick<Statement, 'text'>): Pick<Statement, 'searchText'> => ({
  searchText: textSearch.toSearchText(text),
});

/** The countries that a statement names, in the order in which they were named. */
export const toStatementCountries = (
  statementId: string,
  countries: readonly string[],
): StatementCountry[] => countries.map((country, position) => ({ statementId, country, position }));

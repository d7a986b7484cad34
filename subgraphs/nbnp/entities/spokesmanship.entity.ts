import { CountryCodeScalar, PartialDateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organisation } from './organisation.entity.js';

@Entity({ name: 'spokesmanships' })
@Index('ix_spokesmanships_body', ['bodyId', 'position'])
@Index('ix_spokesmanships_answers', ['bodyId', 'answersFrom', 'answersTo'])
@ObjectType('Spokesmanship', {
  description:
    'A term of the network’s spokesmanship (presidency, chair), which one member country holds at a time.',
})
@Access('open')
@MaxAge('reference')
export class Spokesmanship {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: '`nbnp:` and the id of the term in the facts: `nbnp:dk-1`.' })
  id: string;

  /** The organisation that the spokesperson represents. */
  @Column({ name: 'body_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Organisation, { name: 'fk_spokesmanships_body' })
  bodyId: string;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar, { description: 'The country that held it.' })
  country: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The person who held it, as a public source names them; null if none does.',
  })
  holder: string | null;

  @Column({ name: 'holder_organisation', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: 'The holder’s employer, as text.' })
  holderOrganisation: string | null;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, {
    description: 'What the source calls the function: `chair`, `spokesperson`.',
  })
  role: string;

  /** A unit of a police force. */
  @Column({ name: 'unit_id', type: 'varchar', collation: 'C', nullable: true })
  unitId: string | null;

  @Column({ name: 'started_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Begin of the term; null if not documented.',
  })
  startedOn: string | null;

  @Column({ name: 'ended_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'End of the term; null for the present term and if not documented.',
  })
  endedOn: string | null;

  @Column({ name: 'attested_on', type: 'simple-json', nullable: true })
  @Field(() => [PartialDateScalar], {
    nullable: true,
    description: 'Days or years for which a source documents that the country held it.',
  })
  attestedOn: string[] | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What is uncertain about the term.' })
  note: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true, description: 'The page that documents it.' })
  source: string | null;

  /** The first and the last day of the term; null if not documented. */
  @Column({ name: 'answers_from', type: 'varchar', collation: 'C', nullable: true })
  answersFrom: string | null;

  @Column({ name: 'answers_to', type: 'varchar', collation: 'C', nullable: true })
  answersTo: string | null;
}

import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { CountryCodeScalar, PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organisation } from './organisation.entity.js';

@Entity({ name: 'spokesmanships' })
@Index('ix_spokesmanships_body', ['bodyId', 'position'])
@Index('ix_spokesmanships_answers', ['bodyId', 'answersFrom', 'answersTo'])
@ObjectType('Spokesmanship')
@Access('open')
@MaxAge(maxAges.reference)
export class Spokesmanship {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  /** The organisation that is spoken for. */
  @Column({ name: 'body_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Organisation, { name: 'fk_spokesmanships_body' })
  bodyId: string;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar)
  country: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  holder: string | null;

  @Column({ name: 'holder_organisation', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  holderOrganisation: string | null;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String)
  role: string;

  /** A police’s unit. */
  @Column({ name: 'unit_id', type: 'varchar', collation: 'C', nullable: true })
  unitId: string | null;

  @Column({ name: 'started_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true })
  startedOn: string | null;

  @Column({ name: 'ended_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true })
  endedOn: string | null;

  @Column({ name: 'attested_on', type: 'simple-json', nullable: true })
  @Field(() => [PartialDateScalar], { nullable: true })
  attestedOn: string[] | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  note: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true })
  source: string | null;

  /** The first and the last day for which this country answers; null where nobody has documented it. */
  @Column({ name: 'answers_from', type: 'varchar', collation: 'C', nullable: true })
  answersFrom: string | null;

  @Column({ name: 'answers_to', type: 'varchar', collation: 'C', nullable: true })
  answersTo: string | null;
}

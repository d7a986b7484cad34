import { UrlScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { PartOf } from '@hub/shared/records';
import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Programme } from './programme.entity.js';
import { Direction } from './vocabulary.js';

@Entity({ name: 'planned_journeys' })
@PartOf('plannedJourneys', 'programmeId')
@Index('ix_planned_journeys_programme', ['programmeId', 'position'])
@ObjectType('PlannedJourney', {
  description:
    'A journey that a programme plans for all groups that go from one side to another. Open to everybody. From the programme’s source, or from the network.',
})
@Access('open')
export class PlannedJourney {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Column({ name: 'programme_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Programme, { name: 'fk_planned_journeys_programme' })
  programmeId: string;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => Direction, {
    nullable: true,
    description:
      'Which way the groups of a documented journey travel. Null for one between two sides of the programme.',
    deprecationReason: 'Use `from` and `to`.',
  })
  direction: Direction | null;

  @Column({ name: 'from_side_id', type: 'varchar', collation: 'C', nullable: true })
  fromSideId: string | null;

  @Column({ name: 'to_side_id', type: 'varchar', collation: 'C', nullable: true })
  toSideId: string | null;

  @Column({ type: 'integer' })
  @Field(() => Int, { description: 'How long the journey takes, in weeks.' })
  weeks: number;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { description: 'Where it leads to, in the source’s words.' })
  destination: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, {
    nullable: true,
    description: 'The page that states it. Null if the network planned it here.',
  })
  source: string | null;
}

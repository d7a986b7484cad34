import { DateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { PartOf } from '@hub/shared/records';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Event } from './event.entity.js';
import { OutcomeKind } from './vocabulary.js';

@Entity({ name: 'outcomes' })
@Index('ix_outcomes_event', ['eventId', 'id'])
@ObjectType('Outcome', {
  description:
    'What an event led to, as the source states it. Open to everybody. From the public sources, which `source` names.',
})
@Access('open')
@MaxAge('inherited')
export class Outcome {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: '`nbnp:` and the id of the outcome in the facts.' })
  id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => OutcomeKind, { description: 'What it is. A task that was set is a `DECISION`.' })
  kind: OutcomeKind;

  @Column({ type: 'text' })
  @Field(() => String, { description: 'The outcome in the source’s words, or its title.' })
  title: string;

  @Column({ name: 'event_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Event, { name: 'fk_outcomes_event' })
  eventId: string;

  @Column({ name: 'leads_to_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Event, { name: 'fk_outcomes_leads_to' })
  leadsToId: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true, description: 'The page that states it.' })
  source: string | null;

  @Column({ name: 'checked_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: words.Party.checkedOn })
  checkedOn: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: 'Grows by one with every change.' })
  version: number;
}

/** A party to which an outcome gives a task. */
@Entity({ name: 'outcome_mandates' })
@PartOf('mandated', 'outcomeId')
@Index('ix_outcome_mandates_party', ['partyId', 'outcomeId'])
export class OutcomeMandate {
  @PrimaryColumn({ name: 'outcome_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Outcome, { name: 'fk_outcome_mandates_outcome', onDelete: 'CASCADE' })
  outcomeId: string;

  /** Any kind of party, so there is no foreign key. */
  @PrimaryColumn({ name: 'party_id', type: 'varchar', collation: 'C' })
  partyId: string;

  @Column({ type: 'integer' })
  position: number;
}

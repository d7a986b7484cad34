import { CountryCodeScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { PartOf } from '@hub/shared/records';
import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Event } from './event.entity.js';

@Entity({ name: 'representations' })
@PartOf('represented', 'eventId')
@Index('ix_representations_event', ['eventId', 'position'])
@Index('ix_representations_party', ['partyId', 'eventId'])
@ObjectType('Representation', {
  description:
    'Somebody who took part in an event for a body or a country. Open to everybody. From the public sources, which `source` names, or from an organiser of the event.',
})
@Access('open')
@MaxAge('inherited')
export class Representation {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Column({ name: 'event_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Event, { name: 'fk_representations_event' })
  eventId: string;

  /** Its position in the source’s list for the event. */
  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'text' })
  @Field(() => String, { description: 'Who took part, in the source’s words.' })
  what: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description:
      'The country, if the words name exactly one country. Null if they name several together.',
  })
  country: string | null;

  /**
   * Any kind of party, so there is no foreign key. Null if the source names none that the graph
   * has.
   */
  @Column({ name: 'party_id', type: 'varchar', collation: 'C', nullable: true })
  partyId: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, {
    nullable: true,
    description: 'The page that states it. Null if it was recorded here.',
  })
  source: string | null;
}

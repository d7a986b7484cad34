import { DateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { PartOf } from '@hub/shared/records';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Event } from './event.entity.js';
import { Organisation } from './organisation.entity.js';

/** A page about either an event or an organisation. */
@Entity({ name: 'links' })
@PartOf('links', 'eventId', 'organisationId')
@Index('ix_links_event', ['eventId', 'position'])
@Index('ix_links_organisation', ['organisationId', 'position'])
@ObjectType('Link', {
  description:
    'A page about an event or an organisation. Open to everybody. From the public sources.',
})
@Access('open')
@MaxAge('inherited')
export class Link {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: '`nbnp:` and a local name.' })
  id: string;

  @Column({ name: 'event_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Event, { name: 'fk_links_event' })
  eventId: string | null;

  @Column({ name: 'organisation_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Organisation, { name: 'fk_links_organisation' })
  organisationId: string | null;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => UrlScalar, { description: 'The address of the page.' })
  url: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What the page is, or whose. Null if the source does not say.',
  })
  label: string | null;

  @Column({ name: 'checked_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which somebody last read the page for it.',
  })
  checkedOn: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: 'Grows by one with every change.' })
  version: number;
}

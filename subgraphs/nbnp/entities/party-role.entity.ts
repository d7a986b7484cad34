import { UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { PartOf } from '@hub/shared/records';
import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Event } from './event.entity.js';
import { Programme } from './programme.entity.js';
import { PartyRoleKind } from './vocabulary.js';

/** A party’s role, either at an event or in a programme. */
@Entity({ name: 'party_roles' })
@PartOf('roles', 'eventId', 'programmeId')
@Index('ix_party_roles_event', ['eventId', 'position'])
@Index('ix_party_roles_programme', ['programmeId', 'position'])
@Index('ix_party_roles_party', ['partyId', 'eventId'])
@Index('ix_party_roles_role', ['role', 'partyId', 'eventId'])
@ObjectType('PartyRole', {
  description: 'What one body does at an event or in a programme. A body may have several roles.',
})
@Access('open')
@MaxAge('inherited')
export class PartyRole {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Column({ name: 'event_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Event, { name: 'fk_party_roles_event' })
  eventId: string | null;

  @Column({ name: 'programme_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Programme, { name: 'fk_party_roles_programme' })
  programmeId: string | null;

  /** Any kind of party, so there is no foreign key. */
  @Column({ name: 'party_id', type: 'varchar', collation: 'C' })
  partyId: string;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => PartyRoleKind, { description: 'The part that the body takes.' })
  role: PartyRoleKind;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, {
    nullable: true,
    description: 'The page that states this role. Null for a role that was recorded here.',
  })
  source: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What the source says of this role, or how it puts it.',
  })
  note: string | null;
}

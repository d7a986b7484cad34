import { AboutPerson } from '@hub/shared/identity';
import { sharing } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Officer } from './officer.entity.js';

@Entity({ name: 'shared_contacts' })
@PartOf('sharedContacts', 'officerId')
@Index('ix_shared_contacts_officer', ['officerId'])
@Index('ix_shared_contacts_scope', ['with', 'group', 'programme', 'id'])
@Directive('@shareable')
@AboutPerson(({ officerId }: SharedContact) => officerId)
@ObjectType('SharedContact', { description: sharing.words.about })
export class SharedContact extends sharing.SharedContactFields {
  @Column({ name: 'officer_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Officer, { name: 'fk_shared_contacts_officer' })
  officerId: string;
}

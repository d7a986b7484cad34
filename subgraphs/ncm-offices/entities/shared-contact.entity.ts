import { AboutPerson } from '@hub/shared/identity';
import { sharing } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Delegate } from './delegate.entity.js';

@Entity({ name: 'shared_contacts' })
@PartOf('sharedContacts', 'delegateId')
@Index('ix_shared_contacts_delegate', ['delegateId'])
@Index('ix_shared_contacts_scope', ['with', 'group', 'programme', 'id'])
@Directive('@shareable')
@AboutPerson(({ delegateId }: SharedContact) => delegateId)
@ObjectType('SharedContact', { description: sharing.words.about })
export class SharedContact extends sharing.SharedContactFields {
  @Column({ name: 'delegate_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Delegate, { name: 'fk_shared_contacts_delegate' })
  delegateId: string;
}

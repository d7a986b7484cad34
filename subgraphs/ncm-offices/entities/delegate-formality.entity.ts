import { AboutPerson } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Delegate } from './delegate.entity.js';

@Entity({ name: 'delegate_formalities' })
@PartOf('formalities', 'delegateId')
@Index('delegate_formalities_by_group', ['groupId'])
@Directive('@shareable')
@ObjectType('Formality', { description: words.Formality.about })
@AboutPerson(({ delegateId }: DelegateFormality) => delegateId)
export class DelegateFormality extends vocabulary.FormalityFields {
  @PrimaryColumn({ type: 'varchar', name: 'delegate_id', collation: 'C' })
  @ForeignKey(() => Delegate, { name: 'delegate_formalities_delegate' })
  delegateId: string;
}

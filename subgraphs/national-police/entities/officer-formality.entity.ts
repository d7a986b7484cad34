import { AboutPerson } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Officer } from './officer.entity.js';

@Entity({ name: 'officer_formalities' })
@PartOf('formalities', 'officerId')
@Index('ix_officer_formalities_group', ['groupId'])
@Directive('@shareable')
@ObjectType('Formality', { description: words.Formality.about })
@AboutPerson(({ officerId }: OfficerFormality) => officerId)
export class OfficerFormality extends vocabulary.FormalityFields {
  @PrimaryColumn({ name: 'officer_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Officer, { name: 'fk_officer_formalities_officer' })
  officerId: string;
}

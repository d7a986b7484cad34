import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'claims' })
@PartOf('claims', 'subjectId')
@Directive('@shareable')
@ObjectType('Claim', { description: words.Claim.about })
export class Claim extends vocabulary.ClaimFields {
  /** The record that the claim is about. */
  @PrimaryColumn({ name: 'subject_id', type: 'varchar', collation: 'C' })
  subjectId: string;

  @PrimaryColumn({ type: 'integer' })
  position: number;
}

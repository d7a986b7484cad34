import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PoliceUnit } from './police-unit.entity.js';

@Entity({ name: 'claims' })
@PartOf('claims', 'unitId')
@Directive('@shareable')
@ObjectType('Claim', { description: words.Claim.about })
export class Claim extends vocabulary.ClaimFields {
  @PrimaryColumn({ name: 'unit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => PoliceUnit, { name: 'fk_claims_unit' })
  unitId: string;

  /** The claims of a unit keep the order of the file. */
  @PrimaryColumn({ type: 'integer' })
  position: number;
}

import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';

@Entity({ name: 'claims' })
@PartOf('claims', 'officeId')
@Directive('@shareable')
@ObjectType('Claim', { description: words.Claim.about })
export class Claim extends vocabulary.ClaimFields {
  /** Sorts the claims as the sources list them. */
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Column({ type: 'varchar', name: 'office_id', collation: 'C' })
  @Index('claims_by_office')
  @ForeignKey(() => Office, { name: 'claims_office' })
  officeId: string;
}

import { CountryCodeScalar, EmailAddressScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';
import { Participant } from './participant.interface.js';
import { Region } from './region.entity.js';
import { TargetGroup } from './vocabulary.js';

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Participant,
  description: 'A public servant or expert from North-West Russia whom an office can send.',
})
@Entity({ name: 'delegates' })
// With the id, by which every page of a filtered list is sorted.
@Index('delegates_by_target_group', ['targetGroup', 'id'])
@Index('delegates_by_region', ['regionCode', 'id'])
@Index('delegates_by_office', ['officeId', 'id'])
export class Delegate implements Participant {
  @Field(() => ID)
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Field(() => String, {
    nullable: true,
    description: 'Restricted: null to readers outside the organisations concerned.',
  })
  @Column({ type: 'varchar', nullable: true })
  name: string | null;

  @Field(() => EmailAddressScalar, { nullable: true })
  @Column({ type: 'varchar', nullable: true })
  email: string | null;

  @Field(() => TargetGroup, { nullable: true })
  @Column({ type: 'varchar', name: 'target_group', collation: 'C' })
  targetGroup: TargetGroup;

  @Field(() => CountryCodeScalar, { nullable: true })
  @Column({ type: 'varchar' })
  country: string;

  @ForeignKey(() => Region, { name: 'delegates_region' })
  @Column({ type: 'varchar', name: 'region_code', collation: 'C' })
  regionCode: string;

  @Field(() => String, { nullable: true })
  @Column({ type: 'varchar', nullable: true })
  employer: string | null;

  @ForeignKey(() => Office, { name: 'delegates_office' })
  @Column({ type: 'varchar', name: 'office_id', collation: 'C' })
  officeId: string;

  @Field(() => Int)
  @Column({ type: 'integer' })
  version: number;
}

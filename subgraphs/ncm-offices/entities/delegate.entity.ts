import { CountryCodeScalar, EmailAddressScalar } from '@hub/shared/graphql';
import { AboutPerson, Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';
import { Participant } from './participant.interface.js';
import { Region } from './region.entity.js';

@Entity({ name: 'delegates' })
// With the id, because pages of a filtered list are sorted by it.
@Index('delegates_by_target_group', ['targetGroup', 'id'])
@Index('delegates_by_region', ['regionCode', 'id'])
@Index('delegates_by_country', ['country', 'id'])
@Index('delegates_by_office', ['officeId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType({
  implements: Participant,
  description: words.Delegate.about,
})
@Access('people')
@AboutPerson(({ id }: Delegate) => id)
export class Delegate implements Participant {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Participant.id })
  @Self('fellow')
  id: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: words.Participant.name })
  @Access('identity')
  @Self()
  name: string | null;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => EmailAddressScalar, {
    nullable: true,
    description: 'Where the person can be reached. Null after erasure.',
  })
  @Access('identity')
  @Self()
  email: string | null;

  @Column({ type: 'varchar', name: 'target_group', collation: 'C' })
  @Field(() => vocabulary.TargetGroup, {
    nullable: true,
    description: 'The kind of authority that the person works for.',
  })
  @Self()
  targetGroup: vocabulary.TargetGroup;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country that sends the person: `RU`.',
  })
  @Self('fellow')
  country: string;

  /** Null in a country of which the offices know no regions. */
  @Column({ type: 'varchar', name: 'region_code', collation: 'C', nullable: true })
  @ForeignKey(() => Region, { name: 'delegates_region' })
  regionCode: string | null;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => String, {
    nullable: true,
    description:
      'The authority or organisation for which the person works, as text. Null after erasure.',
  })
  @Access('identity')
  @Self()
  employer: string | null;

  @Column({ type: 'varchar', name: 'office_id', collation: 'C' })
  @ForeignKey(() => Office, { name: 'delegates_office' })
  officeId: string;

  @Column({ name: 'is_rehearsal', type: 'boolean', default: false })
  @Field(() => Boolean, { description: words.Rehearsal.made })
  @Self()
  isRehearsal: boolean;

  @Column({ type: 'integer' })
  @Field(() => Int, {
    description: 'The version of the record, from 1. Send it back with a mutation.',
  })
  @Self()
  version: number;
}

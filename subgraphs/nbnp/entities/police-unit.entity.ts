import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Party } from './party.interface.js';

/** A police force’s record. The network’s directory gives its parent. */
@Entity({ name: 'police_units' })
@Directive('@key(fields: "id")')
@ObjectType('PoliceUnit', { implements: Party, description: words.PoliceUnit.about })
@Access('open')
@MaxAge('reference')
export class PoliceUnit implements Party {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.PoliceUnit.id })
  id: string;

  @Column({ name: 'superior_id', type: 'varchar', collation: 'C', nullable: true })
  superiorId: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: words.PoliceUnit.name })
  name: string;

  @Directive('@external')
  @Field(() => CountryCodeScalar, { nullable: true, description: words.PoliceUnit.country })
  country: string | null;
}

import { AboutPerson } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Delegate } from './delegate.entity.js';

@Entity({ name: 'delegate_travel_needs' })
@PartOf('travelNeeds', 'delegateId')
@Directive('@shareable')
@ObjectType('TravelNeeds', { description: words.TravelNeeds.about })
@AboutPerson(({ delegateId }: DelegateTravelNeeds) => delegateId)
export class DelegateTravelNeeds extends vocabulary.TravelNeedsFields {
  @PrimaryColumn({ type: 'varchar', name: 'delegate_id', collation: 'C' })
  @ForeignKey(() => Delegate, { name: 'delegate_travel_needs_delegate' })
  delegateId: string;
}

import { AboutPerson } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Officer } from './officer.entity.js';

@Entity({ name: 'officer_travel_needs' })
@PartOf('travelNeeds', 'officerId')
@Directive('@shareable')
@ObjectType('TravelNeeds', { description: words.TravelNeeds.about })
@AboutPerson(({ officerId }: OfficerTravelNeeds) => officerId)
export class OfficerTravelNeeds extends vocabulary.TravelNeedsFields {
  @PrimaryColumn({ name: 'officer_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Officer, { name: 'fk_officer_travel_needs_officer' })
  officerId: string;
}

import { AboutRecord } from '@hub/shared/records';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PoliceUnit } from './police-unit.entity.js';

/** The host’s confirmation of one version of a stop of the network’s itinerary. */
@Entity({ name: 'stop_confirmations' })
@Index('ix_stop_confirmations_unit', ['unitId'])
@AboutRecord('ItineraryStop', 'stopId')
export class StopConfirmation {
  @PrimaryColumn({ name: 'stop_id', type: 'varchar', collation: 'C' })
  stopId: string;

  @Column({ name: 'unit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => PoliceUnit, { name: 'fk_stop_confirmations_unit' })
  unitId: string;

  @Column({ name: 'stop_version', type: 'integer' })
  stopVersion: number;

  @Column({ name: 'confirmed_on', type: 'varchar', collation: 'C' })
  confirmedOn: string;
}

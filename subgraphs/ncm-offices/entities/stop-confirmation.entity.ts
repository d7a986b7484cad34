import { AboutRecord } from '@hub/shared/records';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';

/** An office's confirmation of one version of a stop in Russia. */
@Entity({ name: 'stop_confirmations' })
@AboutRecord('ItineraryStop', 'stopId')
export class StopConfirmation {
  /** A stop of NBNP. */
  @PrimaryColumn({ type: 'varchar', name: 'stop_id', collation: 'C' })
  stopId: string;

  @Column({ type: 'varchar', name: 'office_id', collation: 'C' })
  @ForeignKey(() => Office, { name: 'stop_confirmations_office' })
  officeId: string;

  @Column({ type: 'varchar', name: 'confirmed_on' })
  confirmedOn: string;

  @Column({ type: 'integer', name: 'stop_version' })
  stopVersion: number;
}

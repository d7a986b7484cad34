import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  type Connection,
  createConnectionTypes,
} from '../../database/pagination/connection-types.js';
import { DateScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';
import { PartOf } from '../../records/changes/record-writes.js';

/** Why a person’s data is not erased now, and until when. A hold that was lifted has no end. */
@Entity({ name: 'retention_holds' })
@PartOf('hold', 'person')
@Directive('@shareable')
@ObjectType('RetentionHold', {
  description:
    'Why a person’s data is not erased now, neither by age nor on request, and until when.',
})
@Access('ownChanges')
export class RetentionHold {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, {
    description: 'The id of the person, or of the row that names contacts during a visit.',
  })
  person: string;

  @Column({ type: 'text' })
  @Field(() => String, {
    description: 'Why it is held, or was lifted, as text. It is in the file that the person gets.',
  })
  reason: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day of the hold, which then ends by itself. Null once it was lifted.',
  })
  until: string | null;

  @Column({ name: 'set_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: 'The day on which it was set or changed.' })
  setOn: string;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: 'Grows by one each time the hold is set, changed or lifted.' })
  version: number;
}

/** A page of holds, with their number. */
export const { ConnectionType: HoldConnection } = createConnectionTypes(
  RetentionHold,
  'RetentionHold',
  { counts: 'exact', access: 'ownChanges', isShareable: true },
);
export type HoldConnection = Connection<RetentionHold>;

/** Whether a hold is in force on a day. */
export const isHeldOn = (hold: RetentionHold | null | undefined, day: string): boolean =>
  (hold?.until ?? '') >= day;

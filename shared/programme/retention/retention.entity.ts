import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  type Connection,
  createConnectionTypes,
} from '../../database/pagination/connection-types.js';
import { DateScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';
import { PartOf } from '../../records/changes/record-writes.js';
import { PersonalDataKind } from '../vocabulary/enums.js';

/** When one kind of a person’s data is erased, as far as a run of the retention has noted it. */
@Entity({ name: 'retention_notices' })
@PartOf('retention', 'person')
@Directive('@shareable')
@ObjectType('RetentionDue', {
  description:
    'One kind of a person’s data that is erased soon, because the last journey was long ago.',
})
@Access('ownChanges')
export class RetentionNotice {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, {
    description:
      'The id of the person, or of the offer to host or the stop that names contacts during a visit.',
  })
  person: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => PersonalDataKind, {
    description: '`DECISIONS`: everything, with the name. Only ids, enums and days stay.',
  })
  kind: PersonalDataKind;

  /** The day of the first run that found the data. Null after it was erased. */
  @Column({ name: 'found_on', type: 'varchar', collation: 'C', nullable: true })
  foundOn: string | null;

  /** Null until it is due soon, and after it was erased. */
  @Column({ name: 'due_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    description:
      'From this day it is erased, at the earliest 30 days after `noticedOn`, unless a journey is ahead by then.',
  })
  dueOn: string | null;

  @Column({ name: 'noticed_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { description: 'The day from which this list has had it.' })
  noticedOn: string | null;

  /** The last time. What is written later is noted again. */
  @Column({ name: 'erased_at', type: 'varchar', collation: 'C', nullable: true })
  erasedAt: string | null;
}

/** A page of what is due, without a count. */
export const { ConnectionType: RetentionConnection } = createConnectionTypes(
  RetentionNotice,
  'RetentionDue',
  { counts: 'none', access: 'ownChanges', isShareable: true },
);
export type RetentionConnection = Pick<Connection<RetentionNotice>, 'edges' | 'nodes' | 'pageInfo'>;

/** The last whole run of the retention. */
@Entity({ name: 'retention_runs' })
export class RetentionRun {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  @Column({ name: 'ran_on', type: 'varchar', collation: 'C' })
  ranOn: string;
}

import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  type Connection,
  createConnectionTypes,
} from '../../database/pagination/connection-types.js';
import { DateTimeScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';
import { PartOf } from '../../records/changes/record-writes.js';

/** The contract’s `Erasure`: every partner that has people publishes it. */
@Entity({ name: 'erasures' })
@PartOf('erasures', 'person')
@Directive('@shareable')
@ObjectType('Erasure', {
  description:
    'That an organisation erased one of its people, and whether another organisation has removed what it had written about that person.',
})
@Access('erasures')
export class Erasure {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: 'The ids of the person and of the other organisation.' })
  id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: 'The id of the person, which stays.' })
  person: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { description: 'The code of the other organisation: `nbnp`.' })
  holder: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => DateTimeScalar, { description: 'When the organisation last erased the person.' })
  at: string;

  @Column({ name: 'removed_at', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the other organisation confirmed that it holds no text about the person; null while that is outstanding.',
  })
  removedAt: string | null;
}

/** A page of erasures, without a count. */
export const { ConnectionType: ErasureConnection } = createConnectionTypes(Erasure, 'Erasure', {
  counts: 'none',
  access: 'erasures',
  isShareable: true,
});
export type ErasureConnection = Pick<Connection<Erasure>, 'edges' | 'nodes' | 'pageInfo'>;

import { UrlScalar } from '@hub/shared/scalars';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';

/** One value of an office's property that a source states; where sources disagree, each has its row. */
@Directive('@shareable')
@ObjectType()
@Entity({ name: 'claims' })
export class Claim {
  /** Sorts the claims as the sources list them. */
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @ForeignKey(() => Office, { name: 'claims_office' })
  @Index('claims_by_office')
  @Column({ type: 'varchar', name: 'office_id', collation: 'C' })
  officeId: string;

  @Field(() => String)
  @Column({ type: 'varchar' })
  property: string;

  @Field(() => String)
  @Column({ type: 'varchar' })
  value: string;

  @Field(() => UrlScalar, { nullable: true })
  @Column({ type: 'varchar', nullable: true })
  source: string | null;

  @Field(() => Boolean)
  @Column({ type: 'boolean' })
  preferred: boolean;

  @Field(() => String, { nullable: true })
  @Column({ type: 'text', nullable: true })
  note: string | null;
}

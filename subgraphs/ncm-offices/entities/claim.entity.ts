import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { UrlScalar } from '@hub/shared/scalars';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';

/** One value of an office's property that a source states; where sources disagree, each has its row. */
@Entity({ name: 'claims' })
@Directive('@shareable')
@ObjectType()
@Access('open')
@MaxAge(maxAges.inherited)
export class Claim {
  /** Sorts the claims as the sources list them. */
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Column({ type: 'varchar', name: 'office_id', collation: 'C' })
  @Index('claims_by_office')
  @ForeignKey(() => Office, { name: 'claims_office' })
  officeId: string;

  @Column({ type: 'varchar' })
  @Field(() => String)
  property: string;

  @Column({ type: 'varchar' })
  @Field(() => String)
  value: string;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => UrlScalar, { nullable: true })
  source: string | null;

  @Column({ type: 'boolean' })
  @Field(() => Boolean)
  preferred: boolean;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  note: string | null;
}

import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { UrlScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';

/** One value of an office's property that a source states; where sources disagree, each has its row. */
@Entity({ name: 'claims' })
@Directive('@shareable')
@ObjectType({ description: words.Claim.about })
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
  @Field(() => String, { description: words.Claim.property })
  property: string;

  @Column({ type: 'varchar' })
  @Field(() => String, { description: words.Claim.value })
  value: string;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => UrlScalar, { nullable: true, description: words.Claim.source })
  source: string | null;

  @Column({ type: 'boolean' })
  @Field(() => Boolean, { description: words.Claim.preferred })
  preferred: boolean;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Claim.note })
  note: string | null;
}

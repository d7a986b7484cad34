import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { UrlScalar } from '@hub/shared/scalars';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'claims' })
@Directive('@shareable')
@ObjectType('Claim', {
  description:
    "One source's statement about one property. Where sources disagree, each keeps its own claim.",
})
@Access('open')
@MaxAge(maxAges.inherited)
export class Claim {
  /** The record that the claim is about. */
  @PrimaryColumn({ name: 'subject_id', type: 'varchar', collation: 'C' })
  subjectId: string;

  @PrimaryColumn({ type: 'integer' })
  position: number;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String)
  property: string;

  @Column({ type: 'text' })
  @Field(() => String)
  value: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true })
  source: string | null;

  @Column({ type: 'boolean' })
  @Field(() => Boolean)
  preferred: boolean;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  note: string | null;
}

import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { UrlScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'claims' })
@Directive('@shareable')
@ObjectType('Claim', {
  description: words.Claim.about,
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
  @Field(() => String, { description: words.Claim.property })
  property: string;

  @Column({ type: 'text' })
  @Field(() => String, { description: words.Claim.value })
  value: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true, description: words.Claim.source })
  source: string | null;

  @Column({ type: 'boolean' })
  @Field(() => Boolean, { description: words.Claim.preferred })
  preferred: boolean;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Claim.note })
  note: string | null;
}

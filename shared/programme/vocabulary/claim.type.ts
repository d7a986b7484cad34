import { Field, ObjectType } from 'type-graphql';
import { Column } from 'typeorm';
import { UrlScalar } from '../../graphql/scalars/scalars.js';
import { Access, MaxAge } from '../../identity/access.js';
import { words } from '../../partner/words.js';

/**
 * The contract’s `Claim`: what a source states of one property. If sources disagree, each has its
 * own claim. A partner’s class extends it with its table and the record that the claim is about.
 */
@ObjectType('ClaimFields')
@Access('open')
@MaxAge('inherited')
export abstract class ClaimFields {
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

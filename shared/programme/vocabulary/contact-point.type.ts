import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Index, PrimaryColumn } from 'typeorm';
import {
  DateScalar,
  EmailAddressScalar,
  LanguageTagScalar,
  UrlScalar,
} from '../../graphql/scalars/scalars.js';
import { Access, Self } from '../../identity/access.js';
import { words } from '../../partner/words.js';

/**
 * The contract’s `ContactPoint`: how to reach a function of a body. A partner’s class extends it
 * with its table and `@PartOf('contactPoints', 'ownerId')`.
 */
@ObjectType('ContactPointFields')
@Access('signedIn')
export abstract class ContactPointFields {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.ContactPoint.id })
  @Self()
  id: string;

  /** The body that is reached by it. */
  @Column({ name: 'owner_id', type: 'varchar', collation: 'C' })
  @Index('ix_contact_points_owner')
  ownerId: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: words.ContactPoint.function })
  @Self()
  function: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => EmailAddressScalar, { nullable: true, description: words.ContactPoint.mailbox })
  @Self()
  mailbox: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: words.ContactPoint.telephone })
  @Self()
  telephone: string | null;

  @Column({ name: 'opening_hours', type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.ContactPoint.openingHours })
  @Self()
  openingHours: string | null;

  @Column({ type: 'simple-json' })
  @Field(() => [LanguageTagScalar], { description: words.ContactPoint.languages })
  @Self()
  languages: string[];

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => UrlScalar, { description: words.ContactPoint.source })
  @Self()
  source: string;

  @Column({ name: 'checked_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: words.ContactPoint.checkedOn })
  @Self()
  checkedOn: string;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: words.ContactPoint.version })
  @Self()
  version: number;
}

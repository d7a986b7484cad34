import { CountryCodeScalar } from '@hub/shared/graphql';
import { AboutPerson, Access } from '@hub/shared/identity';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A table and a type at once. A column without `@Field` is private. */
@Entity({ name: 'shelters' })
@Directive('@key(fields: "id")')
@ObjectType({ description: 'What this organisation offers to visits of the programme.' })
@Access('open')
// Whom to call is nobody who has a record of her own.
@AboutPerson(() => null)
export class Shelter {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: 'Begins with the code of this organisation.' })
  id: string;

  @Column({ type: 'varchar' })
  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => String, { nullable: true, description: 'Its city; null if it is not known.' })
  city: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Index('shelters_by_country')
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'Its country; null if it is not known.',
  })
  country: string | null;

  @Column({ type: 'integer', nullable: true })
  @Field(() => Int, { nullable: true, description: 'How many places it has; null if not known.' })
  places: number | null;

  @Column({ type: 'varchar', nullable: true })
  @Field(() => String, { nullable: true, description: 'Whom to call; null if nobody is named.' })
  @Access('identity')
  contact: string | null;

  /** The id of another partner’s record. The resolver makes a reference of it. */
  @Column({ type: 'varchar', name: 'visit_id', collation: 'C', nullable: true })
  @Index('shelters_by_visit')
  visitId: string | null;
}

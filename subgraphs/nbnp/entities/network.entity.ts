import { CountryCodeScalar, DateScalar, PartialDateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'networks' })
@ObjectType('Network', { description: 'The Nordic-Baltic Network of Policewomen itself.' })
@Access('open')
@MaxAge('reference')
export class Network {
  /** Also the id of the network’s organisation. */
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { description: 'Its English name.' })
  name: string;

  @Column({ name: 'founded_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Day, month or year of its founding.',
  })
  foundedOn: string | null;

  @Column({ name: 'founded_in', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: 'The city of its founding.' })
  foundedIn: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, {
    nullable: true,
    description: 'The page that documents the network itself.',
  })
  source: string | null;
}

@Entity({ name: 'memberships' })
@ObjectType('Membership', { description: 'A country’s membership of the network.' })
@Access('open')
@MaxAge('reference')
export class Membership {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar, { description: 'The member country.' })
  country: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'When it became a member; null if not documented.',
  })
  since: string | null;

  /** A unit of a police force. */
  @Column({ name: 'contact_id', type: 'varchar', collation: 'C', nullable: true })
  contactId: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, {
    nullable: true,
    description: 'The page that lists the members. If pages disagree, the preferred one.',
  })
  source: string | null;

  @Column({ name: 'checked_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: words.Party.checkedOn })
  checkedOn: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: 'Grows by one with every change.' })
  version: number;
}

/** The subject of the claims about a country’s membership. */
export const membershipSubject = (country: string): string => `membership:${country}`;

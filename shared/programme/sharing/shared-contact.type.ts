import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Column, PrimaryColumn } from 'typeorm';
import { DateScalar, EmailAddressScalar, createEnum } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';
import { words as kitWords } from '../../partner/words.js';

/** The descriptions that both kinds of partners publish. */
export const words = {
  about: 'How a person lets others reach them, for as long as they want.',
  id: 'The owner’s code and a local part.',
  person: 'Id of the officer or delegate who shares it.',
  name: 'The person’s name.',
  organisation: 'Where the person works; null where it is not recorded.',
  languages: 'The languages that the person speaks, by code.',
  workAddress: 'An e-mail address at work, as the person has given it for this; null without one.',
  with: 'With whom it is shared.',
  group: 'Id of the group with which it is shared; null for another kind.',
  programme: 'Id of the programme with which it is shared; null for another kind.',
  givenOn: 'The day of the consent.',
  until: 'The last day on which others read it, at most two years after the consent.',
  version: 'Grows by one each time the person gives the same consent anew.',
  ofPerson:
    'What the person shares, by id: each caller gets what is shared with them; the person, and co-ordinators of the same organisation, get all.',
  list: 'What people share with a group, a programme or the network, by id: nothing for those to whom it is not given.',
  share:
    'The person lets others read their name, where they work, their languages and a work address. Given anew to the same people, it replaces the earlier consent. Rules: ERASED, NOT_MEMBER, CONSENT_TIME.',
  withdraw: 'Takes a consent back. Nobody reads it from now on. Rules: ERASED.',
} as const;

export const SharedWith = createEnum('SharedWith', 'With whom a person shares how to reach them.', {
  GROUP: 'With the members of one group that the person belongs to.',
  PROGRAMME: 'With the members of all groups of one programme that the person travels in.',
  NETWORK: 'With every participant, and with the co-ordinators and liaisons of every organisation.',
});
export type SharedWith = keyof typeof SharedWith;

/** To whom a consent is given. */
export interface Scope {
  readonly with: SharedWith;
  readonly group?: string | null;
  readonly programme?: string | null;
}

/**
 * The contract’s `SharedContact`: that a person lets others read how to reach her. A partner’s class
 * extends it with its table and the person.
 */
@ObjectType('SharedContactFields')
@Access('shared')
export abstract class SharedContactFields implements Scope {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.id })
  id: string;

  @Column({ name: 'shared_with', type: 'varchar', collation: 'C' })
  @Field(() => SharedWith, { description: words.with })
  with: SharedWith;

  @Column({ name: 'group_id', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => ID, { nullable: true, description: words.group })
  group: string | null;

  @Column({ name: 'programme_id', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => ID, { nullable: true, description: words.programme })
  programme: string | null;

  @Column({ name: 'work_address', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => EmailAddressScalar, {
    nullable: true,
    description: words.workAddress,
  })
  workAddress: string | null;

  @Column({ name: 'given_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: words.givenOn })
  givenOn: string;

  @Column({ name: 'until_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: words.until })
  until: string;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: words.version })
  version: number;
}

/** What a person shares of herself. The partners’ inputs extend it by the person. */
@InputType('ShareContactInput')
export abstract class ShareContactInput implements Scope {
  @Field(() => SharedWith, { description: words.with })
  with: SharedWith;

  @Field(() => ID, { nullable: true, description: words.group })
  group?: string | null;

  @Field(() => ID, { nullable: true, description: words.programme })
  programme?: string | null;

  @Field(() => EmailAddressScalar, {
    nullable: true,
    description: words.workAddress,
  })
  workAddress?: string | null;

  @Field(() => DateScalar, { description: words.until })
  until: string;

  @Field(() => ID, { nullable: true, description: kitWords.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

/** The consent that is taken back. The partners’ inputs extend it by the person. */
@InputType('WithdrawContactInput')
export abstract class WithdrawContactInput {
  @Field(() => ID, { description: words.id })
  contact: string;
}

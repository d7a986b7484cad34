import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, PrimaryColumn } from 'typeorm';
import { DateScalar } from '../../graphql/scalars/scalars.js';
import { Access, Self } from '../../identity/access.js';
import { ItemRefusal } from '../../partner/mutations/item-refusal.type.js';
import { words } from '../../partner/words.js';
import { FormalityKind, FormalityStatus } from './enums.js';

/**
 * The contract’s `Formality`: what one person must have for the journey with one group. A partner’s
 * class extends it with its table and the person, whose policy says who may read it.
 */
@ObjectType('FormalityFields')
@Access('formalities')
export abstract class FormalityFields {
  /** A group of the network’s. */
  @PrimaryColumn({ name: 'group_id', type: 'varchar', collation: 'C' })
  groupId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => FormalityKind, { description: words.Formality.kind })
  @Self()
  kind: FormalityKind;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => FormalityStatus, { description: words.Formality.status })
  @Self()
  status: FormalityStatus;

  @Column({ name: 'status_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: words.Formality.on })
  @Self()
  on: string;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Formality.note })
  @Self()
  note: string | null;

  @Column({ name: 'said_done_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The day on which the person said that it is done, for the sending side to record it; null once that has recorded it since.',
  })
  @Self()
  saidDoneOn: string | null;

  @Column({ name: 'said_note', type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What the person wrote about it, as text; null if nothing.',
  })
  @Self()
  saidNote: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: words.Formality.version })
  @Self()
  version: number;
}

@ObjectType('FormalityResult', { description: 'What became of one of several formalities.' })
@Directive('@shareable')
@Access('coordinator')
export class FormalityResult {
  @Field(() => ID, { description: 'Id of the officer or delegate, as in the input.' })
  participant: string;

  @Field(() => FormalityKind, { description: words.Formality.kind })
  kind: FormalityKind;

  @Field(() => ItemRefusal, {
    nullable: true,
    description: 'Why it was not recorded; null if it was.',
  })
  refusal: ItemRefusal | null;
}

@ObjectType('FormalityResults', { description: 'What became of several formalities.' })
@Directive('@shareable')
@Access('coordinator')
export class FormalityResults {
  @Field(() => [FormalityResult], {
    description: 'One for each formality, in the order of the input.',
  })
  results: FormalityResult[];
}

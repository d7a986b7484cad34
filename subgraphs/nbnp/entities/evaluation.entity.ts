import { DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Programme } from './programme.entity.js';
import { EvaluationStatus } from './vocabulary.js';

/**
 * The network’s own signature under a programme’s evaluation. The offices record theirs in their
 * subgraph.
 */
@Entity({ name: 'evaluation_signatures' })
export class EvaluationSignature {
  @PrimaryColumn({ name: 'programme_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Programme, { name: 'fk_evaluation_signatures_programme' })
  programmeId: string;

  @Column({ name: 'signed_on', type: 'varchar', collation: 'C' })
  signedOn: string;
}

/** The network’s part of a programme’s evaluation, first a draft and then signed. */
@Entity({ name: 'evaluation_texts' })
export class EvaluationText {
  @PrimaryColumn({ name: 'programme_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Programme, { name: 'fk_evaluation_texts_programme' })
  programmeId: string;

  @Column({ type: 'text', nullable: true })
  summary: string | null;

  @Column({ type: 'simple-json' })
  findings: vocabulary.Finding[];

  @Column({ type: 'simple-json' })
  recommendations: string[];

  /** Grows with each draft, signature and withdrawal. */
  @Column({ type: 'integer' })
  version: number;
}

@ObjectType('SignOff', { description: 'An organisation’s signature under an evaluation.' })
@Access('open')
export class SignOff {
  @Field(() => String, { description: 'Code of the organisation: `nbnp` or `ncm`.' })
  organisation: string;

  @Field(() => DateScalar, { description: 'The day of the signature.' })
  signedOn: string;
}

@ObjectType('Evaluation', {
  description:
    'The network’s assessment of a programme, with the signatures of NBNP and the offices. Before both have signed, only co-ordinators and liaisons of NBNP and co-ordinators of the offices read its text; it is null for others, without an error.',
})
@Access('open')
export class Evaluation {
  @Field(() => Boolean, { description: words.Rehearsal.inherited })
  isRehearsal: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The assessment in words, as the network entered it; null without one, and for most callers before both have signed.',
  })
  summary: string | null;

  @Field(() => [SignOff], { description: 'The signatures so far, one for each organisation.' })
  signOffs: SignOff[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True when the network and the offices have signed; null while the offices are unavailable.',
    deprecationReason: 'Use `Evaluation.status`: it is true for `COMPLETE`.',
  })
  complete: boolean | null;

  @Field(() => EvaluationStatus, {
    nullable: true,
    description: 'How far the evaluation is; null while the offices are unavailable.',
  })
  status: EvaluationStatus | null;

  @Field(() => [vocabulary.Finding], {
    nullable: true,
    description:
      'What the network found, in its own order. Null for most callers before both have signed.',
  })
  findings: vocabulary.Finding[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What the network recommends, in its own order. Null for most callers before both have signed.',
  })
  recommendations: string[] | null;

  @Field(() => Int, {
    description:
      'Grows by one with every draft, signature and withdrawal of the network; 0 before the first. Send it back with a mutation.',
  })
  version: number;
}

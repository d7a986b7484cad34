import { DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { vocabulary } from '@hub/shared/programme';
import { AboutRecord } from '@hub/shared/records';
import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The offices' part of the evaluation of a programme, first a draft and then signed. */
@Entity({ name: 'evaluation_texts' })
@AboutRecord('Programme', 'programmeId')
export class EvaluationText {
  /** A programme of NBNP. */
  @PrimaryColumn({ type: 'varchar', name: 'programme_id', collation: 'C' })
  programmeId: string;

  @Column({ type: 'text' })
  summary: string;

  @Column({ type: 'simple-json', default: '[]' })
  findings: vocabulary.Finding[];

  @Column({ type: 'simple-json', default: '[]' })
  recommendations: string[];

  @Column({ type: 'integer' })
  version: number;
}

@ObjectType({
  description:
    'The offices’ part of the evaluation of a programme. Before both have signed, only co-ordinators and liaisons of NBNP and co-ordinators of the offices read its text; it is null for others, without an error.',
})
@Access('open')
export class OfficeEvaluation {
  @Field(() => String, {
    nullable: true,
    description:
      'The offices’ assessment in words; null without one, and for most callers before both have signed.',
  })
  summary: string | null;

  @Field(() => [vocabulary.Finding], {
    nullable: true,
    description:
      'What the offices found, in their own order. Null for most callers before both have signed.',
  })
  findings: vocabulary.Finding[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What the offices recommend, in their own order. Null for most callers before both have signed.',
  })
  recommendations: string[] | null;

  @Field(() => Int, {
    description:
      'Grows by one with every draft of the offices; 0 before the first, and for those who may not read it. Send it back with a mutation.',
  })
  version: number;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which the offices signed; null before.',
  })
  signedOn: string | null;
}

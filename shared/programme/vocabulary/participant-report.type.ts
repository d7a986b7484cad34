import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, PrimaryColumn } from 'typeorm';
import { DateScalar } from '../../graphql/scalars/scalars.js';
import { Access, Self } from '../../identity/access.js';
import { words } from '../../partner/words.js';

/**
 * The contract’s `ParticipantReport`: a participant’s text after a visit. A partner’s class extends
 * it with its table and the participant, and its policy says who may read the text (level
 * `report`), and who that it came (`people`).
 */
@ObjectType('ParticipantReportFields')
@Access('people')
export abstract class ParticipantReportFields {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.ParticipantReport.id })
  @Self()
  id: string;

  /**
   * A group of the network’s. A participant may hand in several reports of it: one of each visit at
   * least is expected.
   */
  @Column({ name: 'group_id', type: 'varchar', collation: 'C' })
  @Field(() => ID, { name: 'group', description: words.ParticipantReport.group })
  @Self()
  groupId: string;

  @Column({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @Field(() => ID, { name: 'visit', description: words.ParticipantReport.visit })
  @Self()
  visitId: string;

  @Column({ name: 'received_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: words.ParticipantReport.receivedOn })
  @Self()
  receivedOn: string;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.ParticipantReport.text })
  @Access('report')
  @Self()
  text: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: words.ParticipantReport.version })
  @Self()
  version: number;
}

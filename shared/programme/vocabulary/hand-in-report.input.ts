import { Field, ID, InputType, Int } from 'type-graphql';
import { DateScalar } from '../../graphql/scalars/scalars.js';
import { Happened } from '../../partner/mutations/input-rules.js';
import { words } from '../../partner/words.js';

/** What is handed in after a visit. A partner’s input extends it with the participant. */
@InputType('HandInReport')
export abstract class HandInReportInput {
  @Field(() => ID, { description: words.ParticipantReport.group })
  group: string;

  @Field(() => ID, { description: words.ParticipantReport.visit })
  visit: string;

  @Field(() => DateScalar, { description: words.ParticipantReport.receivedOn })
  @Happened()
  on: string;

  @Field(() => String, {
    description: 'The report itself. Restricted like `ParticipantReport.text`.',
  })
  text: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;

  @Field(() => Int, { nullable: true, description: words.ParticipantReport.corrected })
  version?: number | null;
}

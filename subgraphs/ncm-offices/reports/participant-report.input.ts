import { DateScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A delegate’s report of a visit.' })
export class HandInDelegateReportInput {
  @Field(() => ID, { description: 'Id of the delegate who wrote it.' })
  delegate: string;

  @Field(() => ID, { description: 'Id of the group that the delegate travelled with.' })
  group: string;

  @Field(() => ID, { description: 'Id of the visit that it is about.' })
  visit: string;

  @Field(() => DateScalar, { description: 'The day on which it was received.' })
  on: string;

  @Field(() => String, {
    description: 'The report itself. Restricted like `ParticipantReport.text`.',
  })
  text: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A delegate’s report of a visit.' })
export class HandInDelegateReportInput extends vocabulary.HandInReportInput {
  @Field(() => ID, { description: 'Id of the delegate who wrote it.' })
  delegate: string;
}

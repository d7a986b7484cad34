import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType('HandInOfficerReportInput', { description: 'An officer’s report of a visit.' })
export class HandInOfficerReportInput extends vocabulary.HandInReportInput {
  @Field(() => ID, { description: 'Id of the officer who wrote it.' })
  officer: string;
}

import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

@InputType()
export class RecordMeetingInput {
  @Field(() => ID)
  group: string;

  @Field(() => ID)
  office: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => String, { nullable: true })
  place?: string | null;
}

import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A meeting of an office with its delegates of a group.' })
export class RecordMeetingInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => ID, { description: 'Id of the office that held it.' })
  office: string;

  @Field(() => DateScalar, { description: 'The day of the meeting.' })
  on: string;

  @Field(() => String, { nullable: true, description: 'Where it was held, as text.' })
  place?: string | null;
}

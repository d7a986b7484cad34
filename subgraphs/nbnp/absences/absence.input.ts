import { DateScalar } from '@hub/shared/graphql';
import { words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';
import { AbsenceReason } from '../entities/vocabulary.js';

@InputType({
  description:
    'A member who does not travel on a visit, or who leaves it early. It replaces what was recorded of the member for that visit.',
})
export class RecordAbsenceInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => ID, { description: 'Id of the visit, which must be one of the group.' })
  visit: string;

  @Field(() => ID, { description: 'Id of the officer or delegate, who must be a member.' })
  participant: string;

  @Field(() => DateScalar, {
    description:
      'The first day that the member misses, within the visit: its first day if they do not travel at all, which may lie ahead. A later day must have begun (`FUTURE`).',
  })
  from: string;

  @Field(() => AbsenceReason, { description: 'The reason. Restricted like `Absence.reason`.' })
  reason: AbsenceReason;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({ description: 'An absence that was a mistake.' })
export class RemoveAbsenceInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => ID, { description: 'Id of the visit.' })
  visit: string;

  @Field(() => ID, { description: 'Id of the officer or delegate who is recorded as absent.' })
  participant: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

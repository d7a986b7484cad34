import { DateScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({
  description:
    'The day and place of a meeting of an office with its delegates of a group. Without a place, the recorded one stays.',
})
export class RecordMeetingInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => ID, { description: 'Id of the office that held it.' })
  office: string;

  @Field(() => DateScalar, { description: 'The day of the meeting.' })
  @Happened()
  on: string;

  @Field(() => String, { nullable: true, description: 'Where it was held, as text.' })
  place?: string | null;

  @Field(() => Int, { nullable: true, description: words.Input.versionOrNone })
  version?: number | null;
}

@InputType({
  description:
    'A meeting of an office with its delegates of a group. It replaces what was recorded of its kind; what is left out stays, and null removes it.',
})
export class RecordDelegatesMeetingInput extends vocabulary.GroupMeetingInput {
  @Field(() => ID, { description: 'Id of the office that held it.' })
  office: string;

  @Field(() => Int, { nullable: true, description: words.Input.versionOrNone })
  version?: number | null;
}

@InputType({ description: 'A meeting with delegates of a group that was recorded by mistake.' })
export class RemoveDelegatesMeetingInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => vocabulary.MeetingKind, {
    description: 'Whether the briefing or the debriefing is removed.',
  })
  kind: vocabulary.MeetingKind;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

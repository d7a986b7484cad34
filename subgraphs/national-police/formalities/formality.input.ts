import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'What is known of one formality of an officer for one group.' })
export class RecordOfficerFormalityInput extends vocabulary.FormalityInput {
  @Field(() => ID, { description: 'Id of the officer, an accepted member of the group: `dk:…`.' })
  officer: string;
}

@InputType({
  description:
    'What an officer needs on a journey. What is left out or null is removed; without any value all is removed.',
})
export class SetOfficerTravelNeedsInput extends vocabulary.TravelNeedsInput {
  @Field(() => ID, { description: 'Id of the officer: `dk:…`.' })
  officer: string;
}

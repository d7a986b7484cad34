import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'What is known of one formality of a delegate for one group.' })
export class RecordDelegateFormalityInput extends vocabulary.FormalityInput {
  @Field(() => ID, { description: 'Id of the delegate, a selected member of the group: `ncm:…`.' })
  delegate: string;
}

@InputType({
  description:
    'What a delegate needs on a journey. What is left out or null is removed; without any value all is removed.',
})
export class SetDelegateTravelNeedsInput extends vocabulary.TravelNeedsInput {
  @Field(() => ID, { description: 'Id of the delegate: `ncm:…`.' })
  delegate: string;
}

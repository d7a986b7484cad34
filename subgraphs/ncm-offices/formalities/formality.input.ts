import { Items, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'What is known of one formality of a delegate for one group.' })
export class RecordDelegateFormalityInput extends vocabulary.FormalityInput {
  @Field(() => ID, { description: 'Id of the delegate, a selected member of the group: `ncm:…`.' })
  delegate: string;
}

@InputType({ description: 'What is known of one of several formalities of delegates.' })
export class OneDelegateFormalityInput extends vocabulary.OneFormalityInput {
  @Field(() => ID, { description: 'Id of the delegate, a selected member of the group: `ncm:…`.' })
  delegate: string;
}

@InputType({ description: 'What is known of several formalities of delegates for one group.' })
export class RecordDelegateFormalitiesInput {
  @Field(() => ID, { description: 'Id of the group with which they travel: `nbnp:…`.' })
  group: string;

  @Field(() => [OneDelegateFormalityInput], { description: 'They are recorded in this order.' })
  @Items('delegate', 'kind')
  formalities: OneDelegateFormalityInput[];

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'What a delegate needs on a journey. What is left out or null is removed; without any value all is removed.',
})
export class SetDelegateTravelNeedsInput extends vocabulary.TravelNeedsInput {
  @Field(() => ID, { description: 'Id of the delegate: `ncm:…`.' })
  delegate: string;
}

@InputType({ description: 'That a delegate has one of the formalities, as they say.' })
export class SayDelegateFormalityDoneInput extends vocabulary.SaidFormalityInput {
  @Field(() => ID, {
    description: 'Id of the delegate, a member or reserve of the group: `ncm:…`.',
  })
  delegate: string;
}

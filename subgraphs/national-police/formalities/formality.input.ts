import { CountryCodeScalar } from '@hub/shared/graphql';
import { Items, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'What is known of one formality of an officer for one group.' })
export class RecordOfficerFormalityInput extends vocabulary.FormalityInput {
  @Field(() => ID, { description: 'Id of the officer, an accepted member of the group: `dk:…`.' })
  officer: string;
}

@InputType({ description: 'What is known of one of several formalities of officers.' })
export class OneOfficerFormalityInput extends vocabulary.OneFormalityInput {
  @Field(() => ID, { description: 'Id of the officer, an accepted member of the group: `dk:…`.' })
  officer: string;
}

@InputType({
  description:
    'What is known of several formalities of officers of one police force for one group.',
})
export class RecordOfficerFormalitiesInput {
  @Field(() => CountryCodeScalar, {
    description: 'The country of the police force that records them. It knows its own officers.',
  })
  country: string;

  @Field(() => ID, { description: 'Id of the group with which they travel: `nbnp:…`.' })
  group: string;

  @Field(() => [OneOfficerFormalityInput], { description: 'They are recorded in this order.' })
  @Items('officer', 'kind')
  formalities: OneOfficerFormalityInput[];

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'What an officer needs on a journey. What is left out or null is removed; without any value all is removed.',
})
export class SetOfficerTravelNeedsInput extends vocabulary.TravelNeedsInput {
  @Field(() => ID, { description: 'Id of the officer: `dk:…`.' })
  officer: string;
}

@InputType({ description: 'That an officer has one of the formalities, as they say.' })
export class SayOfficerFormalityDoneInput extends vocabulary.SaidFormalityInput {
  @Field(() => ID, {
    description: 'Id of the officer, a member or reserve of the group: `dk:…`.',
  })
  officer: string;
}

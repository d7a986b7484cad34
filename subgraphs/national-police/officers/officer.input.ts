import { CountryCodeScalar, createEnum, LanguageTagScalar } from '@hub/shared/graphql';
import { NotNull, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ownNameOrder, searchedOwnName } from '../access/keep-own-names.js';

export const OfficerOrder = createEnum('OfficerOrder', 'How a list of officers is sorted.', {
  ID: vocabulary.orderWords.ID,
  NAME: ownNameOrder,
  TARGET_GROUP: vocabulary.orderWords.TARGET_GROUP,
});
export type OfficerOrder = keyof typeof OfficerOrder;

@InputType('OfficerFilter', {
  description: 'Selects officers. All given conditions must hold.',
})
export class OfficerFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country whose police force sends the officer.',
  })
  country?: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the police unit: `dk:nec`.' })
  unit?: string | null;

  @Field(() => vocabulary.TargetGroup, {
    nullable: true,
    description: 'The kind of authority that the officer works for.',
  })
  targetGroup?: vocabulary.TargetGroup | null;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'A language that the officer speaks.',
  })
  language?: string | null;

  @Field(() => String, searchedOwnName)
  search?: string | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;
}

@InputType('RegisterOfficerInput', { description: 'A new officer who can travel.' })
export class RegisterOfficerInput extends vocabulary.RegisterPersonInput {
  @Field(() => ID, { description: 'Id of the police unit that registers the officer.' })
  unit: string;

  @Field(() => String, {
    nullable: true,
    description: 'The rank, in the words of the police force.',
  })
  rank?: string | null;

  @Field(() => vocabulary.TargetGroup, {
    description: 'The kind of authority that the officer works for.',
  })
  targetGroup: vocabulary.TargetGroup;
}

@InputType({
  description:
    'A change of the record of an officer. A field that is left out stays as it is; null removes an optional value.',
})
export class ChangeOfficerInput extends vocabulary.ChangePersonInput {
  @Field(() => ID, { description: 'Id of the officer.' })
  officer: string;

  @Field(() => String, {
    nullable: true,
    description: 'The rank, in the words of the police force.',
  })
  rank?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the police unit of the officer, of this police force.',
  })
  @NotNull()
  unit?: string | null;

  @Field(() => vocabulary.TargetGroup, {
    nullable: true,
    description: 'The kind of authority that the officer works for.',
  })
  @NotNull()
  targetGroup?: vocabulary.TargetGroup | null;
}

@InputType('RemoveOfficerInput', { description: 'An officer who was registered by mistake.' })
export class RemoveOfficerInput {
  @Field(() => ID, { description: 'Id of the officer: `fi:…`.' })
  officer: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

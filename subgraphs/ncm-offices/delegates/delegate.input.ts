import { CountryCodeScalar, createEnum, LanguageTagScalar } from '@hub/shared/graphql';
import { NotNull, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

export const DelegateOrder = createEnum(
  'DelegateOrder',
  'How a list of delegates is sorted.',
  vocabulary.orderWords,
);
export type DelegateOrder = keyof typeof DelegateOrder;

@InputType({ description: 'Selects delegates. All given conditions must hold.' })
export class DelegateFilter {
  @Field(() => ID, { nullable: true, description: 'Id of the office that registered the person.' })
  office?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country that sends the person: `LV`.',
  })
  country?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Code of the region in which the person works: `RU-MUR`.',
  })
  region?: string | null;

  @Field(() => vocabulary.TargetGroup, {
    nullable: true,
    description: 'The kind of authority that the person works for.',
  })
  targetGroup?: vocabulary.TargetGroup | null;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'A language that the person speaks.',
  })
  language?: string | null;

  @Field(() => String, vocabulary.searchedName)
  search?: string | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;
}

@InputType({ description: 'A new person whom an office can send.' })
export class RegisterDelegateInput extends vocabulary.RegisterPersonInput {
  @Field(() => ID, { description: 'Id of the office that registers the person.' })
  office: string;

  @Field(() => vocabulary.TargetGroup, {
    description: 'The kind of authority that the person works for.',
  })
  targetGroup: vocabulary.TargetGroup;

  @Field(() => ID, {
    nullable: true,
    description:
      'Code of the region in which the person works: `RU-MUR`. Needed in a country whose regions the offices know.',
  })
  region?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country that sends the person: `LV`. Needed without a `region`.',
  })
  country?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The authority or organisation for which the person works.',
  })
  employer?: string | null;
}

@InputType({
  description:
    'A change of the record of a delegate. A field that is left out stays as it is; null removes an optional value.',
})
export class ChangeDelegateInput extends vocabulary.ChangePersonInput {
  @Field(() => ID, { description: 'Id of the delegate.' })
  delegate: string;

  @Field(() => vocabulary.TargetGroup, {
    nullable: true,
    description: 'The kind of authority that the person works for.',
  })
  @NotNull()
  targetGroup?: vocabulary.TargetGroup | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Code of the region in which the person works: `RU-MUR`. Needed in a country whose regions the offices know.',
  })
  region?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description:
      'The country that sends the person: `LV`. Another one than before removes the region, unless one is given.',
  })
  @NotNull()
  country?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The authority or organisation for which the person works.',
  })
  employer?: string | null;
}

@InputType({ description: 'A delegate who was registered by mistake.' })
export class RemoveDelegateInput {
  @Field(() => ID, { description: 'Id of the delegate: `ncm:…`.' })
  delegate: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

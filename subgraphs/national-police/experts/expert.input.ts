import { CountryCodeScalar, createEnum, DateScalar, LanguageTagScalar } from '@hub/shared/graphql';
import { Distinct, NotBefore, NotNull, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ownNameOrder, searchedOwnName } from '../access/keep-own-names.js';

export const ExpertOrder = createEnum('ExpertOrder', 'How a list of experts is sorted.', {
  ID: vocabulary.orderWords.ID,
  NAME: ownNameOrder,
});
export type ExpertOrder = keyof typeof ExpertOrder;

@InputType('ExpertFilter', {
  description: 'Selects experts. All given conditions must hold.',
})
export class ExpertFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country of the police force that offers the expert.',
  })
  country?: string | null;

  @Field(() => vocabulary.SupportRole, {
    nullable: true,
    description: 'What the expert can do for a visit.',
  })
  role?: vocabulary.SupportRole | null;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'A language that the expert speaks.',
  })
  language?: string | null;

  @Field(() => vocabulary.Sector, {
    nullable: true,
    description: 'A sector that the expert knows.',
  })
  field?: vocabulary.Sector | null;

  @Field(() => String, searchedOwnName)
  search?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'First day of a period in which the expert must be free: on no planned visit for which the network has asked, unless the police force refused or withdrew the loan. `FORBIDDEN` for all but staff of that police force and of `nbnp`. Experts whose visits are unknown are left out. `QUERY_TOO_COMPLEX` if the other conditions select more than 500 experts.',
  })
  freeFrom?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Last day of that period. A period with only one of the two days is open at the other end.',
  })
  @NotBefore('freeFrom')
  freeTo?: string | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;
}

@InputType('RegisterExpertInput', { description: 'A new expert of a police force.' })
export class RegisterExpertInput extends vocabulary.RegisterPersonInput {
  @Field(() => ID, { description: 'Id of the police unit that offers the expert.' })
  unit: string;

  @Field(() => [vocabulary.SupportRole], {
    description: 'What the expert can do for a visit.',
  })
  @Distinct(1)
  roles: vocabulary.SupportRole[];

  @Field(() => [vocabulary.Sector], {
    description: 'The sectors that the expert knows; may be empty.',
  })
  @Distinct()
  fields: vocabulary.Sector[];
}

@InputType({
  description:
    'A change of the record of an expert. A field that is left out stays as it is; null removes an optional value.',
})
export class ChangeExpertInput extends vocabulary.ChangePersonInput {
  @Field(() => ID, { description: 'Id of the expert.' })
  expert: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the police unit that offers the expert, of this police force.',
  })
  @NotNull()
  unit?: string | null;

  @Field(() => [vocabulary.SupportRole], {
    nullable: true,
    description: 'All that the expert can do for a visit.',
  })
  @NotNull()
  @Distinct(1)
  roles?: vocabulary.SupportRole[] | null;

  @Field(() => [vocabulary.Sector], {
    nullable: true,
    description: 'All sectors that the expert knows; may be empty.',
  })
  @NotNull()
  @Distinct()
  fields?: vocabulary.Sector[] | null;
}

@InputType('RemoveExpertInput', { description: 'An expert who was registered by mistake.' })
export class RemoveExpertInput {
  @Field(() => ID, { description: 'Id of the expert: `fi:…`.' })
  expert: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

import { CountryCodeScalar, PartialDateScalar } from '@hub/shared/graphql';
import { NotBefore } from '@hub/shared/partner';
import { Field, ID, InputType } from 'type-graphql';
import { ContactBasis, ContactLevel } from '../entities/vocabulary.js';

@InputType('ContactFilter', {
  description: 'Selects contacts. A condition that is left out excludes nothing.',
})
export class ContactFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'One of the two is this party; at level PARENT, also a party directly below it.',
  })
  party?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description:
      'One of the two is in this country, or at level COUNTRY is this country. A party whose country is unknown is left out.',
  })
  country?: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description:
      'Only what ended on this date or later. An unknown date does not exclude. The first day counts where only a month or a year is given.',
  })
  from?: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description:
      'Only what began on this date or earlier. An unknown date does not exclude. The last day counts where only a month or a year is given.',
  })
  @NotBefore('from')
  to?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only the roles in this programme, its events, and the visits of its groups.',
  })
  programme?: string | null;

  @Field(() => [ContactBasis], {
    nullable: true,
    description:
      'Only contacts on these bases; none if the list is empty. @default all but MEMBERSHIP',
  })
  via?: ContactBasis[] | null;

  @Field(() => ContactLevel, {
    nullable: true,
    defaultValue: ContactLevel.PARTY,
    description:
      'What counts as one party. A party that is unknown at this level is left out. At level COUNTRY a country that was represented at an event counts too.',
  })
  level?: ContactLevel | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'True to count rehearsals too. Each contact and each piece of evidence says by its `isRehearsal` whether it is a fact.',
  })
  rehearsals?: boolean | null;
}

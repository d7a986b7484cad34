import { CountryCodeScalar, DateScalar, PartialDateScalar } from '@hub/shared/graphql';
import { Distinct, NotNull, words } from '@hub/shared/partner';
import { network } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('OrganisationFilter', {
  description: 'Selects organisations. All given conditions must hold.',
})
export class OrganisationFilter {
  @Field(() => CountryCodeScalar, { nullable: true, description: 'The country of its seat.' })
  country?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The kind of body, as `Organisation.kind` has it.',
  })
  kind?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Part of its name, acronym or another name. Case and marks are ignored: `klaipeda` finds Klaipėda.',
  })
  search?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The city of its seat, as it is written. Case and marks are ignored.',
  })
  city?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Only organisations that existed on that day. Unknown dates exclude nothing.',
  })
  openOn?: string | null;

  @Field(() => Boolean, network.takenMerged)
  merged?: boolean | null;
}

/** What may be left out of an organisation, and who states the rest. */
@InputType('OrganisationDetails')
abstract class OrganisationDetails extends network.StatedInput {
  @Field(() => String, { nullable: true, description: words.Party.acronym })
  acronym?: string | null;

  @Field(() => [String], { nullable: true, description: `All of them. ${words.Party.variants}` })
  @NotNull()
  @Distinct()
  variants?: string[] | null;

  @Field(() => CountryCodeScalar, { nullable: true, description: words.Party.country })
  country?: string | null;

  @Field(() => String, { nullable: true, description: words.Party.city })
  city?: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Day, month or year of its founding.',
  })
  foundedOn?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the body of which it is a part, of any partner: `no:pod`. `NOT_FOUND` for an unknown one.',
  })
  parent?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it does in the programme or in the field, in words.',
  })
  roleInField?: string | null;

  @Field(() => String, { nullable: true, description: 'What the directory adds.' })
  note?: string | null;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;
}

const name = 'Its English name.';
const kind = 'What kind of body it is: `intergovernmental`, `ngo`.';

@InputType({ description: 'A new organisation of the directory, and the page that states it.' })
export class RegisterOrganisationInput extends OrganisationDetails {
  @Field(() => String, { description: name })
  name: string;

  @Field(() => String, { description: kind })
  kind: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'A change of an organisation. What is left out stays as it is; null removes a value. A value that another page stated stays as one of its `claims`.',
})
export class ChangeOrganisationInput extends OrganisationDetails {
  @Field(() => ID, { description: 'Id of the organisation.' })
  organisation: string;

  @Field(() => String, { nullable: true, description: name })
  @NotNull()
  name?: string | null;

  @Field(() => String, { nullable: true, description: kind })
  @NotNull()
  kind?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({ description: 'The end of an organisation, and the page that states it.' })
export class CloseOrganisationInput extends network.StatedChangeInput {
  @Field(() => ID, { description: 'Id of the organisation.' })
  organisation: string;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Day, month or year of its end. Null, or left out, if it exists after all.',
  })
  closedOn?: string | null;
}

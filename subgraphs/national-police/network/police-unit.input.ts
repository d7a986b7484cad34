import { CountryCodeScalar, DateScalar, PartialDateScalar } from '@hub/shared/graphql';
import { Distinct, NotNull, words } from '@hub/shared/partner';
import { network } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('PoliceUnitFilter', {
  description: 'Selects units. All given conditions must hold. An unknown date excludes nothing.',
})
export class PoliceUnitFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'Only units of this country, by its ISO code: `EE`.',
  })
  country?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Only units that existed on that day. Unknown dates exclude nothing.',
  })
  on?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Part of its name, acronym or another name. Case and marks are ignored: `parnu` finds Pärnu.',
  })
  search?: string | null;

  @Field(() => Boolean, network.takenMerged)
  merged?: boolean | null;
}

/** What may be left out of a unit. */
@InputType('PoliceUnitDetails')
abstract class PoliceUnitDetails extends network.StatedInput {
  @Field(() => String, { nullable: true, description: words.Party.acronym })
  acronym?: string | null;

  @Field(() => [String], { nullable: true, description: `All of them. ${words.Party.variants}` })
  @NotNull()
  @Distinct()
  variants?: string[] | null;

  @Field(() => String, { nullable: true, description: words.Party.city })
  city?: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Day, month or year of its founding.',
  })
  validFrom?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the unit of the same police force of which it is a part.',
  })
  parent?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is: `police_unit`.' })
  kind?: string | null;

  @Field(() => String, { nullable: true, description: 'Its role, open to everybody.' })
  note?: string | null;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;
}

const name = 'Its English name.';
const unit = 'Id of the unit.';

@InputType({ description: 'A new unit of a police force, and the page that states it.' })
export class RegisterPoliceUnitInput extends PoliceUnitDetails {
  @Field(() => String, { description: name })
  name: string;

  @Field(() => CountryCodeScalar, { description: 'The country of the police force: `LV`.' })
  country: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'A change of a unit. What is left out stays as it is; null removes a value. A value that another page stated stays as one of its `claims`.',
})
export class ChangePoliceUnitInput extends PoliceUnitDetails {
  @Field(() => ID, { description: unit })
  unit: string;

  @Field(() => String, { nullable: true, description: name })
  @NotNull()
  name?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({ description: 'The end of a unit, and the page that states it.' })
export class ClosePoliceUnitInput extends network.StatedChangeInput {
  @Field(() => ID, { description: unit })
  unit: string;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Day, month or year of its end. Null, or left out, if it exists after all.',
  })
  validTo?: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the unit that replaces it, if any.' })
  successor?: string | null;
}

import { CountryCodeScalar, DateScalar, PartialDateScalar } from '@hub/shared/graphql';
import { Distinct, NotNull, words } from '@hub/shared/partner';
import { network, vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';
import { OfficeKind } from '../entities/vocabulary.js';

@InputType({
  description: 'Selects offices. All given conditions must hold. An unknown date excludes nothing.',
})
export class OfficeFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'Only offices in this country, by its ISO code: `EE`.',
  })
  country?: string | null;

  @Field(() => OfficeKind, {
    nullable: true,
    description: 'Only places of this kind: secretariats, offices, branches and so on.',
  })
  kind?: OfficeKind | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Only offices that were open on that day. Unknown dates exclude nothing.',
  })
  openOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Part of its name or another name. Case and marks are ignored: `parnu` finds Pärnu.',
  })
  search?: string | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;

  @Field(() => Boolean, network.takenMerged)
  merged?: boolean | null;
}

/** What may be left out of an office, and who states the rest. */
@InputType('OfficeDetails')
abstract class OfficeDetails extends network.StatedInput {
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Day, month or year of its opening. It may lie ahead.',
  })
  openedOn?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the office of which it is a branch. `NOT_FOUND` for an unknown one.',
  })
  parent?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'All other names that sources use, in English and other languages.',
  })
  @NotNull()
  @Distinct()
  variants?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the office does in this field, in the words of its sources.',
  })
  roleInField?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the sources say in addition to the other fields, with references.',
  })
  note?: string | null;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;
}

const name = 'Its English name.';
const kind = 'The kind of office: a secretariat, an office, a branch.';
const city = 'The English name of its city.';

@InputType({ description: 'A new office, and the page that states it.' })
export class RegisterOfficeInput extends OfficeDetails {
  @Field(() => String, { description: name })
  name: string;

  @Field(() => OfficeKind, { description: kind })
  kind: OfficeKind;

  @Field(() => String, { description: city })
  city: string;

  @Field(() => CountryCodeScalar, {
    description: 'The country where it works: `LV`. It stays the same.',
  })
  country: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: words.Rehearsal.given,
  })
  isRehearsal?: boolean | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'A change of an office. What is left out stays as it is; null removes a value. `variants` replaces the whole list. A value that another page stated stays as one of its `claims`.',
})
export class ChangeOfficeInput extends OfficeDetails {
  @Field(() => ID, { description: 'Id of the office.' })
  office: string;

  @Field(() => String, { nullable: true, description: name })
  @NotNull()
  name?: string | null;

  @Field(() => OfficeKind, { nullable: true, description: kind })
  @NotNull()
  kind?: OfficeKind | null;

  @Field(() => String, { nullable: true, description: city })
  @NotNull()
  city?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({ description: 'The closing of an office, and the page that states it.' })
export class CloseOfficeInput extends network.StatedChangeInput {
  @Field(() => ID, { description: 'Id of the office.' })
  office: string;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description:
      'Day, month or year of its closing. It may lie ahead. Null, or left out, if the office is open again.',
  })
  closedOn?: string | null;
}

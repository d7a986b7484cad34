import { CountryCodeScalar } from '@hub/shared/graphql';
import { Distinct, NotNull, words } from '@hub/shared/partner';
import { network } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';
import { StatementKind, TraffickingRole } from '../entities/vocabulary.js';

@InputType('StatementFilter', {
  description: 'Selects statements. All given conditions must hold.',
})
export class StatementFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the programme, event or organisation that is its subject.',
  })
  about?: string | null;

  @Field(() => StatementKind, { nullable: true, description: 'Only statements of this kind.' })
  kind?: StatementKind | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'A country that the statement names, alone or in a group.',
  })
  country?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Part of the text. Case and marks are ignored.',
  })
  search?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'True to include statements about rehearsals. Their `subject` says so by its `isRehearsal`.',
  })
  rehearsals?: boolean | null;
}

const text = 'The statement. Put the source’s own words in quotation marks.';
const kind = 'What the statement is for. Aims of a programme are written with the programme.';

/** What may be left out of a statement, and the page that states it. */
@InputType('StatementDetails')
abstract class StatementDetails extends network.StatedInput {
  @Field(() => [CountryCodeScalar], {
    nullable: true,
    description: 'All countries that the text names, alone or in a group.',
  })
  @NotNull()
  @Distinct()
  countries?: string[] | null;

  @Field(() => [TraffickingRole], {
    nullable: true,
    description: 'Of a statement about countries: what part they have in trafficking.',
  })
  @NotNull()
  @Distinct()
  traffickingRoles?: TraffickingRole[] | null;

  @Field(() => TraffickingRole, {
    nullable: true,
    description: 'The one of these roles that the source calls primary.',
  })
  primaryRole?: TraffickingRole | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where in the source, for instance the sentence or the page.',
  })
  place?: string | null;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;
}

@InputType({ description: 'What a source states in words, and the page that states it.' })
export class RecordStatementInput extends StatementDetails {
  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the programme, event or organisation of the network that it is about. Null for the field as a whole.',
  })
  about?: string | null;

  @Field(() => StatementKind, { description: kind })
  kind: StatementKind;

  @Field(() => String, { description: text })
  text: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'A correction of a statement. What is left out stays as it is; null removes a value. A value that another page stated stays as one of its `claims`.',
})
export class ChangeStatementInput extends StatementDetails {
  @Field(() => ID, { description: 'Id of the statement.' })
  statement: string;

  @Field(() => StatementKind, { nullable: true, description: kind })
  @NotNull()
  kind?: StatementKind | null;

  @Field(() => String, { nullable: true, description: text })
  @NotNull()
  text?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({ description: 'A statement that was a mistake, and why it goes.' })
export class RemoveStatementInput {
  @Field(() => ID, { description: 'Id of the statement.' })
  statement: string;

  @Field(() => String, { description: words.Input.removalReason })
  reason: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

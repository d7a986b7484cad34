import { CountryCodeScalar } from '@hub/shared/graphql';
import { Field, ID, InputType } from 'type-graphql';
import { StatementKind } from '../entities/vocabulary.js';

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

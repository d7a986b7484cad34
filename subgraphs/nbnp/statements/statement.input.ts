import { CountryCodeScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';
import { StatementKind } from '../entities/vocabulary.js';

@InputType('StatementFilter', {
  description: 'Which statements: those that fit all that is given.',
})
export class StatementFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the programme, event or organisation that it is about.',
  })
  about?: string | null;

  @Field(() => StatementKind, { nullable: true, description: 'Only statements of this kind.' })
  kind?: StatementKind | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'A country that the statement names, by itself or in a group.',
  })
  country?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A part of the text, in letters of any case.',
  })
  search?: string | null;
}

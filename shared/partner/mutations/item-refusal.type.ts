import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../../identity/access.js';

/** The contract’s `ItemRefusal`, which the result of each mutation of several items has. */
@ObjectType('ItemRefusal', {
  description: 'Why one item of a mutation was not written, while others may have been.',
})
@Directive('@shareable')
@Access('coordinator')
export class ItemRefusal {
  @Field(() => String, {
    description:
      'The code of the error that a mutation of the item alone would return: `RULE_VIOLATED`.',
  })
  code: string;

  @Field(() => String, {
    nullable: true,
    description: 'The rule of the programme that it breaks; null for another code.',
  })
  rule: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Which of several situations of the rule it is; null for a rule with one.',
  })
  situation: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The place in the input: `input.decisions.3.version`; null if it is none alone.',
  })
  argument: string | null;

  @Field(() => String, { description: 'What is wrong and what is allowed, in English.' })
  message: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The present version of what the item changes, for `CONFLICT`.',
  })
  currentVersion: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The record that stands in the way, where there is one.',
  })
  id: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The code of the partner whose facts are missing, for `PARTNER_…`.',
  })
  partner: string | null;
}

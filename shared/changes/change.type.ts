import 'reflect-metadata';

import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../access/index.js';
import { createConnectionTypes } from '../pagination/index.js';
import { DateTimeScalar } from '../scalars/index.js';

/** The contract’s `Change`: who changed what, and when, never the values. Every partner publishes it. */
@Directive('@shareable')
@ObjectType('Change', {
  description:
    'One record that one mutation changed, written down by the organisation that owns the record. It holds no values.',
})
@Access('changes')
export class Change {
  @Field(() => ID, {
    description:
      'The organisation that owns the record, and the number of the entry in its record.',
  })
  id: string;

  @Field(() => DateTimeScalar, { description: 'When the change was made, by the owner’s clock.' })
  at: string;

  @Field(() => String, { description: 'The code of the organisation that made the change.' })
  organisation: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Who made the change. Null where no person is known: an import, the invented demonstration.',
  })
  @Access('ownChanges')
  person: string | null;

  @Field(() => String, {
    description:
      'The name of the mutation. `import` and `loadDemonstration` are commands of the owner’s server.',
  })
  mutation: string;

  @Field(() => ID, {
    description:
      'The id of the record that was changed. A list without ids of its own is a field of the record that it belongs to.',
  })
  subject: string;

  @Field(() => [String], {
    description:
      'The fields whose values are now different, in alphabetical order. Of a record that was added or removed, the fields that have or had a value.',
  })
  fields: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: 'Why, where the mutation says so. Its first 1,000 characters.',
  })
  reason: string | null;
}

/** A page of changes. It has no count, as a page of disclosures has none. */
export const { ConnectionType: ChangeConnection } = createConnectionTypes(Change, 'Change', {
  counts: 'none',
  access: 'changes',
  isShareable: true,
});

@InputType('ChangeFilter', { description: 'All that is given must hold.' })
export class ChangeFilter {
  @Field(() => ID, { nullable: true, description: 'The id of the record that was changed.' })
  subject?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first instant.' })
  from?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The last instant.' })
  to?: string | null;
}

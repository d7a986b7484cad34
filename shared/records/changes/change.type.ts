import 'reflect-metadata';

import { ArgsType, Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import {
  type Connection,
  createConnectionTypes,
} from '../../database/pagination/connection-types.js';
import { DateTimeScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';

/** The contract’s `Change`: who changed what, and when, never the values. Every partner publishes it. */
@Directive('@shareable')
@ObjectType('Change', {
  description:
    'A change of one record by one mutation, as recorded by the organisation that owns the record. It has no values.',
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
      'The person who made the change. Null if there is none: an import, the invented demonstration.',
  })
  @Access('ownChanges')
  person: string | null;

  @Field(() => String, {
    description:
      'The name of the mutation. `import`, `loadDemonstration` and `removeRehearsals` are commands of the owner’s server.',
  })
  mutation: string;

  @Field(() => ID, {
    description:
      'The id of the record that was changed. A list without ids is a field of its record.',
  })
  subject: string;

  @Field(() => [String], {
    description:
      'The fields whose values changed, in alphabetical order. For an added or removed record, the fields that have or had a value.',
  })
  fields: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: 'The reason, if the mutation has one: its first 1,000 characters.',
  })
  reason: string | null;
}

/** A page of changes. Like a page of disclosures it has no count. */
export const { ConnectionType: ChangeConnection } = createConnectionTypes(Change, 'Change', {
  counts: 'none',
  access: 'changes',
  isShareable: true,
});
export type ChangeConnection = Pick<Connection<Change>, 'edges' | 'nodes' | 'pageInfo'>;

@InputType('ChangeFilter', { description: 'Selects changes. All given conditions must hold.' })
export class ChangeFilter {
  @Field(() => ID, { nullable: true, description: 'The id of the record that was changed.' })
  subject?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only changes at or after this instant.',
  })
  from?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only changes at or before this instant.',
  })
  to?: string | null;
}

/** Which changes to return. */
@ArgsType()
export class ChangeArguments {
  @Field(() => ChangeFilter, { nullable: true, description: 'All changes if left out.' })
  filter?: ChangeFilter | null;
}

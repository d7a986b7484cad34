import { ArgsType, Field, Int } from 'type-graphql';

/** The page of a list. `first` must be between 1 and 1,000. */
@ArgsType()
export class Page {
  @Field(() => Int, {
    nullable: true,
    defaultValue: 50,
    description: 'How many rows to return at most: 1 to 1,000, 50 when null.',
  })
  first: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the row to continue behind: `endCursor` of the page before.',
  })
  after: string | null;
}

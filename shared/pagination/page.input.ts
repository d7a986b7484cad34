import { ArgsType, Field, Int } from 'type-graphql';

/** Which page of a list. `first` is 1 to 1,000. */
@ArgsType()
export class Page {
  @Field(() => Int, { nullable: true, defaultValue: 50 })
  first: number | null;

  @Field(() => String, { nullable: true })
  after: string | null;
}

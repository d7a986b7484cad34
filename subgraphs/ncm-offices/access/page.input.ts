import { ArgsType, Field, Int } from 'type-graphql';

/** Which page of a list is asked for. Decorators run last first: these arguments stand first to be published last. */
@ArgsType()
export class Page {
  @Field(() => Int, { nullable: true, defaultValue: 50 })
  first: number | null;

  @Field(() => String, { nullable: true })
  after: string | null;
}

import { DateScalar, UrlScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'The office that covers a region, and the page that states it, if any.' })
export class SetCoverageInput {
  @Field(() => ID, { description: 'Code of the region: `RU-MUR`.' })
  region: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the office. Null, or left out, if no office covers the region any more.',
  })
  office?: string | null;

  @Field(() => UrlScalar, {
    nullable: true,
    description:
      'The page that states it. Null, or left out, if none does: the offices have agreed so among themselves.',
  })
  source?: string | null;

  @Field(() => DateScalar, {
    description: 'The day on which somebody read that page for it, or the offices agreed.',
  })
  @Happened()
  on: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

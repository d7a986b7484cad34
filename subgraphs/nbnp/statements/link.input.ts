import { DateScalar, UrlScalar } from '@hub/shared/graphql';
import { Happened, NotNull, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'A page about an event or an organisation of the network.' })
export class RecordLinkInput {
  @Field(() => ID, { description: 'Id of the event or the organisation.' })
  about: string;

  @Field(() => UrlScalar, { description: 'The address of the page.' })
  url: string;

  @Field(() => String, { nullable: true, description: 'What the page is, or who publishes it.' })
  label?: string | null;

  @Field(() => DateScalar, { description: 'The day on which somebody read the page.' })
  @Happened()
  on: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({
  description: 'A correction of a link. What is left out stays as it is; null removes the label.',
})
export class ChangeLinkInput {
  @Field(() => ID, { description: 'Id of the link: `Link.id`.' })
  link: string;

  @Field(() => UrlScalar, { nullable: true, description: 'The address of the page.' })
  @NotNull()
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'What the page is, or who publishes it.' })
  label?: string | null;

  @Field(() => DateScalar, { description: 'The day on which somebody read the page.' })
  @Happened()
  on: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({ description: 'A page that is no longer of use, and why.' })
export class RemoveLinkInput {
  @Field(() => ID, { description: 'Id of the link: `Link.id`.' })
  link: string;

  @Field(() => String, { description: words.Input.removalReason })
  reason: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version that the caller has last read. `CONFLICT` with `currentVersion` when the link has changed since. Not checked if left out.',
  })
  version?: number | null;
}

import { DateScalar, UrlScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { Field, ID, InputType } from 'type-graphql';

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

@InputType({ description: 'A page that is no longer of use, and why.' })
export class RemoveLinkInput {
  @Field(() => ID, { description: 'Id of the link: `Link.id`.' })
  link: string;

  @Field(() => String, { description: words.Input.removalReason })
  reason: string;
}

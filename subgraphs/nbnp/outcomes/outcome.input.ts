import { Distinct, NotNull, words } from '@hub/shared/partner';
import { network } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';
import { OutcomeKind } from '../entities/vocabulary.js';

const title = 'The outcome in the source’s words, or its title.';
const kind = 'What it is. A task that was set is a `DECISION`.';

/** What may be left out of an outcome, and the page that states it. */
@InputType('OutcomeDetails')
abstract class OutcomeDetails extends network.StatedInput {
  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of all parties to which it gives a task, of any partner.',
  })
  @NotNull()
  @Distinct()
  mandated?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Id of the event that continued it.' })
  leadsTo?: string | null;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;
}

@InputType({ description: 'What an event led to, and the page that states it.' })
export class RecordOutcomeInput extends OutcomeDetails {
  @Field(() => ID, { description: 'Id of the event that led to it.' })
  event: string;

  @Field(() => OutcomeKind, { description: kind })
  kind: OutcomeKind;

  @Field(() => String, { description: title })
  title: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'A correction of an outcome. What is left out stays as it is; null removes a value. A value that another page stated stays as one of its `claims`.',
})
export class ChangeOutcomeInput extends OutcomeDetails {
  @Field(() => ID, { description: 'Id of the outcome.' })
  outcome: string;

  @Field(() => OutcomeKind, { nullable: true, description: kind })
  @NotNull()
  kind?: OutcomeKind | null;

  @Field(() => String, { nullable: true, description: title })
  @NotNull()
  title?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({ description: 'An outcome that was a mistake, and why it goes.' })
export class RemoveOutcomeInput {
  @Field(() => ID, { description: 'Id of the outcome.' })
  outcome: string;

  @Field(() => String, { description: words.Input.removalReason })
  reason: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

import { DateScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('OfferHostingInput', { description: 'A unit’s offer to host a visit.' })
export class OfferHostingInput extends vocabulary.Practicalities {
  @Field(() => ID, { description: 'Id of the police unit that offers.' })
  unit: string;

  @Field(() => ID, { description: 'Id of the visit: `nbnp:…`.' })
  visit: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('ChangeHostingInput', {
  description:
    'What the host arranges. A field that is left out stays as it is; null removes its value.',
})
export class ChangeHostingInput extends vocabulary.Practicalities {
  @Field(() => ID, { description: 'Id of the offer.' })
  hosting: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('DecideHostingInput', { description: 'A decision on an offer to host.' })
export class DecideHostingInput {
  @Field(() => ID, { description: 'Id of the offer.' })
  hosting: string;

  @Field(() => DateScalar, { description: 'The day of the decision.' })
  @Happened()
  on: string;

  @Field(() => Int, { nullable: true, description: words.Input.visitVersion })
  visitVersion?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `${words.Input.version} Not checked if left out, which is deprecated.`,
  })
  version?: number | null;
}

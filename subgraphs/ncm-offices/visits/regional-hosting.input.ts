import { DateScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'An office’s offer to arrange a visit.' })
export class OfferRegionalHostingInput extends vocabulary.Practicalities {
  @Field(() => ID, {
    description:
      'Id of the office that offers: in Russia, or named by a side of the group for the country.',
  })
  office: string;

  @Field(() => ID, { description: 'Id of the visit: `nbnp:…`.' })
  visit: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'What the office arranges. A field that is left out stays as it is; null removes its value.',
})
export class ChangeRegionalHostingInput extends vocabulary.Practicalities {
  @Field(() => ID, { description: 'Id of the offer.' })
  hosting: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({ description: 'A decision on an office’s offer.' })
export class DecideRegionalHostingInput {
  @Field(() => ID, { description: 'Id of the offer.' })
  hosting: string;

  @Field(() => DateScalar, { description: 'The day of the decision.' })
  @Happened()
  on: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;

  @Field(() => Int, { nullable: true, description: words.Input.visitVersion })
  visitVersion?: number | null;
}

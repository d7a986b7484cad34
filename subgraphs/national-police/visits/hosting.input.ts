import { DateScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Field, ID, InputType } from 'type-graphql';

@InputType('OfferHostingInput', { description: 'A unit’s offer to host a visit.' })
export class OfferHostingInput {
  @Field(() => ID, { description: 'Id of the police unit that offers.' })
  unit: string;

  @Field(() => ID, { description: 'Id of the visit: `nbnp:…`.' })
  visit: string;

  @Field(() => String, { nullable: true, description: 'Where the group would stay.' })
  accommodation?: string | null;

  @Field(() => String, { nullable: true, description: 'The transport for the group.' })
  transport?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The emergency contact for the group: a name and a number.',
  })
  emergencyContact?: string | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('DecideHostingInput', { description: 'A decision on an offer to host.' })
export class DecideHostingInput {
  @Field(() => ID, { description: 'Id of the offer.' })
  hosting: string;

  @Field(() => DateScalar, { description: 'The day of the decision.' })
  on: string;
}

import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

@InputType('OfferHostingInput')
export class OfferHostingInput {
  @Field(() => ID)
  unit: string;

  @Field(() => ID)
  visit: string;

  @Field(() => String, { nullable: true })
  accommodation?: string | null;

  @Field(() => String, { nullable: true })
  transport?: string | null;

  @Field(() => String, { nullable: true })
  emergencyContact?: string | null;

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType('DecideHostingInput')
export class DecideHostingInput {
  @Field(() => ID)
  hosting: string;

  @Field(() => DateScalar)
  on: string;
}

import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { NominationStatus } from '../entities/vocabulary.js';

@InputType()
export class DelegateNominationFilter {
  @Field(() => ID, { nullable: true })
  group?: string | null;

  @Field(() => ID, { nullable: true })
  office?: string | null;

  @Field(() => NominationStatus, { nullable: true })
  status?: NominationStatus | null;
}

@InputType()
export class NominateDelegateInput {
  @Field(() => ID)
  group: string;

  @Field(() => ID)
  delegate: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class DecideNominationInput {
  @Field(() => ID)
  nomination: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => String, { nullable: true })
  localAuthority?: string | null;

  @Field(() => String, { nullable: true })
  reason?: string | null;

  @Field(() => Int)
  version: number;
}

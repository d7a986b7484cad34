import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { Direction } from '../entities/vocabulary.js';

@InputType('GroupFilter')
export class GroupFilter {
  @Field(() => ID, { nullable: true })
  programme?: string | null;

  @Field(() => Direction, { nullable: true })
  direction?: Direction | null;

  @Field(() => ID, { nullable: true })
  coordinatingOffice?: string | null;
}

@InputType('CreateGroupInput')
export class CreateGroupInput {
  @Field(() => ID)
  programme: string;

  @Field(() => String)
  name: string;

  @Field(() => Direction)
  direction: Direction;

  @Field(() => Int)
  plannedSize: number;

  @Field(() => ID, { nullable: true })
  coordinatingOffice?: string | null;

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType('CancelGroupInput')
export class CancelGroupInput {
  @Field(() => ID)
  group: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => String)
  reason: string;

  @Field(() => Int)
  version: number;
}

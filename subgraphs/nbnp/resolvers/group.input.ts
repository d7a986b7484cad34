import { Field, ID, InputType } from 'type-graphql';
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

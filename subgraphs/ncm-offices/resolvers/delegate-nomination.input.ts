import { Field, ID, InputType } from 'type-graphql';
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

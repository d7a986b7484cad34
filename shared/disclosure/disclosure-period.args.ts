import { ArgsType, Field } from 'type-graphql';
import { DateTimeScalar } from '../scalars/index.js';

/** Of which time the record is asked for; both ends count. */
@ArgsType()
export class DisclosurePeriod {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The first instant; from the beginning when left out.',
  })
  from?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The last instant; until now when left out.',
  })
  to?: string | null;
}

import { ArgsType, Field } from 'type-graphql';
import { DateTimeScalar } from '../../graphql/scalars/scalars.js';

/** The period of the requested record, with both ends. */
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

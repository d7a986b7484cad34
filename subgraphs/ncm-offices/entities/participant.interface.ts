import { CountryCodeScalar } from '@hub/shared/scalars';
import { TargetGroup } from '@hub/shared/vocabulary';
import { Field, ID, InterfaceType } from 'type-graphql';

/** Whoever travels with a group, whichever organisation sends them. */
@InterfaceType({ autoRegisterImplementations: false })
export abstract class Participant {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  name: string | null;

  @Field(() => TargetGroup, { nullable: true })
  targetGroup: TargetGroup | null;

  @Field(() => CountryCodeScalar, { nullable: true })
  country: string | null;
}

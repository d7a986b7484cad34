import { CountryCodeScalar } from '@hub/shared/scalars';
import { TargetGroup } from '@hub/shared/vocabulary';
import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Participant', { autoRegisterImplementations: false })
export abstract class Participant {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  name: string | null;

  @Field(() => TargetGroup, { nullable: true })
  targetGroup: TargetGroup | null;

  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;
}

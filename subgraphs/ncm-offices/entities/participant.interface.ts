import { CountryCodeScalar } from '@hub/shared/scalars';
import { TargetGroup, words } from '@hub/shared/vocabulary';
import { Field, ID, InterfaceType } from 'type-graphql';

/** Whoever travels with a group, whichever organisation sends them. */
@InterfaceType({ autoRegisterImplementations: false, description: words.Participant.about })
export abstract class Participant {
  @Field(() => ID, { description: words.Participant.id })
  id: string;

  @Field(() => String, { nullable: true, description: words.Participant.name })
  name: string | null;

  @Field(() => TargetGroup, { nullable: true, description: words.Participant.targetGroup })
  targetGroup: TargetGroup | null;

  @Field(() => CountryCodeScalar, { nullable: true, description: words.Participant.country })
  country: string | null;
}

import { CountryCodeScalar, PartialDateScalar } from '@hub/shared/graphql';
import { Happened } from '@hub/shared/partner';
import { network } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType({
  description:
    'A change of a country’s membership. What is left out stays as it is; null removes a value. A value that another page stated stays as one of its `claims`.',
})
export class ChangeMembershipInput extends network.StatedChangeInput {
  @Field(() => CountryCodeScalar, { description: 'The member country.' })
  country: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the police unit to contact, of that country: `lv:police`.',
  })
  contact?: string | null;

  @Field(() => PartialDateScalar, { nullable: true, description: 'When it became a member.' })
  @Happened()
  since?: string | null;
}

import { CountryCodeScalar } from '@hub/shared/scalars';
import { Field, ID, InterfaceType } from 'type-graphql';
import { ParticipantReport } from './participant-report.entity.js';
import { TargetGroup } from './vocabulary.js';

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

  @Field(() => ParticipantReport, { nullable: true })
  report?: ParticipantReport | null;
}

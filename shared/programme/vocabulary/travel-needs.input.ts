import { Field, InputType, Int } from 'type-graphql';
import { words } from '../../partner/words.js';

/** What a person needs on a journey. The partners’ inputs extend it by the person. */
@InputType('TravelNeedsInput')
export abstract class TravelNeedsInput {
  @Field(() => String, { nullable: true, description: words.TravelNeeds.diet })
  diet?: string | null;

  @Field(() => String, { nullable: true, description: words.TravelNeeds.access })
  access?: string | null;

  @Field(() => String, { nullable: true, description: words.TravelNeeds.emergencyContact })
  emergencyContact?: string | null;

  @Field(() => Int, { nullable: true, description: words.Input.versionOrNone })
  version?: number | null;
}

/** Its fields. */
export const travelNeeds = ['diet', 'access', 'emergencyContact'] as const;
